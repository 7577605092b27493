/** A run that is stopped is scored, or resumed later: with the real worker, and with workers that leave in between. */
import { expect, test } from "vitest";
import { Conflict } from "../../server/domain/errors.ts";
import type { Run } from "../../server/ports/runs.ts";
import { LinearEngine } from "../support/linear-engine.ts";
import { epochsIn, statusesIn } from "../support/run-events.ts";
import { trainingFixture } from "../support/training-fixture.ts";

const training = trainingFixture();
const stored = async (run: Run) => (await training.backend.runs.find(run.id))!;
const predictionsOf = (run: Run) => training.backend.runs.predictions(run.id, "TEST", 1);
const long = { epochs: 10_000 };

const givenEpochs = (run: Run, least: number) =>
  training.backend.eventWhere(run.id, ({ body }) => body.kind === "epoch" && body.epoch.epoch >= least);

test("a run that is stopped and scored has the scores of its best epoch, as if it had been no longer, and says when it stopped", async () => {
  await training.givenWorker();
  const run = await training.backend.start(long);
  await givenEpochs(run, 3);
  await training.backend.cancel(run.id, { score: true });
  await training.backend.cancel(run.id, { score: true });
  const events = await training.backend.eventsOf(run.id);
  expect(statusesIn(events)).toEqual(["QUEUED", "RUNNING", "SUCCEEDED"]);
  const after = await stored(run);
  expect(after.epoch).toBeLessThan(long.epochs);
  const stopped = `Stopped by request after epoch ${after.epoch} of ${long.epochs}.`;
  expect(events.map(({ body }) => body)).toContainEqual({ kind: "log", level: "INFO", message: stopped });
  const shorter = await training.backend.start({ epochs: after.epoch });
  await training.backend.eventsOf(shorter.id);
  expect(await stored(shorter)).toMatchObject({ bestEpoch: after.bestEpoch });
  expect(await predictionsOf(run)).toEqual(await predictionsOf(shorter));
});

test("where no epoch is through there is nothing to score: the run is cancelled and told why", async () => {
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await training.givenWorker({
    loadEngine: async () => {
      await held;
      return new LinearEngine();
    },
  });
  const run = await training.backend.start(long);
  await training.backend.eventWhere(
    run.id,
    ({ body }) => body.kind === "status" && body.status === "RUNNING",
  );
  await training.backend.cancel(run.id, { score: true });
  letGo();
  const events = await training.backend.eventsOf(run.id);
  expect(events.at(-1)?.body).toMatchObject({
    status: "CANCELLED",
    message: expect.stringContaining("nothing to score"),
  });
  const waiting = await training.backend.start(long);
  await training.drainNewest();
  expect((await training.backend.cancel(waiting.id, { score: true })).status).toBe("CANCELLED");
});

test("the wish to score outlives the worker: the next one trains no further epoch", async () => {
  await training.givenWorker();
  const run = await training.backend.start(long);
  await givenEpochs(run, 2);
  await training.drainNewest();
  const { epoch, status } = await stored(run);
  expect(status).toBe("QUEUED");
  await training.backend.cancel(run.id, { score: true });
  expect(await stored(run)).toMatchObject({ status: "QUEUED", scoreRequestedAt: expect.any(Date) });
  await training.givenWorker();
  await training.backend.eventsOf(run.id);
  expect(await stored(run)).toMatchObject({ status: "SUCCEEDED", epoch });
});

test("who discards a run after all gets no scores", async () => {
  await training.givenWorker();
  const run = await training.backend.start(long);
  await givenEpochs(run, 2);
  await training.drainNewest();
  await training.backend.cancel(run.id, { score: true });
  expect((await training.backend.cancel(run.id)).status).toBe("CANCELLED");
  expect(await predictionsOf(run)).toBeNull();
});

test("a cancelled run that is resumed ends bit for bit as if nobody had stopped it, and its followers hear it all", async () => {
  await training.givenWorker();
  const undisturbed = await training.backend.start({ epochs: 12 });
  await training.backend.eventsOf(undisturbed.id);
  await training.drainNewest();
  const first = await training.givenWorker();
  const reached = new Promise<void>((resolve) => {
    first.engine.beforeBatch = (epoch, batch) => {
      if (epoch === 5 && batch === 1) resolve();
    };
  });
  const run = await training.backend.start({ epochs: 12 });
  await reached;
  await training.backend.cancel(run.id);
  await training.backend.eventsOf(run.id);
  expect((await stored(run)).status).toBe("CANCELLED");
  expect(await training.backend.resume(run.id)).toMatchObject({
    status: "QUEUED",
    cancelRequestedAt: null,
    finishedAt: null,
  });
  const events = await training.backend.eventsOf(run.id);
  expect(statusesIn(events)).toEqual(["QUEUED", "RUNNING", "CANCELLED", "QUEUED", "RUNNING", "SUCCEEDED"]);
  expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, i) => i + 1));
  expect(epochsIn(events).map(({ epoch }) => epoch)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
  expect(await predictionsOf(run)).toEqual(await predictionsOf(undisturbed));
});

test("a resumed run whose worker is killed goes on once more", async () => {
  await training.givenWorker();
  const run = await training.backend.start(long);
  await givenEpochs(run, 2);
  await training.backend.cancel(run.id);
  await training.backend.eventsOf(run.id);
  const { epoch } = await stored(run);
  await training.backend.resume(run.id);
  await givenEpochs(run, epoch + 1);
  await training.drainNewest();
  await training.givenWorker();
  await training.backend.cancel(run.id, { score: true });
  await training.backend.eventsOf(run.id);
  expect((await stored(run)).status).toBe("SUCCEEDED");
});

test("only a cancelled run with a checkpoint can be resumed, and the refusal says what to do instead", async () => {
  const never = await training.backend.start();
  await training.backend.cancel(never.id);
  await expect(training.backend.resume(never.id)).rejects.toThrow(/nothing to go on from: run it again/);
  await training.givenWorker();
  const done = await training.backend.start();
  await training.backend.eventsOf(done.id);
  await expect(training.backend.resume(done.id)).rejects.toThrow(Conflict);
  const run = await training.backend.start(long);
  await givenEpochs(run, 1);
  await training.backend.cancel(run.id);
  await training.backend.eventsOf(run.id);
  await training.backend.transaction((tx) => training.backend.checkpoints.discard(tx, [run.id]));
  await expect(training.backend.resume(run.id)).rejects.toThrow(/cleaned away/);
});

test("predictions of a range are those of the whole within it", async () => {
  await training.givenWorker();
  const run = await training.backend.start();
  await training.backend.eventsOf(run.id);
  const whole = (await predictionsOf(run))!;
  const range = { from: whole.time[3]!, to: whole.time[9]! };
  const part = await training.backend.runs.predictions(run.id, "TEST", 1, undefined, 0.95, range);
  expect(part?.time).toEqual(whole.time.slice(3, 10));
  expect(part?.actual).toEqual(whole.actual.slice(3, 10));
  expect(part?.predicted).toEqual(whole.predicted.slice(3, 10));
  expect(part?.naive).toEqual(whole.naive.slice(3, 10));
  const nothing = { from: new Date("1900-01-01"), to: new Date("1900-01-02") };
  const empty = await training.backend.runs.predictions(run.id, "TEST", 1, undefined, 0.95, nothing);
  expect(empty).toMatchObject({ time: [], actual: [], predicted: [] });
});
