import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { type ClosableCheckpointStore, createCheckpointStore } from "../../server/db/checkpoint-store.ts";
import { openS3, type S3ObjectStore } from "../../server/objects/s3.ts";
import type { Run } from "../../server/ports/runs.ts";
import type { WorkerPorts } from "../../server/worker/ports.ts";
import { givenRun } from "../support/backend.ts";
import { type S3Server, s3Keys, startS3Server } from "../support/s3-server.ts";
import { openTrainingBackend, startTestWorker, type TrainingBackend } from "../support/worker.ts";

let backend: TrainingBackend;
let server: S3Server;
let objects: S3ObjectStore;
const told: string[] = [];
const onTrouble = (_: object, message: string) => void told.push(message);
const stores: Record<"inS3" | "inPostgres" | "inPostgresOnly", ClosableCheckpointStore> = {} as never;
const draining: (() => Promise<void>)[] = [];

beforeAll(async () => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", s3Keys.accessKeyId);
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", s3Keys.secretAccessKey);
  server = await startS3Server();
  backend = await openTrainingBackend();
  objects = openS3(server.address);
  stores.inS3 = createCheckpointStore(backend.prisma, { objects, onTrouble });
  stores.inPostgres = createCheckpointStore(backend.prisma, { objectsBefore: objects, onTrouble });
  stores.inPostgresOnly = createCheckpointStore(backend.prisma, { onTrouble });
});
afterEach(async () => {
  server.become("present");
  for (const drain of draining.splice(0)) await drain();
  await stores.inS3.close();
  server.objects.clear();
  told.splice(0);
});
afterAll(async () => {
  await backend.close();
  objects.close();
  await server.close();
  vi.unstubAllEnvs();
});

const givenWorker = async (checkpoints: ClosableCheckpointStore, ports: Partial<WorkerPorts> = {}) => {
  const worker = await startTestWorker(backend, { checkpoints, ...ports });
  draining.push(worker.drain);
  return worker;
};
const stored = async (run: Run) => (await backend.runs.find(run.id))!;
const outcomeOf = async (run: Run) => ({
  losses: (await backend.runs.epochs([run.id])).get(run.id)?.map(({ trainLoss }) => trainLoss),
  scores: (await backend.runs.scores([run.id])).get(run.id),
  predictions: await backend.runs.predictions(run.id, "TEST", 1),
});
/** Of a run that nobody disturbed, with its checkpoints in PostgreSQL. */
async function undisturbed(epochs: number) {
  await givenWorker(stores.inPostgresOnly);
  const run = await backend.start({ epochs });
  await backend.eventsOf(run.id);
  await draining.pop()!();
  return outcomeOf(run);
}
/** Starts a run, or takes it up again, and gives it back in the middle of an epoch. */
async function trainedUntil(epoch: number, checkpoints: ClosableCheckpointStore, begun?: Run) {
  const worker = await givenWorker(checkpoints);
  const reached = new Promise<void>((resolve) => {
    worker.engine.beforeBatch = (at, batch) => {
      if (at === epoch && batch === 1) resolve();
    };
  });
  const run = begun ?? (await backend.start({ epochs: 6 }));
  await reached;
  await draining.pop()!();
  return run;
}
/** A run whose checkpoints of two epochs are stored when the store falls silent at the third's. */
async function silentUpload({ engine }: Awaited<ReturnType<typeof givenWorker>>) {
  let tell = () => {};
  const secondStored = new Promise<void>((resolve) => {
    tell = resolve;
  });
  // Training goes on while a checkpoint is uploaded: the second's has to be through.
  engine.beforeBatch = async (epoch, batch) => {
    if (epoch !== 3 || batch !== 1) return;
    await secondStored;
    server.become("silent");
  };
  const run = await backend.start({ epochs: 50 });
  await backend.eventWhere(run.id, ({ body }) => body.kind === "epoch" && body.epoch.epoch === 2);
  tell();
  await server.nextRequest();
  return run;
}
const save = async (runId: string, epoch: number) => {
  const placed = await stores.inS3.place(runId, { epoch, state: Uint8Array.of(epoch, 2, 3) });
  await backend.transaction((tx) => stores.inS3.save(tx, runId, placed));
  return placed;
};
/** Where a store that is away is noticed, and where its absence ends. */
const whenMissed = () => {
  let missed = () => {};
  const noticed = new Promise<void>((resolve) => {
    missed = resolve;
  });
  const log = {
    info: () => undefined,
    warn: (_: object, message: string) => /store of checkpoints is away/.test(message) && missed(),
    error: () => undefined,
  };
  return { noticed, log };
};

