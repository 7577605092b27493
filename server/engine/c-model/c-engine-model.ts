/** A model of the C source as an EngineModel: the native and the WASM engine differ only in the CModel beneath it. */
import {
  type BatchGradient,
  Diverged,
  type EngineModel,
  type EpochProgress,
  epochStart,
  type ModelShape,
  type ModelState,
  type TrainingOptions,
  type WindowSet,
} from "../engine.ts";
import { initialState } from "../initial-weights.ts";
import { epochOrder } from "../randomness.ts";
import { checkLearningRate, checkState, checkWindows } from "../shape.ts";
import { weightCount } from "../weights.ts";
import { type CModel, control } from "./c-model.ts";

export class CEngineModel implements EngineModel {
  private learningRate: number;

  private constructor(
    private readonly model: CModel,
    private readonly shape: ModelShape,
    private readonly options: TrainingOptions,
  ) {
    this.learningRate = options.learningRate;
  }

  /** A model with fresh weights. */
  static async create(cModel: CModel, shape: ModelShape, options: TrainingOptions): Promise<CEngineModel> {
    const model = new CEngineModel(cModel, shape, options);
    await model.restore(await initialState(shape, options.seed));
    return model;
  }

  async trainEpoch(
    windows: WindowSet,
    epoch: number,
    from: EpochProgress = epochStart,
    pause?: AbortSignal,
    leave?: AbortSignal,
  ): Promise<EpochProgress> {
    checkWindows(this.shape, windows);
    const count = windows.starts.length;
    if (from.finished || count === 0) return { ...from, finished: true };
    const order = epochOrder(this.options.seed, epoch, count);
    const steering = new Int32Array(control.length);
    steering[control.epoch] = epoch;
    // [next batch, sum of losses, windows, the batch that diverged]
    const progress = Float64Array.of(from.nextBatch, from.lossSum, from.windows, -1);
    const rate = Float64Array.of(this.learningRate);
    await this.model.run("train", [...inputs(windows), order, steering, progress, rate], { pause, leave });
    const [nextBatch, lossSum, trained, diverged] = progress as unknown as [number, number, number, number];
    if (diverged >= 0) throw new Diverged(epoch, diverged);
    const finished = nextBatch * this.options.batchSize >= count;
    return { nextBatch, lossSum, windows: trained, finished };
  }

  async setLearningRate(rate: number): Promise<void> {
    checkLearningRate(rate, this.options);
    this.learningRate = rate;
  }

  async predict(windows: Omit<WindowSet, "targets">, leave?: AbortSignal): Promise<Float32Array> {
    const { rows, starts } = windows;
    checkWindows(this.shape, { rows, starts });
    const predictions = new Float32Array(starts.length * this.shape.horizon);
    const steering = new Int32Array(control.length);
    if (starts.length > 0) await this.model.run("predict", [rows, starts, predictions, steering], { leave });
    return predictions;
  }

  /** What training would use for `batch` of `epoch`, without the update. */
  async gradient(windows: WindowSet, epoch: number, batch: number, dropping = true): Promise<BatchGradient> {
    checkWindows(this.shape, windows);
    const order = epochOrder(this.options.seed, epoch, windows.starts.length);
    const steering = new Int32Array(control.length);
    steering[control.epoch] = epoch;
    steering[control.batch] = batch;
    steering[control.dropping] = dropping ? 1 : 0;
    const lossSum = new Float64Array(1);
    const gradient = new Float32Array(weightCount(this.shape));
    await this.model.run("gradient", [...inputs(windows), order, steering, lossSum, gradient]);
    return { lossSum: lossSum[0]!, gradient };
  }

  async snapshot(): Promise<ModelState> {
    const count = weightCount(this.shape);
    const weights = new Float32Array(count);
    const firstMoment = new Float32Array(count);
    const secondMoment = new Float32Array(count);
    const step = new Float64Array(1);
    await this.model.run("read", [weights, firstMoment, secondMoment, step]);
    return { weights, firstMoment, secondMoment, step: step[0]! };
  }

  async restore(state: ModelState): Promise<void> {
    checkState(this.shape, state);
    const { weights, firstMoment, secondMoment, step } = state;
    await this.model.run("write", [weights, firstMoment, secondMoment, Float64Array.of(step)]);
  }

  dispose(): Promise<void> {
    return this.model.dispose();
  }
}

function inputs({ rows, starts, targets }: WindowSet) {
  return [rows, starts, targets] as const;
}
