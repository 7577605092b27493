/**
 * What a kernel is, and how its WGSL is put together: the files in kernels/ hold the mathematics only.
 *
 * Every kernel sees the uniform `slice` (which windows are in hand) and the storage buffers that it names. All
 * models of a group train in the same dispatches: `model` is a dimension of the grid, and in every buffer the
 * models' parts lie one behind the other.
 */
import { bufferUsage, computeStage } from "./dawn.ts";
import type { Gpu } from "./gpu.ts";

export interface Kernel {
  readonly label: string;
  /** The storage buffers by the names that the code uses, with the type of their elements. */
  readonly reads: Readonly<Record<string, string>>;
  readonly writes: Readonly<Record<string, string>>;
  /** Whole numbers that the code uses by name: sizes and offsets. */
  readonly constants: Readonly<Record<string, number>>;
  readonly code: string;
  /** Workgroups along x, y and z. */
  readonly workgroups: readonly [number, number, number];
}

/** The windows that one pass handles: a batch, or a part of one that does not fit into the buffers at once. */
export interface Slice {
  /** Place of its first window in the order of the epoch. */
  readonly first: number;
  readonly count: number;
  /** Place of its first window in its batch. Above 0, gradients and losses add to those of the parts before. */
  readonly place: number;
  /** Windows of the whole batch: what the mean is taken over. */
  readonly batchCount: number;
  readonly batch: number;
  readonly epoch: number;
  /** Windows of the whole set. */
  readonly windows: number;
  /** sqrt(1 - beta2^t) / (1 - beta1^t), Adam's correction for moments that started at zero. */
  readonly momentCorrection: number;
}

const sliceStruct = `struct Slice {
  first: u32, count: u32, place: u32, batchCount: u32, batch: u32, epoch: u32, windows: u32, momentCorrection: f32,
}`;
const sliceWords = 8;
/** Uniforms bound at a dynamic offset lie this many bytes apart: WebGPU's default minimum. */
export const sliceStride = 256;

/** The bytes of many slices, as `dynamicOffset = index * sliceStride` finds them. */
export function encodeSlices(slices: readonly Slice[]): Uint32Array {
  const words = new Uint32Array((slices.length * sliceStride) / 4);
  const floats = new Float32Array(words.buffer);
  for (const [index, slice] of slices.entries()) {
    const at = (index * sliceStride) / 4;
    const { first, count, place, batchCount, batch, epoch, windows } = slice;
    words.set([first, count, place, batchCount, batch, epoch, windows], at);
    floats[at + sliceWords - 1] = slice.momentCorrection;
  }
  return words;
}

/** What differs between the models of a group, and the seed of their dropout masks. */
export interface ModelSettings {
  readonly keyLow: number;
  readonly keyHigh: number;
  readonly learningRate: number;
  /** Infinity when gradients are not clipped. */
  readonly clipNorm: number;
  readonly weightDecay: number;
}

const modelStruct =
  "struct Model { keyLow: u32, keyHigh: u32, learningRate: f32, clipNorm: f32, weightDecay: f32 }";
export const modelWords = 5;

export function encodeModels(models: readonly ModelSettings[]): Uint32Array {
  const words = new Uint32Array(models.length * modelWords);
  const floats = new Float32Array(words.buffer);
  for (const [index, { keyLow, keyHigh, learningRate, clipNorm, weightDecay }] of models.entries()) {
    words.set([keyLow, keyHigh], index * modelWords);
    floats.set([learningRate, Math.min(clipNorm, 3e38), weightDecay], index * modelWords + 2);
  }
  return words;
}

/** The complete WGSL of a kernel. */
export function shaderOf({ reads, writes, constants, code }: Kernel): string {
  const declare = ([name, element]: [string, string], access: string, at: number) =>
    `@group(0) @binding(${at}) var<storage, ${access}> ${name}: array<${element}>;`;
  const inputs = Object.entries(reads);
  return [
    sliceStruct,
    modelStruct,
    "@group(0) @binding(0) var<uniform> slice: Slice;",
    ...inputs.map((entry, i) => declare(entry, "read", 1 + i)),
    ...Object.entries(writes).map((entry, i) => declare(entry, "read_write", 1 + inputs.length + i)),
    ...Object.entries(constants).map(([name, value]) => `const ${name} = ${value}u;`),
    code,
  ].join("\n");
}

/** A kernel bound to its buffers, ready to be dispatched for any slice. */
export interface Step {
  readonly label: string;
  readonly pipeline: GPUComputePipeline;
  readonly bindGroup: GPUBindGroup;
  readonly workgroups: readonly [number, number, number];
}

/** A compiled kernel. */
export interface CompiledKernel {
  /** @param buffers every buffer that the kernel names, and `slices`. */
  bind(buffers: Readonly<Record<string, GPUBuffer>>): Step;
}

export async function compile(gpu: Gpu, kernel: Kernel): Promise<CompiledKernel> {
  const { device } = gpu;
  const { label, reads, writes, workgroups } = kernel;
  const module = device.createShaderModule({ label, code: shaderOf(kernel) });
  const layout = device.createBindGroupLayout({
    label,
    entries: [
      { binding: 0, visibility: computeStage, buffer: { type: "uniform", hasDynamicOffset: true } },
      ...[...Object.keys(reads), ...Object.keys(writes)].map((_, i) => ({
        binding: 1 + i,
        visibility: computeStage,
        buffer: { type: i < Object.keys(reads).length ? "read-only-storage" : "storage" } as const,
      })),
    ],
  });
  const pipeline = await gpu.settled(
    device.createComputePipelineAsync({
      label,
      layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
      compute: { module, entryPoint: "main" },
    }),
  );
  const bind = (buffers: Readonly<Record<string, GPUBuffer>>): Step => {
    const bound = [...Object.keys(reads), ...Object.keys(writes)].map((name, i) => {
      const buffer = buffers[name];
      if (!buffer) throw new TypeError(`the kernel "${label}" needs a buffer named ${name}`);
      return { binding: 1 + i, resource: { buffer } };
    });
    const slices = { buffer: buffers.slices!, size: 4 * sliceWords };
    return {
      label,
      pipeline,
      bindGroup: device.createBindGroup({
        label,
        layout,
        entries: [{ binding: 0, resource: slices }, ...bound],
      }),
      workgroups,
    };
  };
  return { bind };
}

/** Where slices are kept: as many as one submit may hold. */
export function sliceBuffer(gpu: Gpu, capacity: number): GPUBuffer {
  return gpu.device.createBuffer({
    label: "slices",
    size: capacity * sliceStride,
    usage: bufferUsage.uniform | bufferUsage.copyTarget,
  });
}
