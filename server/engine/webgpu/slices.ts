/** What one pass over the GPU handles: a batch, or a part of one that does not fit into the buffers at once. */
import { adamBetas } from "./adam-betas.ts";
import { bufferUsage } from "./dawn.ts";
import type { Gpu } from "./gpu.ts";
import type { Plan } from "./plan.ts";

export interface Slice {
  /** Place of its first window in the order of the epoch. */
  readonly first: number;
  readonly count: number;
  /** Place of its first window in its batch. Above 0, gradients and losses add to those of the slices before. */
  readonly place: number;
  /** Windows of the whole batch: what the mean is taken over. */
  readonly batchCount: number;
  readonly batch: number;
  readonly epoch: number;
  /** Windows of the whole set. */
  readonly windows: number;
  /** sqrt(1 - beta2^t) / (1 - beta1^t) at update t: Adam's correction for moments that started at zero. */
  readonly momentCorrection: number;
}

export const sliceStruct = `struct Slice {
  first: u32, count: u32, place: u32, batchCount: u32, batch: u32, epoch: u32, windows: u32, momentCorrection: f32,
}`;
export const sliceBytes = 32;
/** Slices lie this many bytes apart: uniforms that are bound at a dynamic offset must, by WebGPU's defaults. */
export const sliceStride = 256;

/** The bytes of many slices, the one of index i at i * sliceStride. */
export function encodeSlices(slices: readonly Slice[]): Uint32Array {
  const words = new Uint32Array((slices.length * sliceStride) / 4);
  const floats = new Float32Array(words.buffer);
  for (const [index, slice] of slices.entries()) {
    const { first, count, place, batchCount, batch, epoch, windows, momentCorrection } = slice;
    const at = (index * sliceStride) / 4;
    words.set([first, count, place, batchCount, batch, epoch, windows], at);
    floats[at + 7] = momentCorrection;
  }
  return words;
}

export function sliceBuffer(gpu: Gpu, capacity: number): GPUBuffer {
  return gpu.device.createBuffer({
    label: "slices",
    size: capacity * sliceStride,
    usage: bufferUsage.uniform | bufferUsage.copyTarget,
  });
}

export interface BatchRange {
  readonly epoch: number;
  readonly firstBatch: number;
  /** The batch after the last. */
  readonly endBatch: number;
  /** Windows of the whole set. */
  readonly windows: number;
  /** Updates before the first batch. */
  readonly stepsBefore: number;
}

/** The slices of an epoch's batches, in order. */
export function trainingSlices(plan: Plan, range: BatchRange): Slice[] {
  const { epoch, firstBatch, endBatch, windows, stepsBefore } = range;
  const slices: Slice[] = [];
  for (let batch = firstBatch; batch < endBatch; batch++) {
    const first = batch * plan.batchSize;
    const batchCount = Math.min(plan.batchSize, windows - first);
    const step = stepsBefore + batch - firstBatch + 1;
    const momentCorrection = Math.sqrt(1 - adamBetas.second ** step) / (1 - adamBetas.first ** step);
    slices.push(...cut(plan, { first, batchCount, batch, epoch, windows, momentCorrection }));
  }
  return slices;
}

/** The slices of all windows of a set, in their own order. */
export function predictionSlices(plan: Plan, windows: number): Slice[] {
  return cut(plan, { first: 0, batchCount: windows, batch: 0, epoch: 0, windows, momentCorrection: 0 });
}

function cut({ sliceSize }: Plan, whole: Omit<Slice, "count" | "place">): Slice[] {
  const slices: Slice[] = [];
  for (let place = 0; place < whole.batchCount; place += sliceSize) {
    const count = Math.min(sliceSize, whole.batchCount - place);
    slices.push({ ...whole, first: whole.first + place, count, place });
  }
  return slices;
}
