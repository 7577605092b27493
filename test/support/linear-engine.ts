/**
 * A small honest engine for tests of the training loop: a linear model trained with Adam, in the order that
 * (seed, epoch) decides. It keeps engine.ts to the letter, counts its models, and is quick enough to train in a test.
 */
import {
  Diverged,
  type Engine,
  type EngineModel,
  type EpochProgress,
  epochStart,
  type ModelShape,
  type ModelState,
  type TrainingOptions,
  type WindowSet,
} from "../../server/engine/engine.ts";
import { lossOf, slopeOf } from "../../server/engine/loss.ts";
import { SeparateModels } from "../../server/engine/separate-models.ts";

export class LinearEngine implements Engine {
  readonly name = "WASM";
  readonly device = "a linear model";
  readonly models: LinearModel[] = [];
  /** Awaited before each batch, with the epoch, the batch (from 0) and the signal to leave it, or to pause after it. */
  beforeBatch: (epoch: number, batch: number, signal?: AbortSignal) => unknown = () => {};
  /** Awaited before each prediction. */
  beforePrediction: () => unknown = () => {};

  async createModel(shape: ModelShape, options: TrainingOptions): Promise<LinearModel> {
    const model = new LinearModel(this, shape, options);
    this.models.push(model);
    return model;
  }

  createModels(shape: ModelShape, options: readonly TrainingOptions[]): Promise<SeparateModels> {
    return SeparateModels.create(this, shape, options);
  }

  get openModels(): number {
    return this.models.filter((model) => !model.disposed).length;
  }

  async dispose(): Promise<void> {}
}

class LinearModel implements EngineModel {
  disposed = false;
  private readonly inputs: number;
  /** All that were set after the model was made. */
  readonly rates: number[] = [];
  private state: ModelState;

  constructor(
    private readonly engine: LinearEngine,
    readonly shape: ModelShape,
    readonly options: TrainingOptions,
  ) {
    this.inputs = shape.window * shape.features + 1;
    const size = this.inputs * shape.horizon;
    const random = randomNumbers(options.seed);
    this.state = {
      weights: Float32Array.from({ length: size }, () => (random() - 0.5) / this.inputs),
      firstMoment: new Float32Array(size),
      secondMoment: new Float32Array(size),
      step: 0,
    };
  }

  async trainEpoch(
    windows: WindowSet,
    epoch: number,
    from: EpochProgress = epochStart,
    pause?: AbortSignal,
    leave?: AbortSignal,
  ): Promise<EpochProgress> {
    const order = shuffled(windows.starts.length, this.options.seed * 1009 + epoch);
    const { batchSize } = this.options;
    let { nextBatch, lossSum, windows: trained } = from;
    while (nextBatch * batchSize < order.length) {
      await this.engine.beforeBatch(epoch, nextBatch, leave ?? pause);
      if (leave?.aborted) break;
      const batch = order.slice(nextBatch * batchSize, (nextBatch + 1) * batchSize);
      const lost = this.update(windows, batch);
      if (!Number.isFinite(lost)) throw new Diverged(epoch, nextBatch);
      lossSum += lost;
      trained += batch.length;
      nextBatch++;
      if (pause?.aborted) break;
      await new Promise(setImmediate);
    }
    const finished = nextBatch * batchSize >= order.length;
    return { nextBatch, lossSum, windows: trained, finished };
  }

  private update(windows: WindowSet, batch: readonly number[]): number {
    const { horizon } = this.shape;
    const { loss = "MSE" } = this.options;
    const gradient = new Float64Array(this.state.weights.length);
    let lossSum = 0;
    for (const window of batch) {
      const input = this.inputOf(windows, window);
      this.outputOf(input).forEach((output, step) => {
        const error = output - windows.targets[window * horizon + step]!;
        lossSum += lossOf(loss, error);
        input.forEach((value, i) => {
          gradient[step * this.inputs + i]! += (slopeOf(loss, error) * value) / (batch.length * horizon);
        });
      });
    }
    const { weights, firstMoment, secondMoment } = this.state;
    const { clipNorm = Number.POSITIVE_INFINITY, weightDecay = 0 } = this.options;
    const learningRate = this.rates.at(-1) ?? this.options.learningRate;
    const step = this.state.step + 1;
    const norm = Math.hypot(...gradient);
    const scale = norm > clipNorm ? clipNorm / norm : 1;
    gradient.forEach((unclipped, i) => {
      const slope = unclipped * scale;
      firstMoment[i] = 0.9 * firstMoment[i]! + 0.1 * slope;
      secondMoment[i] = 0.999 * secondMoment[i]! + 0.001 * slope * slope;
      const size = Math.sqrt(secondMoment[i]! / (1 - 0.999 ** step)) + 1e-7;
      weights[i]! *= 1 - learningRate * weightDecay;
      weights[i]! -= (learningRate * firstMoment[i]!) / (1 - 0.9 ** step) / size;
    });
    this.state = { weights, firstMoment, secondMoment, step };
    return lossSum;
  }

  async setLearningRate(rate: number): Promise<void> {
    this.rates.push(rate);
  }

  async predict(windows: Omit<WindowSet, "targets">): Promise<Float32Array> {
    await this.engine.beforePrediction();
    return Float32Array.from(
      Array.from(windows.starts, (_, window) => this.outputOf(this.inputOf(windows, window))).flat(),
    );
  }

  private inputOf({ rows, starts }: Omit<WindowSet, "targets">, window: number): number[] {
    const { features } = this.shape;
    const from = starts[window]! * features;
    return [...rows.subarray(from, from + this.shape.window * features), 1];
  }

  private outputOf(input: readonly number[]): number[] {
    return Array.from({ length: this.shape.horizon }, (_, step) =>
      input.reduce((sum, value, i) => sum + value * this.state.weights[step * this.inputs + i]!, 0),
    );
  }

  async snapshot(): Promise<ModelState> {
    return copyOf(this.state);
  }

  async restore(state: ModelState): Promise<void> {
    if (state.weights.length !== this.state.weights.length)
      throw new RangeError(`expected ${this.state.weights.length} weights, got ${state.weights.length}`);
    this.state = copyOf(state);
  }

  async dispose(): Promise<void> {
    this.disposed = true;
  }
}

const copyOf = ({ weights, firstMoment, secondMoment, step }: ModelState): ModelState => ({
  weights: weights.slice(),
  firstMoment: firstMoment.slice(),
  secondMoment: secondMoment.slice(),
  step,
});

/** mulberry32 */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function shuffled(count: number, seed: number): number[] {
  const random = randomNumbers(seed);
  const order = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}
