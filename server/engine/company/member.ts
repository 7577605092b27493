/** A model as whoever trains one run sees it, wherever it is computed. */
import {
  type Engine,
  type EngineModel,
  type EpochProgress,
  epochStart,
  type ModelShape,
  type ModelState,
  type TrainingOptions,
  type WindowSet,
} from "../engine.ts";
import { checkLearningRate } from "../shape.ts";
import type { Gathering, Guest } from "./gathering.ts";
import { Seats } from "./seats.ts";

export class Member implements EngineModel, Guest {
  isAwaited = true;
  hasTrained = false;
  rate: number;

  private constructor(
    private readonly engine: Engine,
    private readonly shape: ModelShape,
    readonly options: TrainingOptions,
    private readonly gathering: Gathering,
    private place: { readonly seats: Seats; readonly seat: number },
  ) {
    this.rate = options.learningRate;
  }

  /** @throws ShapeUnsupported when the device cannot hold it. */
  static async create(
    engine: Engine,
    shape: ModelShape,
    options: TrainingOptions,
    gathering: Gathering,
  ): Promise<Member> {
    const seats = await Seats.create(engine, shape, [options]);
    return new Member(engine, shape, options, gathering, { seats, seat: 0 });
  }

  trainEpoch(
    windows: WindowSet,
    epoch: number,
    from: EpochProgress = epochStart,
    pause?: AbortSignal,
    leave?: AbortSignal,
  ): Promise<EpochProgress> {
    return this.gathering.trainEpoch({ member: this, windows, epoch, from, pause, leave });
  }

  async setLearningRate(rate: number): Promise<void> {
    checkLearningRate(rate, this.options);
    this.rate = rate;
  }

  predict(windows: Omit<WindowSet, "targets">, leave?: AbortSignal): Promise<Float32Array> {
    const { seats, seat } = this.place;
    return seats.predict(seat, this.gathering.windows.of(windows), leave);
  }

  snapshot(): Promise<ModelState> {
    const { seats, seat } = this.place;
    return seats.snapshot(seat);
  }

  /** Once it has trained, it goes on alone: it has ended, and predicts with its best weights. */
  async restore(state: ModelState): Promise<void> {
    if (this.hasTrained) this.gathering.waitNoMoreFor(this);
    if (this.place.seats.count > 1)
      await this.moveTo({ seats: await Seats.create(this.engine, this.shape, [this.options]), seat: 0 });
    await this.place.seats.restore([state]);
  }

  async dispose(): Promise<void> {
    this.gathering.leave(this);
    await this.place.seats.leave();
  }

  isAt(seats: Seats, seat: number): boolean {
    return this.place.seats === seats && this.place.seat === seat;
  }

  get seats(): Seats {
    return this.place.seats;
  }

  /** Leaves its state behind. */
  async moveTo(place: { readonly seats: Seats; readonly seat: number }): Promise<void> {
    const { seats } = this.place;
    this.place = place;
    await seats.leave();
  }
}
