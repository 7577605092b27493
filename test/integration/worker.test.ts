import { expect, test } from "vitest";
import type { BarTable } from "../../server/domain/price-series.ts";
import { Diverged, ShapeUnsupported } from "../../server/engine/engine.ts";
import type { Run } from "../../server/ports/runs.ts";
import { LinearEngine } from "../support/linear-engine.ts";
import { epochsIn, statusesIn } from "../support/run-events.ts";
import { barsOf, walk } from "../support/series.ts";
import { trainingFixture } from "../support/training-fixture.ts";
import { wasmFound } from "../support/worker.ts";

const training = trainingFixture();

const lossesOf = (run: Run) =>
  training.backend.runs
    .epochs([run.id])
    .then((epochs) =>
      epochs.get(run.id)?.map(({ epoch, trainLoss, validationLoss }) => [epoch, trainLoss, validationLoss]),
    );
const stored = async (run: Run) => (await training.backend.runs.find(run.id))!;

test("a queued run is trained to its scores and predictions, and every step is told once and in order", async () => {
  const worker = await training.givenWorker();
  const run = await training.backend.start();
  const events = await training.backend.eventsOf(run.id);
  expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, i) => i + 1));
  expect(statusesIn(events)).toEqual(["QUEUED", "RUNNING", "SUCCEEDED"]);
  expect(epochsIn(events).map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
  expect(await stored(run)).toMatchObject({
    status: "SUCCEEDED",
    engine: "WASM",
    device: "a linear model",
    epoch: 3,
    attempts: 1,
    error: null,
    naiveLoss: expect.any(Number),
    startedAt: expect.any(Date),
    finishedAt: expect.any(Date),
  });
  expect(epochsIn(events)).toEqual((await training.backend.runs.epochs([run.id])).get(run.id));
  expect((await training.backend.runs.scores([run.id])).get(run.id)?.map(({ split }) => split)).toEqual([
    "TRAIN",
    "VALIDATION",
    "TEST",
  ]);
  expect((await training.backend.runs.predictions(run.id, "TEST", 1))?.predicted).toHaveLength(20);
  expect(worker.progress.at(-1)).toMatchObject({ status: "SUCCEEDED", epoch: 3, epochs: 3 });
});

test("what there is to beat is known before the first epoch", async () => {
  const run = await training.backend.start();
  let before: Run | null = null;
  await training.givenWorker({
    async loadEngine() {
      before = await stored(run);
      return new LinearEngine();
    },
  });
  await training.backend.eventsOf(run.id);
  expect(before).toMatchObject({ epoch: 0, status: "RUNNING" });
  expect(before!.naiveLoss).toBeGreaterThan(0);
});

test("a run that stopped early has succeeded with fewer epochs, no time left, and says so in its log and its status", async () => {
  await training.givenWorker();
  const run = await training.backend.start({ epochs: 500, learningRate: 0.2, earlyStoppingPatience: 2 });
  const events = await training.backend.eventsOf(run.id);
  const { epoch, bestEpoch, status, etaMs } = await stored(run);
  expect({ status, etaMs, waited: epoch - bestEpoch! }).toEqual({
    status: "SUCCEEDED",
    etaMs: null,
    waited: 2,
  });
  expect(epoch).toBeLessThan(500);
  const stopped = `Stopped early after epoch ${epoch} of 500: the validation loss has not improved for 2 epochs.`;
  const bodies = events.map(({ body }) => body);
  expect(bodies).toContainEqual({ kind: "log", level: "INFO", message: stopped });
  expect(bodies.at(-1)).toEqual({
    kind: "status",
    status: "SUCCEEDED",
    message: `${stopped} The scores are those of epoch ${bestEpoch}, the best one.`,
  });
  expect(bodies.filter(({ kind }) => kind === "epoch").at(-1)).toMatchObject({ etaMs: 0 });
});

