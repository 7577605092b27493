import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { createDeviceLock, type DeviceLock } from "../../server/db/device-lock.ts";
import type { Run } from "../../server/ports/runs.ts";
import { openTrainingBackend, type TrainingBackend } from "../support/worker.ts";

const workerFile = join(import.meta.dirname, "../../dist/server/main.worker.js");

let backend: TrainingBackend;
const ending: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  backend = await openTrainingBackend();
});
afterEach(async () => {
  for (const end of ending.splice(0)) await end();
});
afterAll(() => backend.close());

/** Someone who wants the device, and what became of it, as promises to wait for. */
function givenContender(device: string) {
  const became = { held: moment(), waiting: moment(), lost: moment(), heldAgain: moment() };
  let turns = 0;
  const lock: DeviceLock = createDeviceLock({
    url: backend.url,
    device,
    onWaiting: became.waiting.come,
    onLost: () => undefined,
  });
  lock.contend({
    begin: async () => became[turns++ === 0 ? "held" : "heldAgain"].come(),
    end: async () => became.lost.come(),
  });
  ending.push(lock.release);
  return { ...became, release: lock.release };
}

test("a holder that lost nothing but its connection is waited for", async () => {
  const holder = new pg.Client({ connectionString: backend.url });
  await holder.connect();
  ending.push(() => holder.end());
  const key = "1734440037, hashtext('one')";
  await holder.query(`SELECT pg_advisory_lock(${key})`);
  const other = givenContender("one");
  await other.waiting.came;
  await holder.query("SET lock_timeout = 500");
  // Longer than the other takes to see that the device is free.
  await holder.query(`SELECT pg_advisory_unlock(${key}), pg_sleep(1.3), pg_advisory_lock(${key})`);
  await holder.query(`SELECT pg_advisory_unlock(${key})`);
  await other.held.came;
}, 20_000);

test("an outage is told once, however often the database is tried meanwhile", async () => {
  const tried = moment();
  let tries = 0;
  const nobody = createServer((socket) => {
    socket.destroy();
    if (++tries === 4) tried.come();
  }).listen(0, "127.0.0.1");
  await once(nobody, "listening");
  let told = 0;
  const lock = createDeviceLock({
    url: `postgresql://nobody@127.0.0.1:${(nobody.address() as AddressInfo).port}/none`,
    device: "one",
    onWaiting: () => undefined,
    onLost: () => told++,
  });
  lock.contend({ begin: async () => undefined, end: async () => undefined });
  ending.push(lock.release, async () => nobody.close());
  await tried.came;
  expect(told).toBe(1);
});

function moment() {
  let come = () => {};
  const came = new Promise<void>((resolve) => {
    come = resolve;
  });
  return { came, come };
}

test("a device has one holder at a time, the next when it is released, and another device is another matter", async () => {
  const first = givenContender("one");
  await first.held.came;
  const second = givenContender("one");
  await second.waiting.came;
  const elsewhere = givenContender("two");
  await elsewhere.held.came;
  await first.release();
  await second.held.came;
});

test("whoever held the device when the connections broke has it again before the others", async () => {
  const first = givenContender("one");
  await first.held.came;
  const second = givenContender("one");
  await second.waiting.came;
  await backend.pool.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE application_name = 'gatecast device' AND datname = current_database()`,
  );
  await first.lost.came;
  const next = Promise.race([
    first.heldAgain.came.then(() => "first"),
    second.held.came.then(() => "second"),
  ]);
  expect(await next).toBe("first");
});

/** A worker as it runs in production, once it is there. */
async function givenWorkerProcess(): Promise<ChildProcess> {
  const child = fork(workerFile, { env: { ...process.env, DATABASE_URL: backend.url, LOG_LEVEL: "error" } });
  ending.push(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  });
  for (let type = ""; type !== "ready"; ) [{ type }] = (await once(child, "message")) as [{ type: string }];
  return child;
}

test("of two workers on one machine one trains and both are seen; when it is killed the other goes on with its run", async () => {
  const first = await givenWorkerProcess();
  // Of a size that trains alone: smaller ones train beside each other.
  const request = { epochs: 10_000, layers: [{ units: 64 }, { units: 48 }], batchSize: 1024 };
  const runs = [await backend.start(request), await backend.start(request)];
  const hasEpoch = (run: Run) => backend.eventWhere(run.id, ({ body }) => body.kind === "epoch");
  await hasEpoch(runs[0]!);
  await givenWorkerProcess();
  const epoch = (await backend.runs.find(runs[0]!.id))!.epoch;
  await backend.eventWhere(
    runs[0]!.id,
    ({ body }) => body.kind === "epoch" && body.epoch.epoch === epoch + 20,
  );
  const statuses = (await backend.workers.list()).map(({ status }) => status);
  expect(statuses.sort()).toEqual(["BUSY", "IDLE"]);
  expect(await backend.runs.find(runs[1]!.id)).toMatchObject({ status: "QUEUED", attempts: 0 });

  first.kill("SIGKILL");
  await once(first, "exit");
  const told = (await backend.runs.find(runs[0]!.id))!.epoch;
  await backend.eventWhere(runs[0]!.id, ({ body }) => body.kind === "epoch" && body.epoch.epoch === told + 1);
  expect(await backend.runs.find(runs[0]!.id)).toMatchObject({ attempts: 2, lostAttempts: 1 });
  expect(await backend.runs.find(runs[1]!.id)).toMatchObject({ status: "QUEUED", attempts: 0 });
  await backend.cancel(runs[0]!.id);
  await hasEpoch(runs[1]!);
}, 120_000);
