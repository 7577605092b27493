/**
 * What each kernel takes on the GPU's own clock; for measurements. WebGPU tells the time at the ends of a pass only, so
 * each dispatch gets a pass of its own here: together they take longer than in training, where one pass holds many.
 */
import { bufferUsage, timestamps } from "./dawn.ts";
import type { Gpu } from "./gpu.ts";
import { dispatch, type Step } from "./kernel.ts";
import { encodeSlices, type Slice } from "./slices.ts";

export interface KernelTime {
  readonly kernel: string;
  /** How often a batch dispatches it: more than once where the batch is cut into slices. */
  readonly dispatches: number;
  /** In a batch, all its dispatches together: the median over batches. */
  readonly ms: number;
}

/**
 * Runs `perSlice` for each slice, and `perBatch` after the last of each batch, as `Submissions` does.
 * @param sliceBuffer where kernels find the slice in hand.
 * @throws Error when the GPU tells no time.
 */
export async function timeKernels(
  gpu: Gpu,
  sliceBuffer: GPUBuffer,
  slices: readonly Slice[],
  perSlice: readonly Step[],
  perBatch: readonly Step[],
): Promise<readonly KernelTime[]> {
  if (!gpu.tellsTime) throw new Error(`${gpu.name} tells no time (WebGPU's "${timestamps}")`);
  const batches: Map<string, number[]>[] = [];
  for (const slice of slices) {
    if (slice.place === 0) batches.push(new Map());
    const times = batches.at(-1)!;
    const endsBatch = slice.place + slice.count === slice.batchCount;
    const steps = endsBatch ? [...perSlice, ...perBatch] : perSlice;
    gpu.upload(sliceBuffer, encodeSlices([slice]));
    const taken = await timed(gpu, steps);
    for (const [index, { label }] of steps.entries())
      times.set(label, [...(times.get(label) ?? []), taken[index]!]);
  }
  return [...batches[0]!].map(([kernel, { length }]) => {
    const sums = batches.map((times) => times.get(kernel)!.reduce((sum, ms) => sum + ms, 0));
    return { kernel, dispatches: length, ms: sums.sort((a, b) => a - b)[Math.floor(sums.length / 2)]! };
  });
}

/** Milliseconds of each step. */
async function timed(gpu: Gpu, steps: readonly Step[]): Promise<number[]> {
  const { device } = gpu;
  const count = 2 * steps.length;
  const querySet = device.createQuerySet({ type: "timestamp", count });
  const usage = bufferUsage.queryResolve | bufferUsage.copySource;
  const answers = device.createBuffer({ label: "timestamps", size: 8 * count, usage });
  try {
    const encoder = device.createCommandEncoder();
    for (const [index, step] of steps.entries()) {
      const ends = { beginningOfPassWriteIndex: 2 * index, endOfPassWriteIndex: 2 * index + 1 };
      const pass = encoder.beginComputePass({ timestampWrites: { querySet, ...ends } });
      dispatch(pass, step, 0);
      pass.end();
    }
    encoder.resolveQuerySet(querySet, 0, count, answers, 0);
    device.queue.submit([encoder.finish()]);
    const [words] = await gpu.read([{ buffer: answers, words: 2 * count }]);
    const nanoseconds = new BigUint64Array(words!.slice().buffer);
    return steps.map((_, index) => Number(nanoseconds[2 * index + 1]! - nanoseconds[2 * index]!) / 1e6);
  } finally {
    querySet.destroy();
    answers.destroy();
  }
}
