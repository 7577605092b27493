import { afterAll, beforeAll, expect, test } from "vitest";
import { Conflict, InvalidInput, NotFound } from "../../server/domain/errors.ts";
import type { BarTable } from "../../server/domain/price-series.ts";
import { cancelTraining } from "../../server/services/cancel-training.ts";
import { type StartTrainingPorts, startTraining } from "../../server/services/start-training.ts";
import { barsOf, walk } from "../support/series.ts";
import { smallConfig } from "../support/small-config.ts";
import { openTrainingBackend, type TrainingBackend, wasmFound } from "../support/worker.ts";

let backend: TrainingBackend;
beforeAll(async () => {
  backend = await openTrainingBackend();
});
afterAll(() => backend.close());

test("a started run waits with its whole configuration, a name that tells what it is, and its first event", async () => {
  const run = await backend.start({ layers: [{ units: 80 }, { units: 100, dropout: 0.2 }] });
  expect(run).toMatchObject({
    name: "WALK close, GRU 80-100",
    status: "QUEUED",
    lastSequence: 1,
    config: {
      ...smallConfig,
      layers: [
        { units: 80, dropout: 0 },
        { units: 100, dropout: 0.2 },
      ],
    },
  });
  expect(await backend.runs.find(run.id)).toEqual(run);
  expect((await backend.journal.read(run.id, 0, 10)).map(({ body }) => body)).toEqual([
    { kind: "status", status: "QUEUED", message: null },
  ]);
});

test("a request that cannot be met is refused before anything is stored", async () => {
  const before = await backend.runs.count();
  const refused = async (request: Parameters<typeof backend.start>[0], field: string) =>
    expect(await backend.start(request).catch((error: unknown) => error)).toMatchObject({ field });
  await refused({ window: 1 }, "window");
  await refused({ testBars: 5_000 }, "testBars");
  await refused({ name: "x".repeat(201) }, "name");
  await refused({ idempotencyKey: "" }, "idempotencyKey");
  await refused({ priority: 11 }, "priority");
  await refused({ priority: 0.5 }, "priority");
  await expect(backend.start({ priceSeriesId: "none" })).rejects.toThrow(NotFound);
  expect(await backend.runs.count()).toBe(before);
});

test("repeating a request with its key returns the first run, also when all come at once", async () => {
  const before = await backend.runs.count();
  const request = { idempotencyKey: "the key", name: "once" };
  const started = await Promise.all(Array.from({ length: 8 }, () => backend.start(request)));
  started.push(await backend.start({ ...request, engine: null }));
  expect(new Set(started.map(({ id }) => id)).size).toBe(1);
  expect(await backend.runs.count()).toBe(before + 1);
  await expect(backend.start({ ...request, epochs: 4 })).rejects.toThrow(Conflict);
});

test("an import while a run is being started neither mixes two versions nor is waited for", async () => {
  const identity = { symbol: "MEANWHILE", name: null, currency: null, timezone: "UTC" };
  const store = (bars: BarTable) => backend.series.merge(identity, bars, { dryRun: false });
  const before = (await store(barsOf(walk(120)))).series!;
  const series = {
    ...backend.series,
    async findById(id: string) {
      const found = await backend.series.findById(id);
      await store(barsOf(walk(900, 2)));
      return found;
    },
  };
  const { validationBars: _, ...request } = smallConfig;
  const start = startTraining({ ...backend, series });
  const run = await start({ ...request, priceSeriesId: before.id });
  expect(run.seriesVersionId).toBe(before.version.id);
  // By default a tenth of the bars that are not the test's, of the version that the run is trained on.
  const alone = await backend.start({ validationBars: null, priceSeriesId: backend.seriesId });
  expect(run.config).toEqual(alone.config);
});

test("runs that wait have the places in which they are taken: the urgent first, then the older", async () => {
  const priorities = { usual: 0, urgent: 10, alsoUsual: null, patient: -10, alsoUrgent: 10 };
  const names = new Map<string, string>();
  for (const [name, priority] of Object.entries(priorities))
    names.set((await backend.start({ name, priority })).id, name);
  const places = async () => {
    const positions = await backend.runs.queuePositions([...names.keys()]);
    return [...positions].sort(([, a], [, b]) => a - b).map(([id]) => names.get(id));
  };
  expect(await places()).toEqual(["urgent", "alsoUrgent", "usual", "alsoUsual", "patient"]);
  const [usual] = names.keys();
  await backend.cancel(usual!);
  const waiting = ["urgent", "alsoUrgent", "alsoUsual", "patient"];
  expect(await places()).toEqual(waiting);

  const taken: string[] = [];
  await new Promise<void>((resolve) => {
    void backend.jobs.work(async ({ runId }) => {
      taken.push(...[names.get(runId) ?? []].flat());
      if (taken.length === waiting.length) resolve();
      return "done";
    });
  });
  await backend.jobs.stopTaking();
  expect(taken).toEqual(waiting);
});

test("a run whose job cannot be queued is not there at all", async () => {
  const before = await backend.runs.count();
  const jobs = { enqueue: () => Promise.reject(new Error("no queue")) };
  const start = startTraining({ ...backend, jobs });
  await expect(start({ ...smallConfig, priceSeriesId: backend.seriesId })).rejects.toThrow("no queue");
  expect(await backend.runs.count()).toBe(before);
});

test("an engine that no present worker can run is refused with those that can, and accepted while none is there", async () => {
  const startWith = (workers: StartTrainingPorts["workers"]) =>
    startTraining({ ...backend, workers })({
      ...smallConfig,
      priceSeriesId: backend.seriesId,
      engine: "TENSORFLOW",
    });
  const missing = { ...wasmFound, engine: "TENSORFLOW", available: false, detail: "not installed" } as const;
  const place = {
    id: "w",
    host: "h",
    name: null,
    device: "d",
    startedAt: new Date(),
    lastSeenAt: new Date(),
  };
  const worker = { ...place, load: null, memoryBytes: null, currentRunIds: [] };
  const list = (status: "IDLE" | "LOST") => ({
    list: async () => [{ ...worker, status, engines: [wasmFound, missing] }],
  });
  const refusal = await startWith(list("IDLE")).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(InvalidInput);
  expect(refusal).toMatchObject({
    field: "engine",
    message: expect.stringMatching(/AUTO, WASM.*not installed/),
  });
  expect(await startWith(list("LOST"))).toMatchObject({ requestedEngine: "TENSORFLOW" });
});

test("of a cancel and a worker that takes the run at the same time, one wins and the run says which", async () => {
  for (let i = 0; i < 10; i++) {
    const run = await backend.start();
    const take = backend.transaction(async (tx) => {
      const locked = await backend.runs.lock(tx, run.id);
      return locked?.status === "QUEUED" ? backend.runs.setStatus(tx, run.id, "RUNNING") : null;
    });
    const [cancelled, taken] = await Promise.all([cancelTraining(backend)(run.id), take]);
    expect((await backend.runs.find(run.id))?.status).toBe(taken ? "RUNNING" : "CANCELLED");
    expect(cancelled.cancelRequestedAt).not.toBeNull();
  }
  await expect(backend.cancel("unknown")).rejects.toThrow(NotFound);
});
