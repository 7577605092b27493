/**
 * Hands slices to the GPU in portions: as many dispatches as fit into about 60 ms by what each took before, so that a
 * desktop stays usable, drivers' watchdogs stay asleep, and a cancelled run stops soon. A slice that takes longer is
 * handed over in several portions; a single dispatch is never cut.
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
/** How much faster than before a dispatch is believed to be by one measurement: a partial batch tells little. */
const growth = 2;

export interface Clock {
  /** Milliseconds from any start. */
  now(): number;
  sleep(ms: number): Promise<unknown>;
}
const wallClock: Clock = { now: () => performance.now(), sleep };

/** One dispatch: which slice, and which step of it. */
interface Place {
  readonly slice: number;
  readonly step: number;
}

export class Submissions {
  /** Where the portion's slices lie. */
  readonly slices: GPUBuffer;
  private readonly capacity: number;
  /** What each step of a slice takes; unknown before its first time, which it has to itself. */
  private readonly stepMs: number[] = [];

  constructor(
    private readonly gpu: Gpu,
    dispatchesPerSlice: number,
    private readonly clock = wallClock,
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
    const steps = [...perSlice, ...perBatch];
    const stepsOf = ({ place, count, batchCount }: Slice) =>
      place + count === batchCount ? steps.length : perSlice.length;
    const after = ({ slice, step }: Place): Place =>
      step + 1 < stepsOf(slices[slice]!) ? { slice, step: step + 1 } : { slice: slice + 1, step: 0 };

    let at: Place = { slice: 0, step: 0 };
    while (at.slice < slices.length) {
      const end = signal?.aborted ? endOfBatch(slices, at) : slices.length;
      if (at.slice === end) break;
      const portion = this.portionFrom(at, end, after);
      await this.submit(portion, slices, steps);
      at = after(portion.at(-1)!);
    }
    return at.slice;
  }

  destroy(): void {
    this.slices.destroy();
  }

  private portionFrom(start: Place, end: number, after: (place: Place) => Place): Place[] {
    const portion: Place[] = [];
    let ms = 0;
    for (let at = start; at.slice < Math.min(end, start.slice + this.capacity); at = after(at)) {
      ms += this.stepMs[at.step] ?? portionMs;
      if (portion.length > 0 && ms > portionMs) break;
      portion.push(at);
    }
    return portion;
  }

  private async submit(
    portion: readonly Place[],
    slices: readonly Slice[],
    steps: readonly Step[],
  ): Promise<void> {
    const { gpu, clock } = this;
    const started = clock.now();
    const first = portion[0]!.slice;
    gpu.upload(this.slices, encodeSlices(slices.slice(first, portion.at(-1)!.slice + 1)));
    const encoder = gpu.device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    for (const { slice, step } of portion) dispatch(pass, steps[step]!, slice - first);
    pass.end();
    gpu.device.queue.submit([encoder.finish()]);
    const expectedMs = portion.reduce((sum, { step }) => sum + (this.stepMs[step] ?? 0), 0);
    // Dawn keeps a core busy with asking the driver while anyone waits: most of a longer time is slept through.
    if (expectedMs > worthSleepingMs) await gpu.settled(clock.sleep(0.8 * expectedMs));
    await gpu.settled(gpu.device.queue.onSubmittedWorkDone());
    this.learn(portion, clock.now() - started, expectedMs);
  }

  private learn(portion: readonly Place[], ms: number, expectedMs: number): void {
    const factor = Math.max(ms / expectedMs, 1 / growth);
    for (const step of new Set(portion.map((place) => place.step))) {
      const before = this.stepMs[step];
      this.stepMs[step] = before && expectedMs > 0 ? before * factor : ms / portion.length;
    }
  }
}

/** The slice after the last of the batch that is in hand; where none is begun, the very slice that comes next. */
function endOfBatch(slices: readonly Slice[], { slice, step }: Place): number {
  const isBegun = slice === 0 || step > 0 || slices[slice]!.place > 0;
  if (!isBegun) return slice;
  const next = slices.findIndex(({ place }, i) => i > slice && place === 0);
  return next < 0 ? slices.length : next;
}