describe("checkpoints in an S3-compatible store", () => {
  test("are kept twice while a run trains and once when it has ended; nothing that is not needed stays", async () => {
    const { id } = await givenRun(backend);
    for (const epoch of [1, 2, 3, 4]) await save(id, epoch);
    // What a worker leaves behind that dies between the upload and the commit.
    await stores.inS3.place(id, { epoch: 5, state: Uint8Array.of(5) });
    await stores.inS3.close();
    expect(server.objects.size).toBe(3);
    expect(await stores.inS3.latest(id)).toEqual({ epoch: 4, state: Uint8Array.of(4, 2, 3) });
    await backend.transaction((tx) => stores.inS3.settle(tx, id));
    await stores.inS3.close();
    expect([...server.objects.values()]).toEqual([Buffer.from([4, 2, 3])]);
    expect(await stores.inS3.latest(id)).toMatchObject({ epoch: 4 });
    const rows = await backend.prisma.runCheckpoint.findMany({ where: { runId: id } });
    expect(rows).toMatchObject([{ state: null, objectBytes: 3, object: expect.stringContaining(id) }]);
  });

  test("stay when the transaction is rolled back, and when its commit was answered too late and is repeated", async () => {
    const { id } = await givenRun(backend);
    await save(id, 1);
    const second = await save(id, 2);
    await backend.transaction((tx) => stores.inS3.save(tx, id, second));
    const third = await stores.inS3.place(id, { epoch: 3, state: Uint8Array.of(3) });
    const failing = backend.transaction(async (tx) => {
      await stores.inS3.save(tx, id, third);
      throw new Error("rolled back");
    });
    await expect(failing).rejects.toThrow("rolled back");
    await stores.inS3.close();
    expect(await stores.inS3.latest(id)).toMatchObject({ epoch: 2 });
    for (const [key, bytes] of server.objects)
      if (bytes[0] === 2) server.objects.set(key, Buffer.from("broken"));
    expect(await stores.inS3.latest(id)).toMatchObject({ epoch: 1 });
  });

  test("serve a run whose setting changes on its way, and changes back, to the same end", async () => {
    const expected = await undisturbed(6);
    const run = await trainedUntil(3, stores.inS3);
    expect(server.objects.size).toBeGreaterThan(0);
    await trainedUntil(4, stores.inPostgres, run);
    await trainedUntil(5, stores.inS3, run);
    await givenWorker(stores.inPostgres);
    await backend.eventsOf(run.id);
    expect(await outcomeOf(run)).toEqual(expected);
    expect(await stored(run)).toMatchObject({ status: "SUCCEEDED", attempts: 4, lostAttempts: 0 });
    await draining.pop()!();
    await stores.inPostgres.close();
    expect(server.objects.size).toBe(0);
    expect(told).toEqual([]);
  });

  test("that are damaged or gone cost the time to train again, and the log says so", async () => {
    const expected = await undisturbed(6);
    const run = await trainedUntil(4, stores.inS3);
    const [first, second] = [...server.objects.keys()];
    server.objects.set(first!, Buffer.from("broken"));
    server.objects.delete(second!);
    const worker = await givenWorker(stores.inS3);
    await backend.eventsOf(run.id);
    expect(told.sort()).toEqual([
      expect.stringMatching(/^the (latest|previous) checkpoint is (damaged|missing): it is passed over$/),
      expect.stringMatching(/^the (latest|previous) checkpoint is (damaged|missing): it is passed over$/),
    ]);
    expect(worker.engine.models).toHaveLength(1);
    expect(await outcomeOf(run)).toEqual(expected);
  });

  test.each(["away", "failing"] as const)(
    "in a store that is %s for a while hold a training up, and no more",
    async (mood) => {
      const expected = await undisturbed(5);
      const { noticed, log } = whenMissed();
      const worker = await givenWorker(stores.inS3, { log });
      worker.engine.beforeBatch = (epoch, batch) => {
        if (epoch === 3 && batch === 1) server.become(mood);
      };
      const run = await backend.start({ epochs: 5 });
      await noticed;
      server.become("present");
      await backend.eventsOf(run.id);
      expect(await stored(run)).toMatchObject({ status: "SUCCEEDED", attempts: 1, lostAttempts: 0 });
      expect(await outcomeOf(run)).toEqual(expected);
    },
  );

  test("in a store that stays away send the run back to the queue, from where it ends as it should", async () => {
    const expected = await undisturbed(5);
    const worker = await givenWorker(stores.inS3, { storePatience: { patienceMs: 1, lastTryMs: 1_000 } });
    worker.engine.beforeBatch = (epoch, batch) => {
      if (epoch === 3 && batch === 1) server.become("away");
    };
    const run = await backend.start({ epochs: 5 });
    const givenBack = await backend.eventWhere(
      run.id,
      ({ sequence, body }) => sequence > 1 && body.kind === "status" && body.status === "QUEUED",
    );
    expect(givenBack.body).toMatchObject({ message: expect.stringContaining("store of checkpoints") });
    worker.engine.beforeBatch = () => undefined;
    server.become("present");
    await backend.eventsOf(run.id);
    expect(await stored(run)).toMatchObject({ status: "SUCCEEDED", lostAttempts: 0 });
    expect(await outcomeOf(run)).toEqual(expected);
  });

  test("in a store that is silent keep nobody from leaving or cancelling", async () => {
    const worker = await givenWorker(stores.inS3, { storePatience: { patienceMs: 60_000, lastTryMs: 100 } });
    const cancelled = await silentUpload(worker);
    await backend.cancel(cancelled.id);
    await backend.eventsOf(cancelled.id);
    expect(await stored(cancelled)).toMatchObject({ status: "CANCELLED", epoch: 2 });
    server.become("present");
    const left = await silentUpload(worker);
    await draining.pop()!();
    expect(await stored(left)).toMatchObject({ status: "QUEUED", lostAttempts: 0 });
    await backend.cancel(left.id);
  });

  test("in a store that is silent keep nobody from cancelling, however long a worker would try", async () => {
    const storePatience = { patienceMs: 60_000, lastTryMs: 60_000 };
    const worker = await givenWorker(stores.inS3, { storePatience });
    const cancelled = await silentUpload(worker);
    await backend.cancel(cancelled.id);
    await backend.eventsOf(cancelled.id);
    expect(await stored(cancelled)).toMatchObject({ status: "CANCELLED", epoch: 2 });
  }, 10_000);

  test("are found where they were when a store has moved and its bucket kept its name", async () => {
    const elsewhere = await startS3Server();
    const moved = openS3(elsewhere.address);
    const store = createCheckpointStore(backend.prisma, {
      objects: moved,
      objectsBefore: objects,
      onTrouble,
    });
    const { id } = await givenRun(backend);
    await save(id, 1);
    expect(await store.latest(id)).toEqual({ epoch: 1, state: Uint8Array.of(1, 2, 3) });
    for (const epoch of [2, 3]) {
      const placed = await store.place(id, { epoch, state: Uint8Array.of(epoch) });
      await backend.transaction((tx) => store.save(tx, id, placed));
    }
    await store.close();
    expect(await store.latest(id)).toEqual({ epoch: 3, state: Uint8Array.of(3) });
    const ofRun = ({ objects }: S3Server) => [...objects.keys()].filter((key) => key.includes(id));
    expect([ofRun(server), ofRun(elsewhere)]).toEqual([[], [expect.anything(), expect.anything()]]);
    expect(told).toEqual([]);
    moved.close();
    await elsewhere.close();
  });

  test("that a worker does not know of are left to one that does", async () => {
    const expected = await undisturbed(6);
    const run = await trainedUntil(4, stores.inS3);
    const other = await givenWorker(stores.inPostgresOnly, {
      storePatience: { patienceMs: 1, lastTryMs: 1 },
    });
    const statuses: string[] = [];
    await backend.eventWhere(run.id, ({ body }) => {
      if (body.kind === "status") statuses.push(body.status);
      return statuses.join() === "QUEUED,RUNNING,QUEUED,RUNNING,QUEUED";
    });
    await draining.pop()!();
    expect(other.engine.models).toHaveLength(0);
    await givenWorker(stores.inS3);
    await backend.eventsOf(run.id);
    expect(await outcomeOf(run)).toEqual(expected);
  });
});
