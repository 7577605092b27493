/**
 * What a kernel is, and how its WGSL is put together: the files in kernels/ hold the mathematics only.
 *
 * Every kernel sees the uniform `slice` (which windows are in hand) and the storage buffers that it names. All
 * models of a group train in the same dispatches: `model` is a dimension of the grid, and in every buffer the
 * models' parts lie one behind the other.
 */
import { computeStage } from "./dawn.ts";
import type { Gpu } from "./gpu.ts";
import { modelStruct } from "./settings.ts";
import { sliceBytes, sliceStride, sliceStruct } from "./slices.ts";

export interface Kernel {
  readonly label: string;
  /** The storage buffers by the names that the code uses, with the type of their elements. */
  readonly reads: Readonly<Record<string, string>>;
  readonly writes: Readonly<Record<string, string>>;
  /** Whole numbers that the code uses by name: sizes and offsets. */
  readonly constants: Readonly<Record<string, number>>;
  readonly code: string;
  /** Whether the code exchanges numbers within subgroups: devices without them cannot run it. */
  readonly subgroups?: boolean;
  /** Workgroups along x, y and z. */
  readonly workgroups: readonly [number, number, number];
}

export type Buffers = Readonly<Record<string, GPUBuffer>>;

/** A kernel bound to its buffers, ready to be dispatched for any slice. */
export interface Step {
  /** The kernel's. */
  readonly label: string;
  readonly pipeline: GPUComputePipeline;
  readonly bindGroup: GPUBindGroup;
  readonly workgroups: readonly [number, number, number];
}

export interface CompiledKernel {
  /** @param buffers all that the kernel names, and `slices`. */
  bind(buffers: Buffers): Step;
}

/** @param slice which of the slices in their buffer the kernel handles. */
export function dispatch(
  pass: GPUComputePassEncoder,
  { pipeline, bindGroup, workgroups }: Step,
  slice: number,
): void {
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, bindGroup, [slice * sliceStride]);
  pass.dispatchWorkgroups(...workgroups);
}

/** The complete WGSL of a kernel. */
function shaderOf({ reads, writes, constants, code, subgroups }: Kernel): string {
  const declare = ([name, element]: [string, string], access: string, binding: number) =>
    `@group(0) @binding(${binding}) var<storage, ${access}> ${name}: array<${element}>;`;
  const inputs = Object.entries(reads);
  return [
    ...(subgroups ? ["enable subgroups;"] : []),
    sliceStruct,
    modelStruct,
    "@group(0) @binding(0) var<uniform> slice: Slice;",
    ...inputs.map((entry, i) => declare(entry, "read", 1 + i)),
    ...Object.entries(writes).map((entry, i) => declare(entry, "read_write", 1 + inputs.length + i)),
    ...Object.entries(constants).map(([name, value]) => `const ${name} = ${value}u;`),
    code,
  ].join("\n");
}

export async function compile(gpu: Gpu, kernel: Kernel): Promise<CompiledKernel> {
  const { device } = gpu;
  const { label, reads, writes, workgroups } = kernel;
  const types = [
    ...Object.keys(reads).map(() => "read-only-storage" as const),
    ...Object.keys(writes).map(() => "storage" as const),
  ];
  const layout = device.createBindGroupLayout({
    label,
    entries: [
      { binding: 0, visibility: computeStage, buffer: { type: "uniform", hasDynamicOffset: true } },
      ...types.map((type, i) => ({ binding: 1 + i, visibility: computeStage, buffer: { type } })),
    ],
  });
  const pipeline = await gpu.settled(
    device.createComputePipelineAsync({
      label,
      layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
      compute: { module: device.createShaderModule({ label, code: shaderOf(kernel) }), entryPoint: "main" },
    }),
  );
  const bind = (buffers: Buffers): Step => {
    const bound = [...Object.keys(reads), ...Object.keys(writes)].map((name, i) => {
      const buffer = buffers[name];
      if (!buffer) throw new TypeError(`the kernel "${label}" needs a buffer named ${name}`);
      return { binding: 1 + i, resource: { buffer } };
    });
    const slice = { binding: 0, resource: { buffer: buffers.slices!, size: sliceBytes } };
    const bindGroup = device.createBindGroup({ label, layout, entries: [slice, ...bound] });
    return { label, pipeline, bindGroup, workgroups };
  };
  return { bind };
}
