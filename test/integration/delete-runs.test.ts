/** Runs are deleted with all that hangs on them, all that were asked for or none; old ones keep what counts. */
import { setTimeout } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { createCheckpointStore } from "../../server/db/checkpoint-store.ts";
import { createRunRetention } from "../../server/db/run-retention.ts";
import { Conflict, InvalidInput, LimitExceeded } from "../../server/domain/errors.ts";
import { watchRuns } from "../../server/live/watch-runs.ts";
import { openS3, type S3ObjectStore } from "../../server/objects/s3.ts";
import { TransactionTimedOut } from "../../server/ports/transaction.ts";
import { cleanUp } from "../../server/services/clean-up.ts";
import { deleteRuns } from "../../server/services/delete-runs.ts";
import { type S3Server, s3Keys, startS3Server } from "../support/s3-server.ts";
import { openTrainingBackend, startTestWorker, type TrainingBackend } from "../support/worker.ts";

let backend: TrainingBackend;
let server: S3Server;
let objects: S3ObjectStore;
const draining: (() => Promise<void>)[] = [];
beforeAll(async () => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", s3Keys.accessKeyId);
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", s3Keys.secretAccessKey);
  server = await startS3Server();
  objects = openS3(server.address);
  backend = await openTrainingBackend();
});
afterEach(async () => {
  for (const drain of draining.splice(0)) await drain();
});
afterAll(async () => {
  await backend.close();
  objects.close();
  await server.close();
  vi.unstubAllEnvs();
});

const unknownId = "00000000-0000-7000-8000-000000000000";
const remove = (ids: string[]) => deleteRuns(backend)(ids);
const givenWorker = async (ports: Parameters<typeof startTestWorker>[1] = {}) => {
  const worker = await startTestWorker(backend, ports);
  draining.push(worker.drain);
  return worker;
};
async function trained(ports: Parameters<typeof startTestWorker>[1] = {}): Promise<string> {
  const run = await backend.start({ epochs: 2 });
  await givenWorker(ports);
  await backend.eventsOf(run.id);
  await draining.pop()!();
  return run.id;
}

/** How many rows of each table name a run. */
async function rowsOf(runId: string): Promise<Record<string, number>> {
  const { rows } = await backend.pool.query<{ table: string; key: string }>(`
    SELECT table_name AS table, column_name AS key FROM information_schema.columns
    WHERE table_schema = 'public' AND column_name = 'run_id' UNION ALL SELECT 'run', 'id'`);
  const counts: Record<string, number> = {};
  for (const { table, key } of rows) {
    const counted = await backend.pool.query(`SELECT 1 FROM ${table} WHERE ${key} = $1`, [runId]);
    if (counted.rowCount) counts[table] = counted.rowCount;
  }
  const jobs = await backend.pool.query("SELECT 1 FROM pgboss.job WHERE id = $1", [runId]);
  return jobs.rowCount ? { ...counts, job: jobs.rowCount } : counts;
}

test("a run that has ended goes with its events, epochs, scores, predictions and checkpoints; others stay", async () => {
  const [id, other] = [await trained(), await trained()];
  const before = await rowsOf(other);
  expect(Object.keys(before)).toEqual(
    expect.arrayContaining([
      "run",
      "run_epoch",
      "run_event",
      "run_score",
      "run_target",
      "run_prediction",
      "run_checkpoint",
    ]),
  );
  expect(await remove([id, id])).toEqual([id]);
  expect(await rowsOf(id)).toEqual({});
  expect(await rowsOf(other)).toEqual(before);
});

test("a run that waits goes with its job, and no worker takes it", async () => {
  const [waiting, next] = [await backend.start(), await backend.start()];
  expect(await rowsOf(waiting.id)).toMatchObject({ run: 1, job: 1 });
  expect(await remove([waiting.id])).toEqual([waiting.id]);
  expect(await rowsOf(waiting.id)).toEqual({});
  await givenWorker();
  expect((await backend.eventsOf(next.id)).at(-1)?.body).toMatchObject({ status: "SUCCEEDED" });
});

test("where one of them trains nothing is deleted, and it goes on to its end", async () => {
  const ended = await trained();
  const worker = await givenWorker();
  const begun = new Promise<void>((resolve) => {
    worker.engine.beforeBatch = () => resolve();
  });
  const run = await backend.start({ name: "in the middle", epochs: 3 });
  await begun;
  const refused = await remove([ended, run.id]).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(Conflict);
  expect((refused as Error).message).toContain("in the middle");
  expect((await backend.runs.find(ended))?.status).toBe("SUCCEEDED");
  expect((await backend.eventsOf(run.id)).at(-1)?.body).toMatchObject({ status: "SUCCEEDED" });
});

