/** How a worker stores what it trains, and to whom it belongs: cancels, other workers, a database that is busy or away. */
import { expect, test } from "vitest";
import { sqlOf, transactionsOf } from "../../server/db/transaction.ts";
import type { SplitPredictions } from "../../server/domain/results.ts";
import { Diverged } from "../../server/engine/engine.ts";
import type { Run } from "../../server/ports/runs.ts";
import type { RunInTransaction } from "../../server/ports/transaction.ts";
import { requeueLostRun } from "../../server/services/requeue-lost-runs.ts";
import type { DeviceTurns, JobSource, TrainRunPorts } from "../../server/worker/ports.ts";
import { createShortageNotes } from "../../server/worker/shortage-notes.ts";
import { storeGroup } from "../../server/worker/store-group.ts";
import { givenRun } from "../support/backend.ts";
import { emptyJudgement, emptyModel } from "../support/empty-judgement.ts";
import { epochsIn, statusesIn } from "../support/run-events.ts";
import { trainingFixture } from "../support/training-fixture.ts";

const training = trainingFixture();

/** One claims the run, one tells what the naive forecast loses, the third stores what was trained first. */
const firstEpochs = 3;

const stored = async (run: Run) => (await training.backend.runs.find(run.id))!;

test("a worker that was taken for dead writes nothing more, and does not count as lost", async () => {
  const worker = await training.givenWorker();
  let requeued: Promise<unknown> | null = null;
  worker.engine.beforeBatch = async (epoch, batch) => {
    if (epoch !== 3 || batch !== 0 || requeued) return;
    requeued = training.backend.transaction(async (tx) => {
      const run = await training.backend.runs.lock(tx, runId);
      await requeueLostRun(training.backend, tx, run!);
    });
    await requeued;
  };
  const { id: runId } = await training.backend.start({ epochs: 5 });
  const events = await training.backend.eventsOf(runId);
  expect(statusesIn(events)).toEqual(["QUEUED", "RUNNING", "QUEUED", "RUNNING", "SUCCEEDED"]);
  // Epoch 3 was trained twice and told once: by the attempt that had the run.
  expect(epochsIn(events).map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5]);
  expect(worker.engine.models).toHaveLength(2);
  expect(await training.backend.runs.find(runId)).toMatchObject({ attempts: 2, lostAttempts: 0 });
});

test("a cancel that was answered before the end wins, also where everything is trained already", async () => {
  const worker = await training.givenWorker({
    bus: { ...training.backend.bus, onCancelRequest: () => () => undefined },
  });
  const epochs = 3;
  let predictions = 0;
  worker.engine.beforePrediction = async () => {
    // One validates each epoch; the next belongs to the result.
    if (++predictions !== epochs + 1) return;
    await training.backend.eventWhere(
      runId,
      ({ body }) => body.kind === "epoch" && body.epoch.epoch === epochs,
    );
    expect(await training.backend.cancel(runId)).toMatchObject({ status: "RUNNING" });
  };
  const { id: runId } = await training.backend.start({ epochs });
  const events = await training.backend.eventsOf(runId);
  expect(statusesIn(events)).toEqual(["QUEUED", "RUNNING", "CANCELLED"]);
  expect(await training.backend.runs.find(runId)).toMatchObject({ status: "CANCELLED", epoch: epochs });
});

test("a training outlives a database that breaks off, before a commit or just after it", async () => {
  let transactions = 0;
  const transaction: RunInTransaction = async (work) => {
    const troubled = transactions++ % 3;
    const result = await training.backend.transaction(async (tx) => {
      const done = await work(tx);
      if (troubled === 1) await sqlOf(tx).query("SELECT pg_terminate_backend(pg_backend_pid())");
      return done;
    });
    if (troubled === 2) throw Object.assign(new Error("the answer never came"), { code: "ECONNRESET" });
    return result;
  };
  await training.givenWorker({ transaction });
  const run = await training.backend.start({ epochs: 5 });
  const events = await training.backend.eventsOf(run.id);
  expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, i) => i + 1));
  expect(statusesIn(events)).toEqual(["QUEUED", "RUNNING", "SUCCEEDED"]);
  expect(epochsIn(events).map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5]);
  expect(await stored(run)).toMatchObject({ attempts: 1, lostAttempts: 0 });
});

