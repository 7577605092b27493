/** A pass whose kernels are compiled. */
import type { Gpu } from "./gpu.ts";
import { type Buffers, type CompiledKernel, compile, type Step } from "./kernel.ts";
import type { PassStep } from "./passes.ts";

export class CompiledPass {
  /** The buffers that it was bound to last: mostly they are the next as well. */
  private bound: { readonly buffers: Buffers; readonly steps: readonly Step[] } | null = null;

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

  /** @param buffers of the group, by the group's names, and `slices`. */
  bind(buffers: Buffers): readonly Step[] {
    if (this.bound && areSame(this.bound.buffers, buffers)) return this.bound.steps;
    const steps = this.kernels.map(({ kernel, names }) => {
      const renamed = Object.entries(names).map(
        ([inKernel, ofGroup]) => [inKernel, buffers[ofGroup]!] as const,
      );
      return kernel.bind({ ...buffers, ...Object.fromEntries(renamed) });
    });
    this.bound = { buffers, steps };
    return steps;
  }
}

const areSame = (these: Buffers, those: Buffers) =>
  Object.keys(those).length === Object.keys(these).length &&
  Object.entries(those).every(([name, buffer]) => these[name] === buffer);
