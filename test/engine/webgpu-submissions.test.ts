/** How work is portioned for a GPU, on one of paper: its clock is the test's, and each dispatch takes what it is told. */
import { expect, test } from "vitest";
import type { Gpu } from "../../server/engine/webgpu/gpu.ts";
import type { Step } from "../../server/engine/webgpu/kernel.ts";
import type { Slice } from "../../server/engine/webgpu/slices.ts";
import { Submissions } from "../../server/engine/webgpu/submissions.ts";

/** What every submit costs besides its work. */
const overheadMs = 0.1;

function givenGpu() {
  let now = 0;
  let doneAt = 0;
  let encoded: string[] = [];
  const submits: { steps: string[]; ms: number }[] = [];
  /** Milliseconds of each step; may be changed while it runs. */
  const costs: Record<string, number> = {};
  const pass = {
    setPipeline: (pipeline: string) => encoded.push(pipeline),
    setBindGroup: () => {},
    dispatchWorkgroups: () => {},
    end: () => {},
  };
  const queue = {
    submit() {
      const ms = encoded.reduce((sum, step) => sum + costs[step]!, overheadMs);
      submits.push({ steps: encoded, ms });
      encoded = [];
      doneAt = now + ms;
    },
    async onSubmittedWorkDone() {
      now = Math.max(now, doneAt);
    },
  };
  const encoder = { beginComputePass: () => pass, finish: () => ({}) };
  const device = { queue, createCommandEncoder: () => encoder, createBuffer: () => ({}) };
  const gpu = { device, upload: () => {}, settled: (work: Promise<unknown>) => work } as unknown as Gpu;
  const clock = {
    now: () => now,
    sleep: async (ms: number) => {
      now += ms;
    },
  };
  const stepsOf = (takes: Record<string, number>) => {
    Object.assign(costs, takes);
    return Object.keys(takes).map(
      (label) => ({ label, pipeline: label, workgroups: [1, 1, 1] }) as never as Step,
    );
  };
  return { gpu, clock, submits, costs, stepsOf };
}

/** Batches of 64 windows, each cut into `cuts` slices. */
const slicesOf = (batches: number, cuts = 1) =>
  Array.from({ length: batches * cuts }, (_, i) => {
    const count = 64 / cuts;
    return { batch: Math.floor(i / cuts), place: (i % cuts) * count, count, batchCount: 64 } as Slice;
  });

test("short batches are handed over many at a time, never for 100 ms", async () => {
  const { gpu, clock, submits, stepsOf } = givenGpu();
  const perSlice = stepsOf({ forward: 0.2, backward: 0.3 });
  const perBatch = stepsOf({ adam: 0.1 });
  expect(await new Submissions(gpu, 3, clock).run(slicesOf(2000), perSlice, perBatch)).toBe(2000);
  expect(submits.flatMap(({ steps }) => steps)).toEqual(
    Array.from({ length: 2000 }, () => ["forward", "backward", "adam"]).flat(),
  );
  expect(Math.max(...submits.map(({ ms }) => ms))).toBeLessThan(100);
  expect(submits.at(-2)!.ms).toBeGreaterThan(40);
});

test("a batch that takes longer than a submit may is handed over in parts, from its first time on", async () => {
  const { gpu, clock, submits, stepsOf } = givenGpu();
  const perSlice = stepsOf({ gather: 1, forward: 45, backward: 55, gradient: 40 });
  await new Submissions(gpu, 5, clock).run(slicesOf(20), perSlice, stepsOf({ adam: 5 }));
  expect(Math.max(...submits.map(({ ms }) => ms))).toBeLessThan(100);
  expect(submits.slice(-3).map(({ steps }) => steps)).toEqual([
    ["forward"],
    ["backward"],
    ["gradient", "adam"],
  ]);
});

test("a card that becomes slower gets less at once, and more again when it is free", async () => {
  const { gpu, clock, submits, costs, stepsOf } = givenGpu();
  const perSlice = stepsOf({ forward: 1 });
  const submissions = new Submissions(gpu, 1, clock);
  await submissions.run(slicesOf(200), perSlice, []);
  costs.forward = 20;
  await submissions.run(slicesOf(100), perSlice, []);
  expect(submits.at(-2)!.ms).toBeLessThan(65);
  costs.forward = 1;
  await submissions.run(slicesOf(500), perSlice, []);
  expect(submits.at(-2)!.ms).toBeGreaterThan(40);
});

test("a first portion that tells little, a partial batch, does not make the next ones too large", async () => {
  const { gpu, clock, submits, costs, stepsOf } = givenGpu();
  const perSlice = stepsOf({ forward: 40 });
  const submissions = new Submissions(gpu, 1, clock);
  await submissions.run(slicesOf(3), perSlice, []);
  costs.forward = 1;
  await submissions.run(slicesOf(1), perSlice, []);
  costs.forward = 40;
  await submissions.run(slicesOf(10), perSlice, []);
  expect(Math.max(...submits.map(({ ms }) => ms))).toBeLessThan(150);
});

test("an aborted signal ends the work after the batch in hand, whatever of it was handed over", async () => {
  for (const stopAfter of [0, 1, 2, 3, 4, 5, 6]) {
    const { gpu, clock, submits, stepsOf } = givenGpu();
    const [perSlice, perBatch] = [stepsOf({ forward: 50, backward: 50 }), stepsOf({ adam: 50 })];
    const stop = new AbortController();
    if (stopAfter === 0) stop.abort();
    const { queue } = gpu.device;
    const { submit } = queue;
    queue.submit = () => {
      submit([]);
      if (submits.length === stopAfter) stop.abort();
    };
    // Each batch in two slices: five submits of one dispatch each.
    const done = await new Submissions(gpu, 3, clock).run(slicesOf(9, 2), perSlice, perBatch, stop.signal);
    expect(done).toBe(stopAfter <= 5 ? 2 : 4);
    expect(submits.at(-1)!.steps).toEqual(["adam"]);
  }
});
