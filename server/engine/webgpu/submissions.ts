/**
 * Hands slices to the GPU in portions: as many as fit into about 60 ms by the time that the portions before took,
 * so that a desktop stays usable, drivers' watchdogs stay asleep, and a cancelled run stops soon.
 */

import type { Gpu } from "./gpu.ts";
import { encodeSlices, type Slice, type Step, sliceBuffer, sliceStride } from "./kernel.ts";

const portionMs = 60;
/** Encoding a dispatch costs the host 6.5 us: this many at once keep the event loop busy for under 30 ms. */
const mostDispatches = 4096;
/** How much larger than the portion before a portion may be: the first ones warm up and tell little. */
const growth = 8;

/** The steps of each slice, and those that follow the last slice of a batch. */
export interface Work {
  readonly slice: readonly Step[];
  readonly batch: readonly Step[];
}

export class Submissions {
  readonly #gpu: Gpu;
  readonly #capacity: number;
  /** Where the portion's slices lie. */
  readonly slices: GPUBuffer;
  /** What the next portion should hold, by what the portions before took. Slices of one kind of work. */
  #portion = 1;

  constructor(gpu: Gpu, dispatchesPerSlice: number) {
    this.#gpu = gpu;
    this.#capacity = Math.max(1, Math.floor(mostDispatches / dispatchesPerSlice));
    this.slices = sliceBuffer(gpu, this.#capacity);
  }

  /**
   * Runs the slices in order. Stops early, after a whole batch, when `signal` aborts.
   * @returns how many slices ran. @throws DeviceLost
   */
  async run(slices: readonly Slice[], work: Work, signal?: AbortSignal): Promise<number> {
    let done = 0;
    while (done < slices.length) {
      const startsBatch = slices[done]!.place === 0;
      if (signal?.aborted && startsBatch) break;
      const portion = slices.slice(done, done + Math.min(this.#portion, this.#capacity));
      await this.#submit(portion, work);
      done += portion.length;
    }
    return done;
  }

  async #submit(portion: readonly Slice[], { slice, batch }: Work): Promise<void> {
    const started = performance.now();
    const { device } = this.#gpu;
    device.queue.writeBuffer(this.slices, 0, encodeSlices(portion));
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    const dispatch = ({ pipeline, bindGroup, workgroups }: Step, index: number) => {
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, bindGroup, [index * sliceStride]);
      pass.dispatchWorkgroups(...workgroups);
    };
    for (const [index, { place, count, batchCount }] of portion.entries()) {
      for (const step of slice) dispatch(step, index);
      if (place + count === batchCount) for (const step of batch) dispatch(step, index);
    }
    pass.end();
    device.queue.submit([encoder.finish()]);
    await this.#gpu.settled(device.queue.onSubmittedWorkDone());
    const fitting = (portion.length * portionMs) / (performance.now() - started);
    this.#portion = Math.max(1, Math.floor(Math.min(fitting, portion.length * growth)));
  }

  destroy(): void {
    this.slices.destroy();
  }
}
