/** A model that TensorFlow holds: three flat tensors between batches, and nothing else. */
import { setImmediate } from "node:timers/promises";
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
import { type AdamTensors, adam } from "./adam.ts";
import { type BatchPlace, dropoutMasks, inputOf, targetsOf } from "./batch.ts";
import { type LossGradient, lossGradient, type Network, predictions } from "./network.ts";
import { copyOf, type Tensor1D, type TensorFlow, taken } from "./tensorflow.ts";

/** Operations run on this thread, so a large batch is computed in pieces with the event loop's turn in between. */
const mostNumbersInAPiece = 2 ** 26;
/** What both passes hold for each window, step and unit at their peak: projections, gates, slopes, gradients. */
const numbersPerUnit = 40;

export class TensorFlowModel implements EngineModel {
  private readonly tf: TensorFlow;
  private readonly shape: ModelShape;
  private step = 0;
  private learningRate: number;
  private readonly windowsInAPiece: number;

  private constructor(
    private readonly network: Network,
    private readonly options: TrainingOptions,
    private state: AdamTensors,
    pieceLimit = mostNumbersInAPiece,
  ) {
    const { shape, tf } = network;
    this.tf = tf;
    this.shape = shape;
    this.learningRate = options.learningRate;
    const units = shape.layers.reduce((sum, layer) => sum + layer.units, 0);
    this.windowsInAPiece = Math.max(1, Math.floor(pieceLimit / (numbersPerUnit * shape.window * units)));
  }

  /** A model with fresh weights. @param pieceLimit numbers that a piece of a batch may hold; for tests. */
  static async create(network: Network, options: TrainingOptions, pieceLimit?: number) {
    const state = await initialState(network.shape, options.seed);
    return new TensorFlowModel(network, options, tensorsOf(network.tf, state), pieceLimit);
  }

  async trainEpoch(
    windows: WindowSet,
    epoch: number,
    from: EpochProgress = epochStart,
    pause?: AbortSignal,
    leave?: AbortSignal,
  ): Promise<EpochProgress> {
    checkWindows(this.shape, windows);
    const { batchSize, seed } = this.options;
    const count = windows.starts.length;
    if (from.finished || count === 0) return { ...from, finished: true };
    const order = epochOrder(seed, epoch, count);
    let { nextBatch, lossSum, windows: trained } = from;
    let finished = nextBatch * batchSize >= count;
    while (!finished) {
      const chosen = order.subarray(nextBatch * batchSize, (nextBatch + 1) * batchSize);
      const place = { seed, epoch, batch: nextBatch };
      const batchLoss = await this.trainBatch(windows, chosen, place, leave);
      if (batchLoss === null) break;
      lossSum += batchLoss;
      trained += chosen.length;
      nextBatch++;
      finished = nextBatch * batchSize >= count;
      if (pause?.aborted) break;
      await setImmediate();
    }
    return { nextBatch, lossSum, windows: trained, finished };
  }

  async setLearningRate(rate: number): Promise<void> {
    checkLearningRate(rate, this.options);
    this.learningRate = rate;
  }

  async predict({ rows, starts }: Omit<WindowSet, "targets">, leave?: AbortSignal): Promise<Float32Array> {
    checkWindows(this.shape, { rows, starts });
    const { features, horizon, window } = this.shape;
    const predicted = new Float32Array(starts.length * horizon);
    const all = Int32Array.from(starts.keys());
    for (let first = 0; first < all.length && !leave?.aborted; first += this.windowsInAPiece) {
      const chosen = all.subarray(first, first + this.windowsInAPiece);
      const input = inputOf(this.shape, { rows, starts }, chosen);
      const piece = this.tf.tidy(() => {
        const windows = this.tf.tensor2d(input, [window * chosen.length, features]);
        return predictions(this.network, this.state.weights, windows);
      });
      predicted.set(await taken(piece), first * horizon);
      await setImmediate();
    }
    return predicted;
  }

  /** What training would use for `batch` of `epoch`, without the update. */
  async gradient(windows: WindowSet, epoch: number, batch: number, dropping = true): Promise<BatchGradient> {
    checkWindows(this.shape, windows);
    const { batchSize, seed } = this.options;
    const order = epochOrder(seed, epoch, windows.starts.length);
    const chosen = order.subarray(batch * batchSize, (batch + 1) * batchSize);
    const found = (await this.batchGradient(windows, chosen, dropping ? { seed, epoch, batch } : null))!;
    const [lossSum, gradient] = [await taken(found.lossSum), await taken(found.gradient)];
    return { lossSum: lossSum[0]!, gradient };
  }

