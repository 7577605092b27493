import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sqlOf } from "../../server/db/transaction.ts";
import { openTrainingQueue, type TakenJob, type TrainingQueue } from "../../server/queue/training-queue.ts";
import { type Backend, openTestBackend } from "../support/backend.ts";

let backend: Backend & { drop(): Promise<void> };
const opened: TrainingQueue[] = [];
const openQueue = async () => {
  const queue = await openTrainingQueue({ url: backend.url, sqlOf, onError: () => undefined });
  opened.push(queue);
  return queue;
};

beforeAll(async () => {
  backend = await openTestBackend();
});
afterAll(async () => {
  await Promise.all(opened.map((queue) => queue.close(1_000)));
  await backend.drop();
});

/** Takes jobs and hands each to whoever waits for the next one. */
async function takeJobs(
  queue: TrainingQueue,
  answer: (job: TakenJob) => "done" | "give back" = () => "done",
) {
  const taken: string[] = [];
  const waiting: (() => void)[] = [];
  await queue.work(async (job) => {
    taken.push(job.runId);
    const outcome = answer(job);
    for (const wake of waiting.splice(0)) wake();
    return outcome;
  });
  return {
    taken,
    async count(n: number) {
      while (taken.length < n) await new Promise<void>((resolve) => waiting.push(resolve));
      return taken;
    },
  };
}

test("several processes may start on an empty database at once", async () => {
  await expect(Promise.all([openQueue(), openQueue(), openQueue(), openQueue()])).resolves.toHaveLength(4);
});

test("a job is there with the transaction that enqueued it, and gone with one that failed or withdrew it", async () => {
  const queue = await openQueue();
  const [rolledBack, withdrawn, kept] = [randomUUID(), randomUUID(), randomUUID()];
  await expect(
    backend.transaction(async (tx) => {
      await queue.enqueue(tx, rolledBack);
      throw new Error("changed my mind");
    }),
  ).rejects.toThrow("changed my mind");
  await backend.transaction((tx) => queue.enqueue(tx, withdrawn, { priority: 9 }));
  await backend.transaction((tx) => queue.withdraw(tx, withdrawn));
  await backend.transaction((tx) => queue.withdraw(tx, randomUUID()));
  await backend.transaction((tx) => queue.enqueue(tx, kept));
  const jobs = await takeJobs(queue);
  expect(await jobs.count(1)).toEqual([kept]);
  await queue.close(1_000);
});

test("the most urgent job is taken first, and one that is given back goes to the next taker", async () => {
  const [first, second] = [await openQueue(), await openQueue()];
  const [ordinary, urgent] = [randomUUID(), randomUUID()];
  await backend.transaction((tx) => first.enqueue(tx, ordinary));
  await backend.transaction((tx) => first.enqueue(tx, urgent, { priority: 5 }));
  const draining = await takeJobs(first, () => {
    void first.stopTaking();
    return "give back";
  });
  expect(await draining.count(1)).toEqual([urgent]);
  const jobs = await takeJobs(second);
  expect([...(await jobs.count(2))].sort()).toEqual([urgent, ordinary].sort());
  await Promise.all([first.close(1_000), second.close(1_000)]);
});
