/** Models that an engine computes together, and which member has which of them. */
import type {
  Diverged,
  Engine,
  EngineModels,
  EpochProgress,
  ModelShape,
  ModelState,
  TrainingOptions,
  WindowSet,
} from "../engine.ts";

export interface Stops {
  readonly pause?: AbortSignal | undefined;
  readonly leave?: AbortSignal | undefined;
}
type Inputs = Omit<WindowSet, "targets">;

export class Seats {
  private taken: number;
  private rates: readonly number[];
  /** What all members ask for after each epoch is computed for all when the first asks. */
  private states: Promise<readonly ModelState[]> | null = null;
  private predicted: { of: Inputs; answers: Promise<readonly Float32Array[]> } | null = null;
  private last: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly models: EngineModels,
    readonly count: number,
    rates: readonly number[],
  ) {
    this.taken = count;
    this.rates = rates;
  }

  /** @throws ShapeUnsupported when the device cannot hold so many. */
  static async create(
    engine: Pick<Engine, "createModels">,
    shape: ModelShape,
    options: readonly TrainingOptions[],
  ): Promise<Seats> {
    const models = await engine.createModels(shape, options);
    return new Seats(
      models,
      options.length,
      options.map(({ learningRate }) => learningRate),
    );
  }

  trainEpoch(
    windows: WindowSet,
    epoch: number,
    from: readonly EpochProgress[],
    rates: readonly number[],
    { pause, leave }: Stops,
  ): Promise<readonly (EpochProgress | Diverged)[]> {
    return this.inTurn(async () => {
      this.forgetAnswers();
      if (rates.some((rate, seat) => rate !== this.rates[seat])) await this.models.setLearningRates(rates);
      this.rates = rates;
      return this.models.trainEpoch(windows, epoch, from, pause, leave);
    });
  }

  /** @param leave heard only by a model that has the seats for itself: the answer belongs to all. */
  async predict(seat: number, windows: Inputs, leave?: AbortSignal): Promise<Float32Array> {
    if (this.count === 1) return (await this.inTurn(() => this.models.predict(windows, leave)))[0]!;
    if (this.predicted?.of !== windows)
      this.predicted = { of: windows, answers: this.inTurn(() => this.models.predict(windows)) };
    return (await this.predicted.answers)[seat]!;
  }

  async snapshot(seat: number): Promise<ModelState> {
    this.states ??= this.inTurn(() => this.models.snapshot());
    return (await this.states)[seat]!;
  }

  restore(states: readonly ModelState[]): Promise<void> {
    return this.inTurn(() => {
      this.forgetAnswers();
      return this.models.restore(states);
    });
  }

  /** The last to leave puts the models away. */
  async leave(): Promise<void> {
    this.taken -= 1;
    if (this.taken === 0) await this.dispose();
  }

  dispose(): Promise<void> {
    return this.inTurn(() => this.models.dispose());
  }

  private forgetAnswers(): void {
    this.states = null;
    this.predicted = null;
  }

  /** An engine's models take one call at a time. */
  private inTurn<T>(use: () => Promise<T>): Promise<T> {
    const mine = this.last.then(use, use);
    this.last = mine.catch(() => undefined);
    return mine;
  }
}
