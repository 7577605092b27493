import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listEngines } from "../../server/services/list-engines.ts";
import { requeueLostRuns } from "../../server/services/requeue-lost-runs.ts";
import { takeOverDevice } from "../../server/services/take-over-device.ts";
import { type Backend, givenRun, openTestBackend } from "../support/backend.ts";
import { wasmFound } from "../support/worker.ts";

let backend: Backend & { drop(): Promise<void> };
beforeAll(async () => {
  backend = await openTestBackend();
});
afterAll(() => backend.drop());

const givenWorker = async (
  runId: string | null,
  silentSeconds: number,
  engines = [wasmFound],
  deviceSlot: string = randomUUID(),
) => {
  const id = randomUUID();
  await backend.workers.register({ id, host: "host", device: "device", name: null, deviceSlot, engines });
  await backend.workers.beat(id, runId === null ? [] : [runId]);
  await backend.pool.query(
    "UPDATE worker SET last_seen_at = now() - make_interval(secs => $2) WHERE id = $1",
    [id, silentSeconds],
  );
  return id;
};
const givenRunning = async () => {
  const { id } = await givenRun(backend);
  return backend.transaction((tx) => backend.runs.setStatus(tx, id, "RUNNING", { attempts: 1 }));
};

test("a worker is idle, busy, lost after 15 s of silence, forgotten after an hour, and gone when it left", async () => {
  const run = await givenRunning();
  const [idle, busy, lost] = [
    await givenWorker(null, 1),
    await givenWorker(run.id, 14),
    await givenWorker(run.id, 16),
  ];
  await givenWorker(null, 3_700);
  await backend.workers.leave(await givenWorker(null, 0));
  const listed = await backend.workers.list();
  expect(listed.map(({ id, status, currentRunIds }) => ({ id, status, currentRunIds }))).toEqual([
    { id: idle, status: "IDLE", currentRunIds: [] },
    { id: busy, status: "BUSY", currentRunIds: [run.id] },
    { id: lost, status: "LOST", currentRunIds: [] },
  ]);
  await backend.transaction((tx) => backend.runs.setStatus(tx, run.id, "CANCELLED"));
  expect(listed[0]).toMatchObject({ host: "host", device: "device", engines: [wasmFound] });
  await backend.pool.query("DELETE FROM worker");
});

test("all four engines are listed in one order: where a worker is fastest, why none has it, or that none is there", async () => {
  const list = listEngines(backend);
  const shape = async () =>
    (await list()).map(({ engine, available, batchMs }) => ({ engine, available, batchMs }));
  expect((await shape()).map(({ available }) => available)).toEqual([false, false, false, false]);
  const webgpu = {
    ...wasmFound,
    engine: "WEBGPU",
    available: false,
    detail: "no card",
    batchMs: null,
  } as const;
  await givenWorker(null, 0, [{ ...wasmFound, batchMs: 9 }, webgpu]);
  await givenWorker(null, 0, [{ ...wasmFound, batchMs: 4 }]);
  await givenWorker(null, 60, [{ ...wasmFound, batchMs: 1 }]);
  expect(await shape()).toEqual([
    { engine: "WEBGPU", available: false, batchMs: null },
    { engine: "TENSORFLOW", available: false, batchMs: null },
    { engine: "NATIVE", available: false, batchMs: null },
    { engine: "WASM", available: true, batchMs: 4 },
  ]);
  expect((await list())[0]?.detail).toBe("no card");
  await backend.pool.query("DELETE FROM worker");
});

test("a run whose worker vanished waits again, is cancelled if that was asked for, and fails after three workers", async () => {
  const [trained, lost, cancelled] = [await givenRunning(), await givenRunning(), await givenRunning()];
  await backend.transaction((tx) => backend.runs.update(tx, cancelled.id, { cancelRequestedAt: new Date() }));
  await givenWorker(trained.id, 1);
  await givenWorker(lost.id, 16);
  const look = requeueLostRuns(backend);
  expect((await Promise.all([look(), look(), look()])).reduce((a, b) => a + b)).toBe(2);
  const statusOf = async (id: string) => (await backend.runs.find(id))?.status;
  expect([await statusOf(trained.id), await statusOf(lost.id), await statusOf(cancelled.id)]).toEqual([
    "RUNNING",
    "QUEUED",
    "CANCELLED",
  ]);
  for (let i = 0; i < 2; i++) {
    await backend.transaction((tx) => backend.runs.setStatus(tx, lost.id, "RUNNING"));
    await look();
  }
  expect(await backend.runs.find(lost.id)).toMatchObject({
    status: "FAILED",
    error: { code: "WORKER_LOST", message: expect.stringContaining("3 times") },
  });
  const statuses = (await backend.journal.read(lost.id, 0, 10)).map(
    ({ body }) => body.kind === "status" && body.status,
  );
  expect(statuses).toEqual(["QUEUED", "QUEUED", "FAILED"]);
});

test("who has a device offers what its last holder trained at once, and nothing that is in other hands", async () => {
  const [left, elsewhere, takenSince] = [await givenRunning(), await givenRunning(), await givenRunning()];
  const queuedMeanwhile = await givenRun(backend);
  const holder = await givenWorker(null, 0, [wasmFound], "card");
  const before = await givenWorker(left.id, 1, [wasmFound], "card");
  const longBefore = await givenWorker(takenSince.id, 60, [wasmFound], "card");
  await givenWorker(takenSince.id, 0);
  await givenWorker(elsewhere.id, 1);
  await givenWorker(queuedMeanwhile.id, 1, [wasmFound], "card");
  const standby = await givenWorker(null, 1, [wasmFound], "card");
  const offered: string[] = [];
  const jobs = { offerAgain: async (_: unknown, runId: string) => void offered.push(runId) };
  const takeOver = () => takeOverDevice({ ...backend, jobs })("card", holder);
  expect([await takeOver(), await takeOver()]).toEqual([2, 0]);
  expect(offered.sort()).toEqual([left.id, queuedMeanwhile.id].sort());
  const statuses = new Map((await backend.workers.list()).map(({ id, status }) => [id, status]));
  expect([before, longBefore, standby, holder].map((id) => statuses.get(id))).toEqual([
    "LOST",
    "LOST",
    "IDLE",
    "IDLE",
  ]);
  expect(await backend.runs.find(left.id)).toMatchObject({ status: "QUEUED", lostAttempts: 1 });
  for (const { id } of [elsewhere, takenSince])
    expect(await backend.runs.find(id)).toMatchObject({ status: "RUNNING", lostAttempts: 0 });
  await backend.pool.query("DELETE FROM worker");
});

test("a worker of a release that trained one run at a time is known to train it", async () => {
  const run = await givenRunning();
  const id = await givenWorker(null, 1);
  await backend.pool.query("UPDATE worker SET current_run_id = $2 WHERE id = $1", [id, run.id]);
  expect((await backend.workers.list()).map(({ currentRunIds }) => currentRunIds)).toContainEqual([run.id]);
  await backend.transaction((tx) => backend.runs.setStatus(tx, run.id, "CANCELLED"));
  await backend.pool.query("DELETE FROM worker");
});