  async snapshot(): Promise<ModelState> {
    const { weights, firstMoment, secondMoment } = this.state;
    return {
      weights: await copyOf(weights),
      firstMoment: await copyOf(firstMoment),
      secondMoment: await copyOf(secondMoment),
      step: this.step,
    };
  }

  async restore(state: ModelState): Promise<void> {
    checkState(this.shape, state);
    this.replace(tensorsOf(this.tf, state));
    this.step = state.step;
  }

  async dispose(): Promise<void> {
    this.tf.dispose({ ...this.state });
  }

  /** The sum of the batch's losses, before the update; null when it was left and nothing is updated. */
  private async trainBatch(
    windows: WindowSet,
    chosen: Int32Array,
    place: BatchPlace,
    leave: AbortSignal | undefined,
  ): Promise<number | null> {
    const { tf } = this;
    const found = await this.batchGradient(windows, chosen, place, leave);
    if (found === null) return null;
    const { lossSum, gradient } = found;
    try {
      // One answer from the device a batch: waiting for two would cost a small model much of its time.
      const sums = tf.tidy(() => tf.stack([lossSum, tf.sum(tf.square(gradient))]));
      const [loss, squaredNorm] = (await taken(sums)) as unknown as [number, number];
      if (!Number.isFinite(loss) || !Number.isFinite(squaredNorm)) {
        throw new Diverged(place.epoch, place.batch);
      }
      this.step++;
      const { learningRate, options, state, step } = this;
      this.replace(adam(tf, state, gradient, Math.sqrt(squaredNorm), step, learningRate, options));
      return loss;
    } finally {
      tf.dispose([lossSum, gradient]);
    }
  }

  /** Sums over the batch's pieces. @param place null: without dropout. @returns null when it was left between two of them. */
  private async batchGradient(
    windows: WindowSet,
    chosen: Int32Array,
    place: BatchPlace | null,
    leave?: AbortSignal,
  ): Promise<LossGradient | null> {
    if (leave?.aborted) return null;
    let sum = this.pieceGradient(windows, chosen, 0, place);
    try {
      for (let first = this.windowsInAPiece; first < chosen.length; first += this.windowsInAPiece) {
        await setImmediate();
        if (leave?.aborted) {
          this.tf.dispose({ ...sum });
          return null;
        }
        sum = this.added(sum, this.pieceGradient(windows, chosen, first, place));
      }
      return sum;
    } catch (error) {
      // A device that is out of memory must not lose what the pieces before this one hold.
      this.tf.dispose({ ...sum });
      throw error;
    }
  }

  private added(a: LossGradient, b: LossGradient): LossGradient {
    const { tf } = this;
    const sum = {
      lossSum: tf.add(a.lossSum, b.lossSum),
      gradient: tf.add<Tensor1D>(a.gradient, b.gradient),
    };
    tf.dispose([a.lossSum, a.gradient, b.lossSum, b.gradient]);
    return sum;
  }

  private pieceGradient(
    windows: WindowSet,
    chosen: Int32Array,
    first: number,
    place: BatchPlace | null,
  ): LossGradient {
    const { tf, shape } = this;
    const { features, horizon, window } = shape;
    const piece = chosen.subarray(first, first + this.windowsInAPiece);
    const masks =
      place === null ? shape.layers.map(() => null) : dropoutMasks(shape, place, first, piece.length);
    return tf.tidy(() =>
      lossGradient(
        this.network,
        this.state.weights,
        tf.tensor2d(inputOf(shape, windows, piece), [window * piece.length, features]),
        tf.tensor2d(targetsOf(shape, windows.targets, piece), [piece.length, horizon]),
        masks.map((mask, layer) => {
          const { units } = shape.layers[layer]!;
          return mask && tf.tensor2d(mask, [mask.length / units, units]);
        }),
        1 / (chosen.length * horizon),
        this.options.loss ?? "MSE",
      ),
    );
  }

  private replace(state: AdamTensors): void {
    this.tf.dispose({ ...this.state });
    this.state = state;
  }
}

function tensorsOf(tf: TensorFlow, arrays: Omit<ModelState, "step">): AdamTensors {
  // Copied: the pure JavaScript backend computes on the very array that it is given.
  return {
    weights: tf.tensor1d(arrays.weights.slice()),
    firstMoment: tf.tensor1d(arrays.firstMoment.slice()),
    secondMoment: tf.tensor1d(arrays.secondMoment.slice()),
  };
}
