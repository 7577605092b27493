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
   * Runs the slices in order. Once `signal` aborts, it stops after the batch in hand.
   * @returns how many slices ran. @throws DeviceLost
   */
  async run(slices: readonly Slice[], work: Work, signal?: AbortSignal): Promise<number> {
    let done = 0;
    while (done < slices.length) {
      let end = Math.min(slices.length, done + Math.min(this.#portion, this.#capacity));
      if (signal?.aborted) end = Math.min(end, endOfBatch(slices, done));
      await this.#submit(slices.slice(done, end), work);
      done = end;
      if (signal?.aborted && slices[done]?.place === 0) break;
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
      if (place + count < batchCount) continue;
      for (const step of batch) dispatch(step, index);
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

/** How many slices there are up to the end of the batch that slice `index` belongs to. */
function endOfBatch(slices: readonly Slice[], index: number): number {
  const next = slices.findIndex(({ place }, i) => i > index && place === 0);
  return next < 0 ? slices.length : next;
}