test("while the database is busy training goes on, and what it gave meanwhile is stored together, in order", async () => {
  let transactions = 0;
  let trainedAhead = () => {};
  const isAhead = new Promise<void>((resolve) => {
    trainedAhead = resolve;
  });
  // The first epoch's transaction ends when the tenth is trained.
  const transaction: RunInTransaction = (work) =>
    training.backend.transaction(async (tx) => {
      const done = await work(tx);
      if (++transactions === firstEpochs) await isAhead;
      return done;
    });
  const worker = await training.givenWorker({ transaction });
  worker.engine.beforeBatch = (epoch) => {
    if (epoch === 10) trainedAhead();
  };
  const run = await training.backend.start({ epochs: 20 });
  const events = await training.backend.eventsOf(run.id);
  expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, i) => i + 1));
  expect(epochsIn(events).map(({ epoch }) => epoch)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  expect(epochsIn(events)).toEqual((await training.backend.runs.epochs([run.id])).get(run.id));
  const etas = events.flatMap(({ body }) => (body.kind === "epoch" ? [body.etaMs] : []));
  expect(etas.at(-1)).toBe(0);
  expect(etas.every((etaMs, i) => etaMs !== null && etaMs > 0 === i < 19)).toBe(true);
  // Those before the first epoch, one for each of at most 11 epochs, and at least 9 epochs in one.
  expect(transactions).toBeLessThanOrEqual(firstEpochs + 11);
  expect(await stored(run)).toMatchObject({ status: "SUCCEEDED", epoch: 20 });
});

