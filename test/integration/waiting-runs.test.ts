/** How many runs may wait, and how all of them are cancelled at once. */
import pino from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { composeApi } from "../../server/compose.ts";
import { LimitExceeded } from "../../server/domain/errors.ts";
import { cancelTrainings } from "../../server/services/cancel-training.ts";
import { startTraining } from "../../server/services/start-training.ts";
import { connectBackend } from "../support/backend.ts";
import { smallConfig } from "../support/small-config.ts";
import { openTrainingBackend, type TrainingBackend } from "../support/worker.ts";

let backend: TrainingBackend;
beforeAll(async () => {
  backend = await openTrainingBackend();
});
afterAll(() => backend.close());

const waiting = async () => (await backend.runs.list({ first: 1 }, { status: ["QUEUED"] })).totalCount;
const cancelAll = (filter = {}) => cancelTrainings(backend)(filter);
const startAt = (maxWaitingRuns: number, ports: Partial<TrainingBackend> = {}) => {
  const start = startTraining({ ...backend, ...ports, maxWaitingRuns });
  return (request = {}) => start({ ...smallConfig, priceSeriesId: backend.seriesId, ...request });
};

test("of many that start at once, on two servers, as many wait as may, and the others are told how many do", async () => {
  const other = await connectBackend(backend.url);
  const starts = [
    startAt(5),
    startAt(5, { transaction: other.transaction, runs: other.runs, journal: other.journal }),
  ];
  const outcomes = await Promise.allSettled(Array.from({ length: 16 }, (_, i) => starts[i % 2]!()));
  await other.close();
  const refused = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
  expect(await waiting()).toBe(5);
  expect(refused).toHaveLength(11);
  for (const refusal of refused) {
    expect(refusal).toBeInstanceOf(LimitExceeded);
    expect(refusal).toMatchObject({
      message: expect.stringContaining("at most 5 runs may wait for a worker, and 5 do"),
      details: { waiting: 5, allowed: 5 },
    });
  }
  expect(await cancelAll()).toBe(5);
});

test("the queue's last place is taken by one request, however often it is repeated at once and afterwards", async () => {
  const start = startAt(1);
  const runs = await Promise.all(Array.from({ length: 8 }, () => start({ idempotencyKey: "last place" })));
  runs.push(await start({ idempotencyKey: "last place" }));
  expect(new Set(runs.map(({ id }) => id)).size).toBe(1);
  await expect(start({ idempotencyKey: "another" })).rejects.toThrow(LimitExceeded);
  expect(await cancelAll()).toBe(1);
});

test("the API keeps to the number of its setting", async () => {
  const settings = { databaseUrl: backend.url, maxWaitingRuns: 2 };
  const { services, close } = await composeApi(settings, pino({ level: "silent" }));
  const start = () => services.startTraining({ ...smallConfig, priceSeriesId: backend.seriesId });
  await start();
  await start();
  await expect(start()).rejects.toThrow(/at most 2 runs may wait/);
  expect(await services.cancelTrainings({})).toBe(2);
  await close();
});

test("where nothing else is said, 200 may wait", async () => {
  const full = { ...backend.runs, countWaiting: async () => 200 };
  const start = startTraining({ ...backend, runs: full });
  await expect(start({ ...smallConfig, priceSeriesId: backend.seriesId })).rejects.toThrow(
    /at most 200 runs/,
  );
  expect(await waiting()).toBe(0);
});

test("all that wait are cancelled and leave the queue; those that train are asked to stop, once; what has ended stays", async () => {
  const runs = await Promise.all(Array.from({ length: 120 }, (_, i) => backend.start({ name: `many ${i}` })));
  const [training, done] = runs;
  const become = (id: string, status: "RUNNING" | "SUCCEEDED") =>
    backend.transaction((tx) => backend.runs.setStatus(tx, id, status));
  await become(training!.id, "RUNNING");
  await become(done!.id, "RUNNING");
  await become(done!.id, "SUCCEEDED");
  const asked: string[] = [];
  const stopListening = backend.bus.onCancelRequest((id) => asked.push(id));

  expect(await cancelAll({ search: "many 11" })).toBe(11); // 11, 110 to 119
  expect(await cancelAll({ seriesId: "none" })).toBe(0);
  expect(await cancelAll({ status: ["SUCCEEDED", "FAILED"] })).toBe(0);
  expect(await waiting()).toBe(107);
  expect(await cancelAll({ status: ["RUNNING"] })).toBe(1);
  expect(await cancelAll()).toBe(107);
  expect(await cancelAll()).toBe(0);
  stopListening();

  expect(new Set(asked)).toEqual(new Set([training!.id]));
  const now = new Map((await backend.runs.findMany(runs.map(({ id }) => id))).map((run) => [run.id, run]));
  expect(now.get(training!.id)).toMatchObject({ status: "RUNNING", cancelRequestedAt: expect.any(Date) });
  expect(now.get(done!.id)).toMatchObject({ status: "SUCCEEDED", cancelRequestedAt: null });
  for (const run of runs.slice(2)) {
    expect(now.get(run.id)?.status).toBe("CANCELLED");
    expect((await backend.journal.read(run.id, 1, 5)).map(({ body }) => body)).toEqual([
      { kind: "status", status: "CANCELLED", message: "Cancelled before training began." },
    ]);
  }
  const jobs = await backend.pool.query(
    "SELECT 1 FROM pgboss.job WHERE name = 'train-run' AND state = 'created' AND id = $1",
    [training!.id],
  );
  const all = await backend.pool.query(
    "SELECT 1 FROM pgboss.job WHERE name = 'train-run' AND state = 'created'",
  );
  expect(all.rowCount).toBe(2); // of the two that were made to run by hand
  expect(jobs.rowCount).toBe(1);
});

test("several cancels of all at once cancel each run once, while others are started", async () => {
  await Promise.all(Array.from({ length: 30 }, () => backend.start()));
  const [counts] = await Promise.all([
    Promise.all([cancelAll(), cancelAll(), cancelAll()]),
    ...Array.from({ length: 5 }, () => backend.start()),
  ]);
  const total = counts.reduce((sum, count) => sum + count, 0);
  expect(total + (await cancelAll())).toBe(35);
  expect(await waiting()).toBe(0);
});
