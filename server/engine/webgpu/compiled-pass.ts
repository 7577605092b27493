/** A pass whose kernels are compiled. */
import type { Gpu } from "./gpu.ts";
import { type Buffers, type CompiledKernel, compile, type Step } from "./kernel.ts";
import type { PassStep } from "./passes.ts";

export class CompiledPass {
  private constructor(
    private readonly kernels: readonly { kernel: CompiledKernel; names: PassStep["buffers"] }[],
  ) {}

  /** Compiles the kernels beside each other. */
  static async compile(gpu: Gpu, pass: readonly PassStep[]): Promise<CompiledPass> {
    const kernels = pass.map(async ({ kernel, buffers }) => ({
      kernel: await compile(gpu, kernel),
      names: buffers,
    }));
    return new CompiledPass(await Promise.all(kernels));
  }

  /** How many dispatches it takes. */
  get length(): number {
    return this.kernels.length;
  }

  /** @param buffers of the group, by the group's names, and `slices`. */
  bind(buffers: Buffers): Step[] {
    return this.kernels.map(({ kernel, names }) => {
      const renamed = Object.entries(names).map(
        ([inKernel, ofGroup]) => [inKernel, buffers[ofGroup]!] as const,
      );
      return kernel.bind({ ...buffers, ...Object.fromEntries(renamed) });
    });
  }
}
