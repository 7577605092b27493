/** Models that train together on an engine that computes one at a time: each in turn, in memory of its own. */
import {
  Diverged,
  type Engine,
  type EngineModel,
  type EngineModels,
  type EpochProgress,
  epochStart,
  type ModelShape,
  type ModelState,
  type TrainingOptions,
  type WindowSet,
} from "./engine.ts";
import { checkCompany, checkLearningRates, checkStates } from "./shape.ts";

export class SeparateModels implements EngineModels {
  /** Models that diverged rest until a state is restored. */
  private diverged: (Diverged | null)[];

  private constructor(
    private readonly models: readonly EngineModel[],
    private readonly options: readonly TrainingOptions[],
  ) {
    this.diverged = models.map(() => null);
  }

  /** @throws what the engine throws for any of them; then none is left. */
  static async create(
    engine: Pick<Engine, "createModel">,
    shape: ModelShape,
    options: readonly TrainingOptions[],
  ): Promise<SeparateModels> {
    checkCompany(options);
    const models: EngineModel[] = [];
    try {
      for (const one of options) models.push(await engine.createModel(shape, one));
      return new SeparateModels(models, options);
    } catch (error) {
      for (const model of models) await model.dispose();
      throw error;
    }
  }

  async trainEpoch(
    windows: WindowSet,
    epoch: number,
    from: readonly (EpochProgress | Diverged)[] = this.models.map(() => epochStart),
    pause?: AbortSignal,
    leave?: AbortSignal,
  ): Promise<readonly (EpochProgress | Diverged)[]> {
    const outcomes: (EpochProgress | Diverged)[] = [];
    for (const [index, model] of this.models.entries()) {
      const start = this.diverged[index] ?? from[index]!;
      const rests = start instanceof Diverged || start.finished;
      outcomes.push(rests ? start : await this.train(model, windows, epoch, start, { pause, leave }));
    }
    this.diverged = outcomes.map((outcome) => (outcome instanceof Diverged ? outcome : null));
    return outcomes;
  }

  private async train(
    model: EngineModel,
    windows: WindowSet,
    epoch: number,
    from: EpochProgress,
    { pause, leave }: { pause: AbortSignal | undefined; leave: AbortSignal | undefined },
  ): Promise<EpochProgress | Diverged> {
    try {
      return await model.trainEpoch(windows, epoch, from, pause, leave);
    } catch (error) {
      if (error instanceof Diverged) return error;
      throw error;
    }
  }

  async setLearningRates(rates: readonly number[]): Promise<void> {
    checkLearningRates(rates, this.options);
    await inTurn(this.models, (model, index) => model.setLearningRate(rates[index]!));
  }

  predict(windows: Omit<WindowSet, "targets">, leave?: AbortSignal): Promise<readonly Float32Array[]> {
    return inTurn(this.models, (model) => model.predict(windows, leave));
  }

  snapshot(): Promise<readonly ModelState[]> {
    return inTurn(this.models, (model) => model.snapshot());
  }

  async restore(states: readonly ModelState[]): Promise<void> {
    checkStates(states, this.models.length);
    await inTurn(this.models, (model, index) => model.restore(states[index]!));
    this.diverged = states.map(() => null);
  }

  async dispose(): Promise<void> {
    await inTurn(this.models, (model) => model.dispose());
  }
}

/** Each has all of the processor while it computes. */
async function inTurn<T>(
  models: readonly EngineModel[],
  use: (model: EngineModel, index: number) => Promise<T>,
): Promise<T[]> {
  const results: T[] = [];
  for (const [index, model] of models.entries()) results.push(await use(model, index));
  return results;
}
