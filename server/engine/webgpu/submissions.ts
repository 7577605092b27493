/**
 * Hands slices to the GPU in portions, several at once, so that it never waits for the host: at most about 60 ms of work
 * by what each dispatch took before, so that a desktop stays usable, drivers' watchdogs stay asleep, and a cancelled run
 * stops soon. A slice that takes longer is handed over in several portions; a single dispatch is never cut.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { type Fence, Fences } from "./fence.ts";
import type { Gpu } from "./gpu.ts";
import { dispatch, type Step } from "./kernel.ts";
import { encodeSlices, type Slice, sliceBuffer } from "./slices.ts";

const mostMsInFlight = 60;
/** A portion is a part of that, so that the next is there before it ends. */
const portionMs = 20;
/** Encoding and submitting one costs the host about 8 us: a GPU that has nothing to do gets a small portion, and soon. */
const mostDispatches = 128;
const mostDispatchesWhenIdle = 32;
/** Timers are a millisecond or two off. */
const worthSleepingMs = 5;
/** Whoever looks after a portion and finds it done so soon came too late to see when. */
const lateMs = 0.3;
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

/** A portion that was handed over. */
interface InFlight {
  readonly portion: readonly Place[];
  readonly fence: Fence;
  readonly submittedAt: number;
  /** What each step of a slice was believed to take, and the portion by that. */
  readonly stepMs: readonly (number | undefined)[];
  readonly expectedMs: number;
}

export class Submissions {
  /** Where the portion's slices lie. */
  readonly slices: GPUBuffer;
  private readonly fences: Fences;
  /** What each step of a slice takes; unknown before its first time, which it has to itself. */
  private stepMs: readonly (number | undefined)[] = [];
  private readonly inFlight: InFlight[] = [];
  private lastDoneAt = 0;

  constructor(
    private readonly gpu: Gpu,
    private readonly clock = wallClock,
  ) {
    this.slices = sliceBuffer(gpu, mostDispatches);
    this.fences = new Fences(gpu);
  }

  /**
   * Runs `perSlice` for each slice in order, and `perBatch` after the last slice of each batch. Once `pause` aborts,
   * it stops after the batch in hand; once `leave` does, within it, unless its `perBatch` is begun: half of an update
   * would be worse than none.
   * @returns the slice at which it stopped; where that is within a batch, nothing of that batch counts.
   * @throws DeviceLost
   */
  async run(
    slices: readonly Slice[],
    perSlice: readonly Step[],
    perBatch: readonly Step[],
    {
      pause,
      leave,
    }: { readonly pause?: AbortSignal | undefined; readonly leave?: AbortSignal | undefined } = {},
  ): Promise<number> {
    const steps = [...perSlice, ...perBatch];
    const stepsOf = ({ place, count, batchCount }: Slice) =>
      place + count === batchCount ? steps.length : perSlice.length;
    const after = ({ slice, step }: Place): Place =>
      step + 1 < stepsOf(slices[slice]!) ? { slice, step: step + 1 } : { slice: slice + 1, step: 0 };

    this.inFlight.length = 0; // what a failure left
    let at: Place = { slice: 0, step: 0 };
    while (at.slice < slices.length) {
      const updates = at.step >= perSlice.length;
      if (leave?.aborted && !updates) break;
      const stops = pause?.aborted || leave?.aborted;
      const end = stops ? endOfBatch(slices, at) : slices.length;
      if (at.slice === end) break;
      const portion = this.portionFrom(at, end, after);
      if (await this.makeRoomFor(portion)) continue; // times and the signals may have changed meanwhile
      this.submit(portion, slices, steps);
      at = after(portion.at(-1)!);
    }
    while (this.inFlight.length > 0) await this.awaitOldest();
    return at.slice;
  }

  destroy(): void {
    this.slices.destroy();
    this.fences.destroy();
  }

  private portionFrom(start: Place, end: number, after: (place: Place) => Place): Place[] {
    const portion: Place[] = [];
    const most = this.inFlight.length === 0 ? mostDispatchesWhenIdle : mostDispatches;
    let ms = 0;
    for (let at = start; at.slice < end && portion.length < most; at = after(at)) {
      ms += this.stepMs[at.step] ?? portionMs;
      if (portion.length > 0 && ms > portionMs) break;
      portion.push(at);
    }
    return portion;
  }

  /** @returns whether it had to wait. */
  private async makeRoomFor(portion: readonly Place[]): Promise<boolean> {
    if (this.inFlight.length === 0) return false;
    const ms = this.inFlight.reduce((sum, { expectedMs }) => sum + expectedMs, this.expectedMs(portion));
    const isKnown = [...this.inFlight, { portion }].every((one) =>
      one.portion.every(({ step }) => this.stepMs[step] !== undefined),
    );
    if (isKnown && ms <= mostMsInFlight) return false;
    await this.awaitOldest();
    return true;
  }

  private expectedMs(portion: readonly Place[]): number {
    return portion.reduce((sum, { step }) => sum + (this.stepMs[step] ?? 0), 0);
  }

  private submit(portion: readonly Place[], slices: readonly Slice[], steps: readonly Step[]): void {
    const { gpu, clock } = this;
    const submittedAt = clock.now();
    const first = portion[0]!.slice;
    gpu.upload(this.slices, encodeSlices(slices.slice(first, portion.at(-1)!.slice + 1)));
    const encoder = gpu.device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    for (const { slice, step } of portion) dispatch(pass, steps[step]!, slice - first);
    pass.end();
    const fence = this.fences.atEndOf(encoder);
    gpu.device.queue.submit([encoder.finish()]);
    this.inFlight.push({
      portion,
      fence,
      submittedAt,
      stepMs: this.stepMs,
      expectedMs: this.expectedMs(portion),
    });
  }

  private async awaitOldest(): Promise<void> {
    const { gpu, clock } = this;
    const handedOver = this.inFlight.shift()!;
    const { fence, submittedAt, expectedMs } = handedOver;
    const startedAt = Math.max(submittedAt, this.lastDoneAt);
    // Dawn keeps a core busy with asking the driver while anyone waits: half of a longer time is slept through.
    const leftMs = startedAt + expectedMs - clock.now();
    if (leftMs > worthSleepingMs) await gpu.settled(clock.sleep(0.5 * leftMs));
    const lookedAt = clock.now();
    await gpu.settled(fence.passed());
    const doneAt = clock.now();
    const isLate = doneAt - lookedAt < lateMs;
    this.lastDoneAt = doneAt;
    this.learn(handedOver, doneAt - startedAt, isLate);
  }

  /**
   * Corrects what was believed when the portion was handed over: others of the same belief may be under way.
   * @param isLate it took so long at most.
   */
  private learn({ portion, stepMs, expectedMs }: InFlight, ms: number, isLate: boolean): void {
    const factor = Math.max((isLate ? 0.5 : 1) * (ms / expectedMs), 1 / growth);
    const learnt = [...this.stepMs];
    for (const { step } of portion) {
      const before = stepMs[step];
      learnt[step] = before && expectedMs > 0 ? before * factor : ms / portion.length;
    }
    this.stepMs = learnt;
  }
}

/** The slice after the last of the batch that is in hand; where none is begun, the very slice that comes next. */
function endOfBatch(slices: readonly Slice[], { slice, step }: Place): number {
  const isBegun = slice === 0 || step > 0 || slices[slice]!.place > 0;
  if (!isBegun) return slice;
  const next = slices.findIndex(({ place }, i) => i > slice && place === 0);
  return next < 0 ? slices.length : next;
}
