/** How work is portioned for a GPU, on one of paper: its clock is the test's, and each dispatch takes what it is told. */
import { expect, test } from "vitest";
import type { Gpu } from "../../server/engine/webgpu/gpu.ts";
import type { Step } from "../../server/engine/webgpu/kernel.ts";
import type { Slice } from "../../server/engine/webgpu/slices.ts";
import { Submissions } from "../../server/engine/webgpu/submissions.ts";

/** What every submit costs besides its work, a dispatch the host, a look at a fence, and how late a timer is. */
const overheadMs = 0.05;
const encodingMs = 0.007;
const pollMs = 0.05;
const timerMs = 1;

function givenGpu() {
  let now = 0;
  let busyUntil = 0;
  let encoded: string[] = [];
  const submits: { steps: string[]; ms: number; inFlightMs: number }[] = [];
  /** Milliseconds of each step; may be changed while it runs. */
  const costs: Record<string, number> = {};
  const pass = {
    setPipeline: (pipeline: string) => encoded.push(pipeline),
    setBindGroup: () => {},
    dispatchWorkgroups: () => {},
    end: () => {},
  };
  let written: { doneAt: number } | null = null;
  const queue = {
    submit() {
      now += encoded.length * encodingMs;
      const ms = encoded.reduce((sum, step) => sum + costs[step]!, overheadMs);
      busyUntil = Math.max(now, busyUntil) + ms;
      written!.doneAt = busyUntil;
      submits.push({ steps: encoded, ms, inFlightMs: busyUntil - now });
      encoded = [];
    },
  };
  const createBuffer = () => {
    const buffer = {
      doneAt: 0,
      async mapAsync() {
        now = Math.max(now, buffer.doneAt) + pollMs;
      },
      unmap() {},
    };
    return buffer;
  };
  const encoder = {
    beginComputePass: () => pass,
    clearBuffer: (buffer: { doneAt: number }) => {
      written = buffer;
    },
    finish: () => ({}),
  };
  const device = { queue, createCommandEncoder: () => encoder, createBuffer };
  const gpu = { device, upload: () => {}, settled: (work: Promise<unknown>) => work } as unknown as Gpu;
  const clock = {
    now: () => now,
    sleep: async (ms: number) => {
      now += ms + timerMs;
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

test("short batches are handed over many at a time, several portions at once, never 100 ms in all", async () => {
  const { gpu, clock, submits, stepsOf } = givenGpu();
  const perSlice = stepsOf({ forward: 0.2, backward: 0.3 });
  const perBatch = stepsOf({ adam: 0.1 });
  expect(await new Submissions(gpu, clock).run(slicesOf(2000), perSlice, perBatch)).toBe(2000);
  expect(submits.flatMap(({ steps }) => steps)).toEqual(
    Array.from({ length: 2000 }, () => ["forward", "backward", "adam"]).flat(),
  );
  expect(Math.max(...submits.map(({ inFlightMs }) => inFlightMs))).toBeLessThan(100);
  expect(submits.at(-2)!.inFlightMs).toBeGreaterThan(40);
});

test.each([0.02, 0.5, 7])(
  "once it is known what a dispatch takes (%d ms), the GPU does not wait for the host",
  async (ms) => {
    const { gpu, clock, submits, stepsOf } = givenGpu();
    const perSlice = stepsOf({ gather: ms / 10, forward: ms, backward: 2 * ms, gradient: ms / 2 });
    const submissions = new Submissions(gpu, clock);
    for (let epoch = 1; epoch <= 20; epoch++) {
      const [from, before] = [submits.length, clock.now()];
      await submissions.run(slicesOf(33), perSlice, []);
      const work = submits.slice(from).reduce((sum, submit) => sum + submit.ms, 0);
      if (epoch > 3) expect(clock.now() - before).toBeLessThan(1.1 * work + 2);
    }
  },
);

test("a batch that takes longer than a submit may is handed over in parts, from its first time on", async () => {
  const { gpu, clock, submits, stepsOf } = givenGpu();
  const perSlice = stepsOf({ gather: 1, forward: 45, backward: 55, gradient: 40 });
  await new Submissions(gpu, clock).run(slicesOf(20), perSlice, stepsOf({ adam: 5 }));
  expect(Math.max(...submits.map(({ ms }) => ms))).toBeLessThan(100);
  expect(Math.max(...submits.slice(20).map(({ inFlightMs }) => inFlightMs))).toBeLessThan(110);
  expect(submits.slice(-4).map(({ steps }) => steps)).toEqual([
    ["forward"],
    ["backward"],
    ["gradient"],
    ["adam"],
  ]);
});

test("a card that becomes slower gets less at once, and more again when it is free", async () => {
  const { gpu, clock, submits, costs, stepsOf } = givenGpu();
  const perSlice = stepsOf({ forward: 1 });
  const submissions = new Submissions(gpu, clock);
  await submissions.run(slicesOf(200), perSlice, []);
  costs.forward = 20;
  await submissions.run(slicesOf(100), perSlice, []);
  expect(submits.at(-2)!.inFlightMs).toBeLessThan(65);
  costs.forward = 1;
  await submissions.run(slicesOf(500), perSlice, []);
  expect(submits.at(-2)!.inFlightMs).toBeGreaterThan(40);
});

test("a first portion that tells little, a partial batch, does not make the next ones too large", async () => {
  const { gpu, clock, submits, costs, stepsOf } = givenGpu();
  const perSlice = stepsOf({ forward: 40 });
  const submissions = new Submissions(gpu, clock);
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
    const done = await new Submissions(gpu, clock).run(slicesOf(9, 2), perSlice, perBatch, {
      pause: stop.signal,
    });
    expect(done).toBe(stopAfter <= 5 ? 2 : 4);
    expect(submits.at(-1)!.steps).toEqual(["adam"]);
  }
});

test("who leaves ends it within a batch, but never within an update", async () => {
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
    // Each batch in two slices: submits 1 to 4 are its gradient, 5 is its update.
    const at = await new Submissions(gpu, clock).run(slicesOf(9, 2), perSlice, perBatch, {
      leave: stop.signal,
    });
    expect(submits).toHaveLength(stopAfter === 4 ? 5 : stopAfter);
    // The slices of whole batches: those before the one that was left.
    expect(Math.floor(at / 2)).toBe(stopAfter < 4 ? 0 : 1);
  }
});
