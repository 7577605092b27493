/**
 * Hands slices to the GPU in portions: as many as fit into about 60 ms by what the portion before took, so that a
 * desktop stays usable, drivers' watchdogs stay asleep, and a cancelled run stops soon.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Gpu } from "./gpu.ts";
import { dispatch, type Step } from "./kernel.ts";
import { encodeSlices, type Slice, sliceBuffer } from "./slices.ts";

const portionMs = 60;
/** Encoding a dispatch costs the host 6.5 us: this many at once keep the event loop busy for under 30 ms. */
const mostDispatches = 4096;
/** Timers are a millisecond or two off. */
const worthSleepingMs = 10;
/** How much larger a portion may become at once: the first ones warm up and tell little. */
const growth = 8;

export class Submissions {
  /** Where the portion's slices lie. */
  readonly slices: GPUBuffer;
  private readonly capacity: number;
  /** Slices that the next portion should hold, and what one took in the portion before. */
  private portion = 1;
  private sliceMs = 0;

  constructor(
    private readonly gpu: Gpu,
    dispatchesPerSlice: number,
  ) {
    this.capacity = Math.max(1, Math.floor(mostDispatches / dispatchesPerSlice));
    this.slices = sliceBuffer(gpu, this.capacity);
  }

  /**
   * Runs `perSlice` for each slice in order, and `perBatch` after the last slice of each batch. Once `signal`
   * aborts, it stops after the batch in hand.
   * @returns how many slices ran. @throws DeviceLost
   */
  async run(
    slices: readonly Slice[],
    perSlice: readonly Step[],
    perBatch: readonly Step[],
    signal?: AbortSignal,
  ): Promise<number> {
    let done = 0;
    while (done < slices.length) {
      let end = Math.min(slices.length, done + Math.min(this.portion, this.capacity));
      if (signal?.aborted) end = Math.min(end, endOfBatch(slices, done));
      await this.submit(slices.slice(done, end), perSlice, perBatch);
      done = end;
      if (signal?.aborted && slices[done]?.place === 0) break;
    }
    return done;
  }

  destroy(): void {
    this.slices.destroy();
  }

  private async submit(
    portion: readonly Slice[],
    perSlice: readonly Step[],
    perBatch: readonly Step[],
  ): Promise<void> {
    const started = performance.now();
    const { device } = this.gpu;
    this.gpu.upload(this.slices, encodeSlices(portion));
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    for (const [index, { place, count, batchCount }] of portion.entries()) {
      const endsBatch = place + count === batchCount;
      for (const step of endsBatch ? [...perSlice, ...perBatch] : perSlice) dispatch(pass, step, index);
    }
    pass.end();
    device.queue.submit([encoder.finish()]);
    // Dawn keeps a core busy with asking the driver while anyone waits: most of a longer time is slept through.
    const expectedMs = portion.length * this.sliceMs;
    if (expectedMs > worthSleepingMs) await this.gpu.settled(sleep(0.8 * expectedMs));
    await this.gpu.settled(device.queue.onSubmittedWorkDone());
    this.sliceMs = (performance.now() - started) / portion.length;
    this.portion = Math.max(1, Math.floor(Math.min(portionMs / this.sliceMs, this.portion * growth)));
  }
}

/** How many slices there are up to the end of the batch that slice `index` belongs to. */
function endOfBatch(slices: readonly Slice[], index: number): number {
  const next = slices.findIndex(({ place }, i) => i > index && place === 0);
  return next < 0 ? slices.length : next;
}