test("a training that fails while the database is busy fails after all that it trained before is stored", async () => {
  let transactions = 0;
  let failed = () => {};
  const hasFailed = new Promise<void>((resolve) => {
    failed = resolve;
  });
  const transaction: RunInTransaction = (work) =>
    training.backend.transaction(async (tx) => {
      const done = await work(tx);
      if (++transactions === firstEpochs) await hasFailed;
      return done;
    });
  const worker = await training.givenWorker({ transaction });
  worker.engine.beforeBatch = (epoch, batch) => {
    if (epoch < 7) return;
    failed();
    throw new Diverged(epoch, batch);
  };
  const run = await training.backend.start({ epochs: 20 });
  const events = await training.backend.eventsOf(run.id);
  expect(epochsIn(events).map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(statusesIn(events)).toEqual(["QUEUED", "RUNNING", "FAILED"]);
  expect(await stored(run)).toMatchObject({ epoch: 6, error: { code: "DIVERGED" } });
  expect(worker.engine.openModels).toBe(0);
});

test("a worker that can store nothing more stops training at once", async () => {
  let transactions = 0;
  const transaction: RunInTransaction = async (work) => {
    if (++transactions === firstEpochs) throw new Error("the disk is full");
    return training.backend.transaction(work);
  };
  const worker = await training.givenWorker({ transaction });
  let lastEpoch = 0;
  worker.engine.beforeBatch = (epoch) => {
    lastEpoch = epoch;
  };
  const run = await training.backend.start({ epochs: 10_000 });
  await training.backend.eventsOf(run.id);
  expect(await stored(run)).toMatchObject({ status: "FAILED", epoch: 0, error: { code: "INTERNAL" } });
  expect(lastEpoch).toBeLessThan(1_000);
  expect(worker.engine.openModels).toBe(0);
});

test("a job that is handed over while the device is lost, or while a run is in hand, goes back untouched", async () => {
  const turns: Parameters<DeviceTurns["contend"]>[0][] = [];
  const handles: Parameters<JobSource["work"]>[0][] = [];
  const worker = await training.givenWorker({
    device: { contend: (turn) => turns.push(turn), release: async () => undefined },
    jobs: {
      work: async (handle) => {
        handles.push(handle);
        return async () => undefined;
      },
      stopTaking: async () => undefined,
      offerAgain: async () => undefined,
    },
  });
  const run = await training.backend.start();
  const job = { runId: run.id, signal: new AbortController().signal };
  await turns[0]!.begin();
  await turns[0]!.end();
  expect(await handles[0]!(job)).toBe("give back");

  await turns[0]!.begin();
  let goOn = () => {};
  const holdUp = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const firstBatch = new Promise<void>((resolve) => {
    worker.engine.beforeBatch = () => {
      resolve();
      return holdUp;
    };
  });
  const trained = handles[1]!(job);
  await firstBatch;
  const other = await training.backend.start();
  expect(await handles[0]!({ ...job, runId: other.id })).toBe("give back");
  expect((await training.backend.workers.list()).flatMap(({ currentRunIds }) => currentRunIds)).toContain(
    run.id,
  );
  goOn();
  expect(await trained).toBe("done");
  expect(await stored(other)).toMatchObject({ status: "QUEUED", attempts: 0 });
  await training.backend.cancel(other.id);
});

const largeResult = (each: number, steps: number): SplitPredictions[] =>
  Array.from({ length: steps }, (_, index) => {
    const column = Array.from({ length: each }, (_, i) => 1000 + Math.sin(i + index));
    const time = column.map((_, i) => new Date(Date.UTC(2000, 0, 1) + i * 60_000));
    return { split: "TRAIN", step: index + 1, time, actual: column, predicted: column, naive: column };
  });

/** A run in the hands of a worker that has trained it and is to store what came of it. */
async function givenTrainedRun(transaction: RunInTransaction = training.backend.transaction) {
  const { backend } = training;
  const { id } = await givenRun(backend);
  const run = await backend.transaction((tx) => backend.runs.setStatus(tx, id, "RUNNING", { attempts: 1 }));
  const ports = { ...backend, transaction } as unknown as TrainRunPorts;
  return { ports, run, shortages: createShortageNotes(), stop: { reason: null } };
}
const resultOf = (predictions: SplitPredictions[]) =>
  ({
    epochs: [],
    checkpoint: null,
    last: {
      kind: "result",
      bestEpoch: 1,
      predictions,
      judgement: emptyJudgement,
      trained: emptyModel,
      warnings: [],
      isConstant: false,
    },
  }) as const;

test("a large result is stored in several short transactions, and counts once it is whole", async () => {
  const { backend } = training;
  let transactions = 0;
  const seen: (object | null)[] = [];
  const session = await givenTrainedRun(async (work) => {
    const result = await backend.transaction(work);
    if (++transactions > 1) seen.push(await backend.runs.predictions(session.run.id, "TRAIN", 1));
    return result;
  });
  const predictions = largeResult(110_000, 11);
  expect((await storeGroup(session, resultOf(predictions))).status).toBe("SUCCEEDED");
  // What was told before, two portions of four steps, and the rest with the end.
  expect(transactions).toBe(4);
  expect(seen.slice(0, -1)).toEqual([null, null]);
  for (const { step, predicted } of predictions)
    expect((await backend.runs.predictions(session.run.id, "TRAIN", step))?.predicted).toEqual(predicted);
}, 120_000);

test("who cancels while a large result is stored is heard, and nothing of it stays", async () => {
  const { backend } = training;
  let transactions = 0;
  const session = await givenTrainedRun(async (work) => {
    const result = await backend.transaction(work);
    if (++transactions === 2) await backend.cancel(session.run.id);
    return result;
  });
  expect((await storeGroup(session, resultOf(largeResult(110_000, 20)))).status).toBe("CANCELLED");
  expect(transactions).toBeLessThan(6);
  expect(await backend.prisma.runPrediction.count({ where: { runId: session.run.id } })).toBe(0);
}, 120_000);

test("a transaction that is too slow every time fails the run in words, instead of being repeated for ever", async () => {
  const tooSlow = transactionsOf(training.backend.prisma, { timeoutMs: 300 });
  let tries = 0;
  let runId = "";
  const transaction: RunInTransaction = (work) =>
    tooSlow(async (tx) => {
      const done = await work(tx);
      if (runId === "") return done;
      const { status } = (await training.backend.runs.find(runId))!;
      const { count } = (
        await sqlOf(tx).query<{ count: number }>(
          "SELECT count(*)::int AS count FROM run_score WHERE run_id = $1::uuid",
          runId,
        )
      )[0]!;
      if (status === "RUNNING" && count > 0) {
        tries++;
        await sqlOf(tx).query("SELECT pg_sleep(0.6)::text");
      }
      return done;
    });
  const worker = await training.givenWorker({ transaction });
  runId = (await training.backend.start()).id;
  const events = await training.backend.eventsOf(runId);
  expect(statusesIn(events)).toEqual(["QUEUED", "RUNNING", "FAILED"]);
  expect(tries).toBe(3);
  const { error } = (await training.backend.runs.find(runId))!;
  expect(error?.message).toMatch(/could not be stored: the database did not do it within 0.3 s/);
  expect(worker.errors).toMatchObject([{ runId, code: "INTERNAL" }]);
});