test("a run that was given back goes on elsewhere, and ends as if nobody had disturbed it", async () => {
  await training.givenWorker();
  const undisturbed = await training.backend.start({ epochs: 6 });
  await training.backend.eventsOf(undisturbed.id);
  await training.drainNewest();

  const first = await training.givenWorker();
  const reachedBatch = new Promise<void>((resolve) => {
    first.engine.beforeBatch = (epoch, batch) => {
      if (epoch === 4 && batch === 1) resolve();
    };
  });
  const run = await training.backend.start({ epochs: 6 });
  await reachedBatch;
  await training.drainNewest();
  expect(await stored(run)).toMatchObject({ status: "QUEUED", attempts: 1, lostAttempts: 0 });
  await training.givenWorker();
  const events = await training.backend.eventsOf(run.id);
  expect(statusesIn(events)).toEqual(["QUEUED", "RUNNING", "QUEUED", "RUNNING", "SUCCEEDED"]);
  expect(epochsIn(events).map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(await lossesOf(run)).toEqual(await lossesOf(undisturbed));
  expect(await training.backend.runs.predictions(run.id, "TEST", 1)).toEqual(
    await training.backend.runs.predictions(undisturbed.id, "TEST", 1),
  );
});

test("a running training stops between two batches when it is cancelled, and keeps its epochs", async () => {
  const worker = await training.givenWorker();
  const run = await training.backend.start({ epochs: 10_000 });
  await training.backend.eventWhere(run.id, ({ body }) => body.kind === "epoch");
  expect((await training.backend.cancel(run.id)).cancelRequestedAt).not.toBeNull();
  await training.backend.cancel(run.id);
  const events = await training.backend.eventsOf(run.id);
  expect(statusesIn(events)).toEqual(["QUEUED", "RUNNING", "CANCELLED"]);
  const after = await stored(run);
  expect(after.status).toBe("CANCELLED");
  expect(await lossesOf(run)).toHaveLength(after.epoch);
  expect(await training.backend.cancel(run.id)).toEqual(after);
  expect(worker.engine.openModels).toBe(0);
});

test("a waiting run is cancelled at once and never trained", async () => {
  const run = await training.backend.start();
  expect(await training.backend.cancel(run.id)).toMatchObject({
    status: "CANCELLED",
    finishedAt: expect.any(Date),
  });
  const worker = await training.givenWorker();
  const next = await training.backend.start();
  await training.backend.eventsOf(next.id);
  expect(statusesIn(await training.backend.eventsOf(run.id))).toEqual(["QUEUED", "CANCELLED"]);
  expect(worker.engine.models).toHaveLength(1);
});

test("a training whose loss is no number fails with the learning rate to try instead", async () => {
  const worker = await training.givenWorker();
  worker.engine.beforeBatch = (epoch, batch) => {
    if (epoch === 2) throw new Diverged(epoch, batch);
  };
  const run = await training.backend.start({ learningRate: 0.5 });
  const events = await training.backend.eventsOf(run.id);
  const message = expect.stringMatching(/epoch 2.*learning rate of 0.05 or less \(now 0.5\)/);
  expect(events.at(-1)?.body).toEqual({ kind: "status", status: "FAILED", message });
  expect(await stored(run)).toMatchObject({
    status: "FAILED",
    epoch: 1,
    error: { code: "DIVERGED", message },
  });
  // Its user's business: no error of ours, and the log gets words only.
  expect(worker.errors).toEqual([]);
  expect(worker.warnings).toContainEqual({
    runId: run.id,
    code: "DIVERGED",
    epoch: 2,
    reference: expect.any(String),
  });
});

test("a failure of our own is kept for the log, and the worker takes the next run", async () => {
  const worker = await training.givenWorker();
  worker.engine.beforeBatch = () => {
    throw new Error("a secret of the machine");
  };
  const run = await training.backend.start();
  await training.backend.eventsOf(run.id);
  const { error } = await stored(run);
  expect(error).toMatchObject({ code: "INTERNAL", message: expect.not.stringContaining("secret") });
  expect(worker.errors).toEqual([
    {
      runId: run.id,
      code: "INTERNAL",
      epoch: 0,
      reference: expect.any(String),
      err: expect.objectContaining({ message: "a secret of the machine" }),
    },
  ]);
  expect(error?.message).toContain((worker.errors[0] as { reference: string }).reference);
  worker.engine.beforeBatch = () => undefined;
  const next = await training.backend.start();
  await training.backend.eventsOf(next.id);
  expect(await stored(next)).toMatchObject({ status: "SUCCEEDED" });
});

test("a run that asked for an engine which its worker lacks is trained on the fastest, and says so", async () => {
  const run = await training.backend.start({ engine: "TENSORFLOW" });
  await training.givenWorker({
    engines: [{ ...wasmFound, engine: "TENSORFLOW", available: false, detail: "not installed" }, wasmFound],
  });
  const events = await training.backend.eventsOf(run.id);
  const warning = expect.stringContaining("TENSORFLOW was asked for");
  expect(events.map(({ body }) => body)).toContainEqual({ kind: "log", level: "WARNING", message: warning });
  expect(await stored(run)).toMatchObject({
    engine: "WASM",
    requestedEngine: "TENSORFLOW",
    warnings: [warning],
  });
});

test("a model that the fastest engine cannot hold is trained on the next one, and says so", async () => {
  const small = new LinearEngine();
  small.createModel = () => Promise.reject(new ShapeUnsupported("the card has no room for another 900 MiB"));
  const large = new LinearEngine();
  await training.givenWorker({
    engines: [{ ...wasmFound, engine: "WEBGPU", device: "a small card", batchMs: 0.1 }, wasmFound],
    loadEngine: async (name) => (name === "WEBGPU" ? small : large),
  });
  const run = await training.backend.start({ engine: "AUTO" });
  const events = await training.backend.eventsOf(run.id);
  const message =
    "WEBGPU cannot hold this model (the card has no room for another 900 MiB): WASM (a linear model) trains it instead.";
  expect(events.map(({ body }) => body)).toContainEqual({ kind: "log", level: "WARNING", message });
  expect(statusesIn(events)).toEqual(["QUEUED", "RUNNING", "SUCCEEDED"]);
  expect(await stored(run)).toMatchObject({
    status: "SUCCEEDED",
    engine: "WASM",
    device: "a linear model",
    warnings: [message],
    error: null,
  });
});

test("a run trains on the bars that it was queued with, whatever is imported before it begins or while it is interrupted", async () => {
  const interruptedAt = async (epoch: number) => {
    const worker = await training.givenWorker();
    const reached = new Promise<void>((resolve) => {
      worker.engine.beforeBatch = (at) => {
        if (at === epoch) resolve();
      };
    });
    const run = await training.backend.start({ epochs: 4 });
    await reached;
    await training.drainNewest();
    return run;
  };
  const identity = { symbol: "WALK", name: null, currency: null, timezone: "UTC" };
  const store = (bars: BarTable) => training.backend.series.merge(identity, bars, { dryRun: false });
  const undisturbed = await interruptedAt(3);
  await training.givenWorker();
  await training.backend.eventsOf(undisturbed.id);
  await training.drainNewest();

  // More than 64 new bars, every old one changed, and both.
  for (const imported of [walk(240), walk(120, 2), walk(300, 3)]) {
    const interrupted = await interruptedAt(3);
    const queued = await training.backend.start({ epochs: 4 });
    await store(barsOf(imported));
    await training.givenWorker();
    for (const run of [interrupted, queued]) await training.backend.eventsOf(run.id);
    await training.drainNewest();
    for (const run of [interrupted, queued]) {
      expect(await stored(run)).toMatchObject({ status: "SUCCEEDED", seriesVersionId: run.seriesVersionId });
      expect(await lossesOf(run)).toEqual(await lossesOf(undisturbed));
      expect(await training.backend.runs.predictions(run.id, "TEST", 1)).toEqual(
        await training.backend.runs.predictions(undisturbed.id, "TEST", 1),
      );
    }
    const series = await training.backend.series.findById(training.backend.seriesId);
    expect(series!.version.number).toBeGreaterThan(1);
    await training.backend.series.revert(series!.id, 1);
  }
});

test("what is worth knowing of a run is stored with it and told among its events: before it trains, and after", async () => {
  const first = await training.givenWorker();
  const reachedFourth = new Promise<void>((resolve) => {
    first.engine.beforeBatch = (epoch) => {
      if (epoch === 4) resolve();
    };
  });
  const run = await training.backend.start({ transform: "DIFFERENCE", features: ["OPEN"], epochs: 5 });
  expect(run).toMatchObject({ warnings: [expect.stringMatching(/does not see the close/)], lastSequence: 2 });
  // Given back in between: the loss rises under the second worker, from a best that the first one trained.
  await reachedFourth;
  await training.drainNewest();
  const engine = new LinearEngine();
  const createModel = engine.createModel.bind(engine);
  engine.createModel = async (...given) => {
    const model = await createModel(...given);
    const trainEpoch = model.trainEpoch.bind(model);
    model.trainEpoch = async (...epoch) => {
      const progress = await trainEpoch(...epoch);
      return { ...progress, lossSum: 100 * progress.lossSum };
    };
    return model;
  };
  await training.givenWorker({ loadEngine: async () => engine });
  const events = await training.backend.eventsOf(run.id);
  const { warnings } = await stored(run);
  expect(warnings.slice(0, 2)).toEqual([
    ...run.warnings,
    expect.stringMatching(/^The training loss rose from .+ in epoch [123] to .+ in epoch [45]/),
  ]);
  const told = events.flatMap(({ body }) =>
    body.kind === "log" && body.level === "WARNING" ? [body.message] : [],
  );
  expect(told).toEqual(warnings);
  expect(events[1]!.body).toMatchObject({ kind: "log", message: warnings[0] });
  expect(events.at(-2)!.body).toMatchObject({ kind: "log", message: warnings.at(-1) });
});
