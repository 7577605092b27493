/** Series deleted with and without their runs, and what is left of both. */
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { type ClosableCheckpointStore, createCheckpointStore } from "../../server/db/checkpoint-store.ts";
import { openS3, type S3ObjectStore } from "../../server/objects/s3.ts";
import { deletePriceSeries } from "../../server/services/change-price-series.ts";
import { type S3Server, s3Keys, startS3Server } from "../support/s3-server.ts";
import { barsOf, walk } from "../support/series.ts";
import { openTrainingBackend, startTestWorker, type TrainingBackend } from "../support/worker.ts";

let backend: TrainingBackend;
let server: S3Server;
let objects: S3ObjectStore;
let checkpoints: ClosableCheckpointStore;
const draining: (() => Promise<void>)[] = [];

beforeAll(async () => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", s3Keys.accessKeyId);
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", s3Keys.secretAccessKey);
  server = await startS3Server();
  objects = openS3(server.address);
  backend = await openTrainingBackend();
  checkpoints = createCheckpointStore(backend.prisma, { objects });
});
afterEach(async () => {
  for (const drain of draining.splice(0)) await drain();
});
afterAll(async () => {
  await backend?.close();
  objects?.close();
  await server?.close();
  vi.unstubAllEnvs();
});

const deleteSeries = (id: string, withRuns: boolean) =>
  deletePriceSeries({ ...backend, checkpoints })(id, { withRuns });
const givenSeries = async (symbol: string) => {
  const identity = { symbol, name: null, currency: null, timezone: "UTC" };
  return (await backend.series.merge(identity, barsOf(walk(120)), { dryRun: false })).series!.id;
};
const rowsOf = async (table: string, column: string, id: string) =>
  (await backend.pool.query(`SELECT FROM ${table} WHERE ${column} = $1`, [id])).rowCount;

test("a series without runs goes with its versions and chunks, and its symbol is free again", async () => {
  const id = await givenSeries("ALONE");
  await deleteSeries(id, false);
  expect(await backend.series.findById(id)).toBeNull();
  for (const table of ["series_version", "bar_chunk"]) expect(await rowsOf(table, "series_id", id)).toBe(0);
  expect(await givenSeries("ALONE")).not.toBe(id);
});

test("a series that runs were trained on is refused with their number, and goes with them and all that hangs on them", async () => {
  const id = await givenSeries("TRAINED");
  const worker = await startTestWorker(backend, { checkpoints });
  draining.push(worker.drain);
  const done = await backend.start({ priceSeriesId: id });
  await backend.eventsOf(done.id);
  await draining.pop()!();
  const other = await backend.start();
  const waiting: string[] = [];
  for (let run = 0; run < 25; run++) waiting.push((await backend.start({ priceSeriesId: id })).id);
  await expect(deleteSeries(id, false)).rejects.toMatchObject({
    code: "CONFLICT",
    message: expect.stringMatching(/^26 runs are trained on this series/),
  });
  expect(server.objects.size).toBeGreaterThan(0);
  await deleteSeries(id, true);
  expect(await backend.series.findById(id)).toBeNull();
  expect(await rowsOf("run", "series_id", id)).toBe(0);
  for (const table of ["run_event", "run_epoch", "run_score", "run_prediction", "run_checkpoint"])
    expect(await rowsOf(table, "run_id", done.id)).toBe(0);
  // What lies outside of the database is the workers' to delete.
  while (await checkpoints.sweepDiscarded());
  expect(server.objects.size).toBe(0);
  // Nobody trains what waited, and the runs of other series are there.
  const offered: string[] = [];
  await new Promise<void>((resolve) => {
    void backend.jobs.work(async ({ runId }) => {
      offered.push(runId);
      resolve();
      return "done";
    });
  });
  await backend.jobs.stopTaking();
  expect(offered).toEqual([other.id]);
  expect(await backend.runs.findMany(waiting)).toEqual([]);
});

test("a series is kept while one of its runs is being trained, and whoever comes late finds none", async () => {
  const id = await givenSeries("BUSY");
  const run = await backend.start({ priceSeriesId: id });
  await backend.transaction((tx) => backend.runs.setStatus(tx, run.id, "RUNNING"));
  await expect(deleteSeries(id, true)).rejects.toMatchObject({
    code: "CONFLICT",
    message: "1 run is being trained on this series: cancel it first",
  });
  expect(await backend.runs.find(run.id)).not.toBeNull();
  await backend.transaction((tx) => backend.runs.setStatus(tx, run.id, "CANCELLED"));
  // Two at once: the second finds nothing to delete.
  const both = await Promise.allSettled([deleteSeries(id, true), deleteSeries(id, true)]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  await expect(deleteSeries(id, true)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(deleteSeries("none", true)).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("a run that is started while its series is deleted is refused, or deleted with it", async () => {
  for (let attempt = 0; attempt < 5; attempt++) {
    const id = await givenSeries(`RACE ${attempt}`);
    const [started] = await Promise.allSettled([
      backend.start({ priceSeriesId: id }),
      deleteSeries(id, true),
    ]);
    if (started.status === "rejected") expect(started.reason).toMatchObject({ code: "NOT_FOUND" });
    expect(await rowsOf("run", "series_id", id)).toBe(0);
    expect(await backend.series.findById(id)).toBeNull();
  }
});