test("ids of nobody are passed over, so that a lost answer's request may be repeated; too many are refused", async () => {
  const id = await trained();
  expect(await remove([unknownId, "no id", id])).toEqual([id]);
  expect(await remove([unknownId, "no id", id])).toEqual([]);
  await expect(remove(Array(501).fill(unknownId))).rejects.toThrow(InvalidInput);
  const timesOut = async () => Promise.reject(new TransactionTimedOut(15_000, {}));
  await expect(deleteRuns({ ...backend, transaction: timesOut })([id])).rejects.toThrow(LimitExceeded);
});

test("whoever watches all runs hears nothing of a deletion, and goes on hearing of the others", async () => {
  const failures: unknown[] = [];
  const watch = watchRuns({ ...backend, onError: (error) => failures.push(error) })()[Symbol.asyncIterator]();
  const heard = watch.next();
  const deleted = await backend.start();
  await heard;
  await remove([deleted.id]);
  await setTimeout(400);
  const next = watch.next();
  const other = await backend.start();
  const { value } = await next;
  // What was told before its deletion may still be on the way.
  const told = value?.id === deleted.id ? (await watch.next()).value : value;
  expect(told?.id).toBe(other.id);
  await watch.return?.();
  expect(failures).toEqual([]);
  await remove([other.id]);
});

test("checkpoints in an object store go as well, by a worker that knows the store, also after it was away", async () => {
  const inStore = createCheckpointStore(backend.prisma, { objects });
  const id = await trained({ checkpoints: inStore });
  expect([...server.objects.keys()].filter((key) => key.includes(id))).not.toEqual([]);
  await remove([id]);
  expect(await backend.checkpoints.sweepDiscarded()).toBe(false);
  server.become("failing");
  await expect(inStore.sweepDiscarded()).rejects.toThrow();
  server.become("present");
  await inStore.sweepDiscarded();
  expect([...server.objects.keys()].filter((key) => key.includes(id))).toEqual([]);
  expect(await backend.prisma.discardedObject.count()).toBe(0);
});

const endedDaysAgo = (id: string, days: number) =>
  backend.prisma.run.update({
    where: { id },
    data: { finishedAt: new Date(Date.now() - days * 24 * 3600 * 1000) },
  });
const clean = (days: number | null) =>
  cleanUp({ ...backend, retention: createRunRetention(backend) }, days)(new Date());

test("old runs give up events and checkpoints and keep what counts; followers come to a clear end", async () => {
  const [old, young] = [await trained(), await trained()];
  await endedDaysAgo(old, 31);
  await endedDaysAgo(young, 29);
  // More than one portion.
  await backend.pool.query(
    `INSERT INTO run_event (run_id, sequence, at, kind, body)
     SELECT $1, 1000 + n, now(), 'log', '{"level":"INFO","message":"much"}' FROM generate_series(1, 25000) AS n`,
    [old],
  );
  const [before, beforeYoung] = [await rowsOf(old), await rowsOf(young)];
  await clean(null);
  expect(await rowsOf(old)).toEqual(before);
  await clean(30);
  const { run_checkpoint: _, ...kept } = before;
  expect(await rowsOf(old)).toEqual({ ...kept, run_event: 3 });
  expect(await rowsOf(young)).toEqual(beforeYoung);
  const last = (await backend.runs.find(old))!.lastSequence;
  for (const after of [0, 2, last - 1]) {
    const told = [];
    for await (const { sequence, body } of backend.follow(old, after)) told.push({ sequence, body });
    expect(told.at(-1), `after ${after}`).toMatchObject({ sequence: last, body: { status: "SUCCEEDED" } });
  }
  expect((await backend.journal.readLog(old, null, 10)).map(({ body }) => body.kind)).toEqual(
    Array(3).fill("status"),
  );
  // Cleaned once and for all: nothing is left to look at.
  expect(await createRunRetention(backend).cleanPortion(new Date(Date.now() - 30 * 24 * 3600 * 1000))).toBe(
    false,
  );
});

test("one process cleans at a time, and a run that somebody deletes just now is passed over", async () => {
  const id = await trained();
  await endedDaysAgo(id, 400);
  const retention = createRunRetention(backend);
  const before = new Date(Date.now() - 399 * 24 * 3600 * 1000);
  await backend.transaction(async (tx) => {
    await backend.runs.lockAll(tx, [id]);
    expect(await retention.cleanPortion(before)).toBe(false);
  });
  const both = await Promise.all([retention.cleanPortion(before), retention.cleanPortion(before)]);
  expect(both.filter(Boolean).length).toBe(1);
});
