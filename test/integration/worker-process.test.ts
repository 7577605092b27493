import { type ChildProcess, type ForkOptions, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { RunEvent } from "../../server/domain/run-event.ts";
import type { Run } from "../../server/ports/runs.ts";
import { statusesIn } from "../support/run-events.ts";
import { type S3Server, s3Keys, startS3Server } from "../support/s3-server.ts";
import { openTrainingBackend, type TrainingBackend } from "../support/worker.ts";

const workerFile = join(import.meta.dirname, "../../dist/server/main.worker.js");

let backend: TrainingBackend;
let s3: S3Server;
const children: ChildProcess[] = [];

const forkWorker = (env: NodeJS.ProcessEnv, options: ForkOptions = {}) => {
  const child = fork(workerFile, {
    env: { ...process.env, DATABASE_URL: backend.url, LOG_LEVEL: "error", ...env },
    ...options,
  });
  children.push(child);
  return child;
};

/** A worker as it runs in production, once it takes jobs. */
async function givenWorkerProcess(env: NodeJS.ProcessEnv = {}): Promise<ChildProcess> {
  const child = forkWorker(env);
  const ended = once(child, "exit").then(([code]) =>
    Promise.reject(new Error(`the worker ended with ${code}`)),
  );
  for (let type = ""; type !== "ready"; ) {
    const [message] = (await Promise.race([once(child, "message"), ended])) as [{ type: string }];
    type = message.type;
  }
  ended.catch(() => undefined);
  return child;
}

beforeAll(async () => {
  backend = await openTrainingBackend();
  s3 = await startS3Server();
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill("SIGKILL");
    await once(child, "exit");
  }
});
afterAll(async () => {
  await backend.close();
  await s3.close();
});

const request = { epochs: 600, layers: [{ units: 24, dropout: 0.2 }, { units: 16 }], batchSize: 4 };
const startSlow = () => backend.start(request);
const afterEpoch = (run: Run, epoch: number) =>
  backend.eventWhere(run.id, ({ body }) => body.kind === "epoch" && body.epoch.epoch === epoch);

/** All that training gave a run, without what a clock measured. */
async function outcomeOf(run: Run) {
  const epochs = (await backend.runs.epochs([run.id])).get(run.id) ?? [];
  return {
    epochs: epochs.map(({ epoch, trainLoss, validationLoss }) => ({ epoch, trainLoss, validationLoss })),
    scores: (await backend.runs.scores([run.id])).get(run.id),
    predictions: await backend.runs.predictions(run.id, "TEST", 1),
    bestEpoch: (await backend.runs.find(run.id))?.bestEpoch,
  };
}

/** Each epoch was told once and in order, and so was every number. */
function expectWhole(events: readonly RunEvent[]) {
  expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, i) => i + 1));
  const epochs = events.flatMap(({ body }) => (body.kind === "epoch" ? [body.epoch.epoch] : []));
  expect(epochs).toEqual(Array.from({ length: request.epochs }, (_, i) => i + 1));
}

const inS3 = () => ({
  CHECKPOINT_STORE: s3.setting,
  AWS_ACCESS_KEY_ID: s3Keys.accessKeyId,
  AWS_SECRET_ACCESS_KEY: s3Keys.secretAccessKey,
});

test.each([
  ["PostgreSQL", () => ({})],
  ["an S3-compatible store", inS3],
])(
  "with its checkpoints in %s, a run whose worker is killed, and the next one stopped, ends to the last bit as one that nobody disturbed",
  async (_, env) => {
    const first = await givenWorkerProcess(env());
    const undisturbed = await startSlow();
    await backend.eventsOf(undisturbed.id);
    const disturbed = await startSlow();

    await afterEpoch(disturbed, 5);
    first.kill("SIGKILL");
    await once(first, "exit");
    const atTheKill = (await backend.runs.find(disturbed.id))!.epoch;
    expect(atTheKill).toBeLessThan(request.epochs - 10);

    const second = await givenWorkerProcess(env());
    await afterEpoch(disturbed, atTheKill + 3);
    second.kill("SIGTERM");
    expect(await once(second, "exit")).toEqual([0, null]);
    expect(await backend.runs.find(disturbed.id)).toMatchObject({ status: "QUEUED", lostAttempts: 1 });

    await givenWorkerProcess(env());
    const events = await backend.eventsOf(disturbed.id);
    expectWhole(events);
    const interrupted = ["QUEUED", "RUNNING", "QUEUED", "RUNNING", "QUEUED", "RUNNING", "SUCCEEDED"];
    expect(statusesIn(events)).toEqual(interrupted);
    expect(await outcomeOf(disturbed)).toEqual(await outcomeOf(undisturbed));
  },
  120_000,
);

test("a worker that may not use its store of checkpoints says so at once, and what to do", async () => {
  const child = forkWorker({ ...inS3(), AWS_SECRET_ACCESS_KEY: "mistyped" }, { silent: true });
  const [[code], said] = await Promise.all([once(child, "exit"), text(child.stderr!)]);
  expect(code).toBe(2);
  expect(said).toContain(
    `cannot start: the store of checkpoints s3://checkpoints/team/gatecast at ${s3.endpoint}`,
  );
  expect(said).toContain("AWS_SECRET_ACCESS_KEY does not belong to AWS_ACCESS_KEY_ID");
});

test("a worker that waits for its store to answer leaves in good order when it is told to", async () => {
  s3.become("failing");
  const asked = s3.nextRequest();
  const child = forkWorker(inS3());
  await asked;
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);
  s3.become("present");
});
