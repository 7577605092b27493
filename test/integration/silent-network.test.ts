import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import pino from "pino";
import { afterEach, beforeEach, expect, test } from "vitest";
import { composeApi } from "../../server/compose.ts";
import { startTestApi } from "../support/api.ts";
import { connectBackend } from "../support/backend.ts";
import { type Cable, layCable } from "../support/cable.ts";
import { openTrainingBackend, startTestWorker, type TrainingBackend } from "../support/worker.ts";

let backend: TrainingBackend;
let cable: Cable;
const closing: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  backend = await openTrainingBackend();
  cable = await layCable(backend.url);
});
afterEach(async () => {
  cable.comeBack();
  for (const close of closing.splice(0).reverse()) await close();
  await cable.close();
  await backend.close();
});

const startSql = `mutation ($input: StartTrainingInput!) { startTraining(input: $input) { run { id } } }`;
const followSql = `subscription ($runId: ID!) { trainingEvents(runId: $runId) { sequence } }`;

test("a network that swallows all packets lets mutations and queries fail instead of hang, and subscribers miss nothing", async () => {
  const { services, ping, close } = await composeApi({ databaseUrl: cable.url }, pino({ level: "silent" }));
  const api = await startTestApi(services, ping);
  closing.push(async () => {
    await api.close();
    await close();
  });
  const worker = await startTestWorker(backend);
  closing.push(worker.drain);
  let goOn = () => {};
  const holdUp = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  worker.engine.beforeBatch = async (epoch, batch) => {
    if (epoch === 3 && batch === 0) await holdUp;
  };
  const run = await backend.start({ epochs: 5 });
  const told: number[] = [];
  let second = () => {};
  const heardOfTwoEpochs = new Promise<void>((resolve) => {
    second = resolve;
  });
  const following = (async () => {
    for await (const { data } of api.subscribe(followSql, { runId: run.id })) {
      told.push((data as { trainingEvents: { sequence: number } }).trainingEvents.sequence);
      if (told.length === 4) second();
    }
  })();
  await heardOfTwoEpochs;

  cable.goSilent();
  const input = { priceSeriesId: backend.seriesId, window: 8, testBars: 20, layers: [{ units: 8 }] };
  const sentAt = performance.now();
  const [mutation, query, health] = await Promise.all([
    api.ask(startSql, { input }),
    api.ask("{ runs { totalCount } }"),
    fetch(`${api.url}/health`),
  ]);
  for (const { errors } of [mutation, query]) {
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(["UNAVAILABLE"]);
  }
  expect(performance.now() - sentAt).toBeLessThan(30_000);
  expect(health.status).toBe(503);

  goOn();
  const events = await backend.eventsOf(run.id);
  expect(told).toHaveLength(4);
  cable.comeBack();
  await following;
  expect(told).toEqual(events.map(({ sequence }) => sequence));
}, 120_000);

test("an API whose network swallows all packets is gone soon after it was told to stop", async () => {
  const env = { ...process.env, DATABASE_URL: cable.url, PORT: "0", HOST: "127.0.0.1", LOG_LEVEL: "error" };
  const api = fork(join(import.meta.dirname, "../../dist/server/main.api.js"), { env });
  closing.push(async () => api.kill("SIGKILL"));
  await once(api, "message");
  cable.goSilent();
  api.kill("SIGTERM");
  expect(await once(api, "exit")).toEqual([0, null]);
}, 30_000);

test("a worker whose network swallows all packets goes on with its run when it is back", async () => {
  const through = await openTrainingBackend(await connectBackend(cable.url));
  closing.push(() => through.close());
  let missed = () => {};
  const noticed = new Promise<void>((resolve) => {
    missed = resolve;
  });
  const log = {
    info: () => undefined,
    warn: (_: object, message: string) => /the database is away/.test(message) && missed(),
    error: () => undefined,
  };
  const worker = await startTestWorker(through, { log });
  closing.push(worker.drain);
  let silenced = false;
  worker.engine.beforeBatch = (epoch, batch) => {
    if (epoch !== 3 || batch !== 0 || silenced) return;
    silenced = true;
    cable.goSilent();
  };
  const run = await backend.start({ epochs: 6 });
  await noticed;
  cable.comeBack();
  const events = await backend.eventsOf(run.id);
  expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, i) => i + 1));
  const epochs = events.flatMap(({ body }) => (body.kind === "epoch" ? [body.epoch.epoch] : []));
  expect(epochs).toEqual([1, 2, 3, 4, 5, 6]);
  expect(await backend.runs.find(run.id)).toMatchObject({ status: "SUCCEEDED", lostAttempts: 0 });
}, 120_000);
