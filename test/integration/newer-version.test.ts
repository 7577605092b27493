/** Beside a newer version on the same database: what it wrote and this one cannot read costs nobody else's row. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { createRunJournal } from "../../server/db/run-journal.ts";
import { createRunStore } from "../../server/db/run-store.ts";
import { sqlOf } from "../../server/db/transaction.ts";
import { toldOnce } from "../../server/db/unreadable.ts";
import { createWorkerRegistry } from "../../server/db/worker-registry.ts";
import { createAnnouncer } from "../../server/live/announcer.ts";
import { decodeRunEvents } from "../../server/live/wire.ts";
import { listEngines } from "../../server/services/list-engines.ts";
import { requeueLostRuns } from "../../server/services/requeue-lost-runs.ts";
import { givenRun } from "../support/backend.ts";
import { openTrainingBackend, type TrainingBackend, wasmFound } from "../support/worker.ts";

let backend: TrainingBackend;
const told: string[] = [];
const onUnreadable = toldOnce((row) => told.push(row));
/** As compose.ts wires them, with a log. */
const stores = () => {
  const announcer = createAnnouncer(sqlOf);
  return {
    ...backend,
    runs: createRunStore(backend.prisma, announcer, onUnreadable),
    journal: createRunJournal(backend.prisma, announcer, onUnreadable),
    workers: createWorkerRegistry(backend.prisma, onUnreadable),
  };
};

beforeAll(async () => {
  backend = await openTrainingBackend();
});
afterAll(() => backend.close());

test("a worker with an engine that nobody here knows is listed with those that are known", async () => {
  const { workers } = stores();
  const id = crypto.randomUUID();
  await workers.register({
    id,
    host: "new",
    device: "a card",
    name: null,
    deviceSlot: "it",
    engines: [wasmFound],
  });
  await backend.pool.query(
    `UPDATE worker SET engines = engines || '[{"engine":"QUANTUM","available":true}, 7]'::jsonb WHERE id = $1`,
    [id],
  );
  for (let twice = 0; twice < 2; twice++)
    expect(await workers.list()).toEqual([expect.objectContaining({ id, engines: [wasmFound] })]);
  expect((await listEngines({ workers })()).find(({ engine }) => engine === "WASM")).toEqual(wasmFound);
  expect(told.splice(0)).toEqual([`engine 1 of worker ${id}`, `engine 2 of worker ${id}`]);
});

test("a run with an unreadable configuration is passed over by lists, and told of once", async () => {
  const { runs } = stores();
  const [good, bad] = [await givenRun(backend), await givenRun(backend)];
  await backend.pool.query(`UPDATE run SET config = '{"window":"wide"}' WHERE id = $1`, [bad.id]);
  for (let twice = 0; twice < 2; twice++) {
    const ids = (await runs.list({ first: 10 }, {})).items.map(({ node }) => node.id);
    expect(ids).toContain(good.id);
    expect(ids).not.toContain(bad.id);
  }
  expect(await runs.findMany([good.id, bad.id])).toMatchObject([{ id: good.id }]);
  expect(await runs.find(bad.id)).toBeNull();
  expect(told.splice(0)).toEqual([`run ${bad.id}`]);
  // A worker must not take it for one that is gone: it gives it back.
  await expect(backend.transaction((tx) => runs.lock(tx, bad.id))).rejects.toThrow(/not readable/);
});

test("an event of an unknown kind, or of an unknown status, keeps its number", async () => {
  const { journal } = stores();
  const { id } = await givenRun(backend);
  const log = { kind: "log", level: "INFO", message: "hello" } as const;
  await backend.transaction((tx) => journal.appendAll(tx, id, [log, log, log, log]));
  await backend.pool.query("UPDATE run_event SET kind = 'snapshot' WHERE run_id = $1 AND sequence = 2", [id]);
  await backend.pool.query(
    `UPDATE run_event SET kind = 'status', body = '{"status":"PAUSED","message":null}' WHERE run_id = $1 AND sequence = 3`,
    [id],
  );
  const events = await journal.read(id, 0, 10);
  expect(events.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
  const unknown = { kind: "log", level: "INFO", message: expect.stringContaining("a newer one") };
  expect(events.map(({ body }) => body)).toEqual([log, unknown, unknown, log]);
  expect(told.splice(0)).toEqual([`event 2 of run ${id}`, `event 3 of run ${id}`]);
});

test("an event that a newer version announces is asked of the journal instead of passed on", () => {
  const at = Date.UTC(2026, 0, 1);
  const known = { kind: "log", level: "INFO", message: "hello" };
  const bodies = [
    known,
    { kind: "snapshot" },
    { kind: "status", status: "PAUSED" },
    { kind: "log", level: "LOUD" },
  ];
  const events = bodies.map((body, index) => ({ sequence: index + 1, at, body }));
  const heard = decodeRunEvents(JSON.stringify({ runId: "r", events }));
  expect(heard.map(({ event }) => event?.body ?? null)).toEqual([known, null, null, null]);
});

// The last one: a value cannot be taken back out of an enum.
test("a status and an engine of a newer version fail no list and no look-out for lost runs", async () => {
  const { runs, journal, workers, transaction } = stores();
  const [lost, paused, quantum] = [await givenRun(backend), await givenRun(backend), await givenRun(backend)];
  await backend.transaction((tx) => runs.setStatus(tx, lost.id, "RUNNING", { attempts: 1 }));
  await backend.pool.query(`ALTER TYPE "RunStatus" ADD VALUE 'PAUSED'`);
  await backend.pool.query(`ALTER TYPE "Engine" ADD VALUE 'QUANTUM'`);
  await backend.pool.query("UPDATE run SET status = 'PAUSED' WHERE id = $1", [paused.id]);
  await backend.pool.query("UPDATE run SET engine = 'QUANTUM', status = 'RUNNING' WHERE id = $1", [
    quantum.id,
  ]);

  const everything = await runs.list({ first: 100 }, {});
  expect(everything.items.map(({ node }) => node.id)).toContain(lost.id);
  expect(everything.items.map(({ node }) => node.id)).not.toContain(paused.id);
  expect(await runs.findMany([lost.id, paused.id, quantum.id])).toMatchObject([{ id: lost.id }]);
  expect(await runs.find(paused.id)).toBeNull();
  expect(await requeueLostRuns({ transaction, runs, journal, workers })()).toBe(1);
  expect(await runs.find(lost.id)).toMatchObject({ status: "QUEUED", lostAttempts: 1 });
  expect(told.splice(0)).toEqual(["a run"]);
});
