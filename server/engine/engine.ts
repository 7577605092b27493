/**
 * What every compute engine can do. Numbers in, numbers out: no engine knows of runs, users or rows, and no
 * tensor crosses this line. B batch, W window, F features, H_l units of layer l, P horizon, N windows, R rows.
 */

import type { Loss } from "./loss.ts";

export type EngineName = "NATIVE" | "WASM" | "WEBGPU" | "TENSORFLOW";

/** A stack of GRU layers and a dense head: [B, W, F] -> GRU(H_1) -> dropout -> ... -> GRU(H_L) -> dropout -> Dense(P). */
export interface ModelShape {
  /** F, 1..32. */
  readonly features: number;
  /** W, 2..512. */
  readonly window: number;
  /** P, 1..60. */
  readonly horizon: number;
  /** 1 to 4 layers of 1..512 units; dropout acts on the layer's outputs, inverted, in [0, 1). */
  readonly layers: readonly { readonly units: number; readonly dropout: number }[];
  /** True: the reset gate acts after the recurrent product (Keras 2+, PyTorch, cuDNN); false: before it. */
  readonly resetAfter: boolean;
}

export interface TrainingOptions {
  /** B, 1..4096. The last batch of an epoch may be smaller. */
  readonly batchSize: number;
  /** Adam's step size, until `setLearningRate` says another. */
  readonly learningRate: number;
  /** Decides the initial weights, the order of windows and the dropout masks. */
  readonly seed: number;
  /** Largest global norm of the gradient; none when absent. */
  readonly clipNorm?: number;
  /** Decoupled weight decay (AdamW); 0 when absent. */
  readonly weightDecay?: number;
  /** MSE when absent. */
  readonly loss?: Loss;
}

/** N windows that share one table of rows. */
export interface WindowSet {
  /** [R, F], scaled. */
  readonly rows: Float32Array;
  /** [N]: window i sees rows starts[i] .. starts[i] + W - 1. */
  readonly starts: Int32Array;
  /** [N, P], scaled. */
  readonly targets: Float32Array;
}

/** How far an epoch has come. Start a new one with `epochStart`; hand back what `trainEpoch` gave to go on. */
export interface EpochProgress {
  readonly nextBatch: number;
  /** Sum over all targets so far of the loss, dropout on, before each batch's update. */
  readonly lossSum: number;
  /** Windows trained so far. */
  readonly windows: number;
  readonly finished: boolean;
}
export const epochStart: EpochProgress = { nextBatch: 0, lossSum: 0, windows: 0, finished: false };

/** All that training needs to go on: the same state and the same epoch give the same bits on the same engine. */
export interface ModelState {
  /** Flat, in the order of `weightLayout` (weights.ts). */
  readonly weights: Float32Array;
  /** Adam's first and second moments, in the same layout. */
  readonly firstMoment: Float32Array;
  readonly secondMoment: Float32Array;
  /** Updates so far. */
  readonly step: number;
}

/** The gradient of one batch's mean loss; what models give to tests and measurements. */
export interface BatchGradient {
  /** Sum over the batch's targets. */
  readonly lossSum: number;
  /** Flat, in the order of `weightLayout`. */
  readonly gradient: Float32Array;
}

/** A model that an engine holds. One call at a time; none blocks the event loop. All may throw DeviceLost. */
export interface EngineModel {
  /**
   * Trains on `windows` in the order that (seed, epoch) decides, from `from` to the epoch's end, or until
   * `pause` aborts: then it returns after the batch in hand, with `finished` false. When `leave` aborts it returns
   * at once, a batch in hand changes nothing, and the progress is that of the batches before it.
   * @param epoch from 1.
   * @throws Diverged when a loss or a weight is not finite; the model then holds the last good weights.
   */
  trainEpoch(
    windows: WindowSet,
    epoch: number,
    from?: EpochProgress,
    pause?: AbortSignal,
    leave?: AbortSignal,
  ): Promise<EpochProgress>;
  /**
   * Adam's step size from the next batch on. It is no part of the state: whoever restores one says the rate again.
   * @throws RangeError when it is none that `createModel` would take.
   */
  setLearningRate(rate: number): Promise<void>;
  /** Predictions without dropout: [N, P], scaled. When `leave` aborts it returns at once, and they are worth nothing. */
  predict(windows: Omit<WindowSet, "targets">, leave?: AbortSignal): Promise<Float32Array>;
  snapshot(): Promise<ModelState>;
  /** @throws RangeError when the state belongs to another shape. */
  restore(state: ModelState): Promise<void>;
  dispose(): Promise<void>;
}

/**
 * K models of one shape that train together on the same windows, each with its own seed, rates and weights, and
 * each to the last bit as it trains alone. One call at a time; answers are in the order of the models.
 */
export interface EngineModels {
  /**
   * As `EngineModel.trainEpoch`. A model that diverges answers with it instead of throwing, holds its last good
   * weights, and rests until a state is restored; the others go on.
   * @param from what the call before gave: models may have come differently far when they were interrupted.
   */
  trainEpoch(
    windows: WindowSet,
    epoch: number,
    from?: readonly (EpochProgress | Diverged)[],
    pause?: AbortSignal,
    leave?: AbortSignal,
  ): Promise<readonly (EpochProgress | Diverged)[]>;
  /**
   * As `EngineModel.setLearningRate`.
   * @throws RangeError when there is not one rate for each; then all keep theirs.
   */
  setLearningRates(rates: readonly number[]): Promise<void>;
  /** Predictions without dropout: [N, P] for each. */
  predict(windows: Omit<WindowSet, "targets">, leave?: AbortSignal): Promise<readonly Float32Array[]>;
  snapshot(): Promise<readonly ModelState[]>;
  /** @throws RangeError when there is not one state for each, or one belongs to another shape. */
  restore(states: readonly ModelState[]): Promise<void>;
  dispose(): Promise<void>;
}

export interface Engine {
  readonly name: EngineName;
  /** The processor or card, and how it is used: "AMD EPYC, AVX-512, 2 threads". */
  readonly device: string;
  /** A model with fresh weights. @throws ShapeUnsupported when the device cannot hold it. */
  createModel(shape: ModelShape, options: TrainingOptions): Promise<EngineModel>;
  /**
   * Models that train together: a GPU takes little more time for many small ones than for one; a processor takes
   * one after the other.
   * @param options one for each model; all of the same batch size and loss.
   * @throws ShapeUnsupported when the device cannot hold them; RangeError when there is none, or batch sizes or losses differ.
   */
  createModels(shape: ModelShape, options: readonly TrainingOptions[]): Promise<EngineModels>;
  dispose(): Promise<void>;
}

/** What the start-up probe found of one engine on this machine. */
export interface EngineReport {
  readonly engine: EngineName;
  readonly available: boolean;
  /** Why not, or what was found. */
  readonly detail: string;
  readonly device: string | null;
  /** Time of one training batch of the standard model: 64 x 60 x 1, GRU 80 and 100. */
  readonly batchMs: number | null;
}

/** The engine cannot run here: says why, and what to install. */
export class EngineUnavailable extends Error {}

/** The device cannot hold the model: says what is too large. */
export class ShapeUnsupported extends Error {}

/**
 * The device went away in mid-work: unplugged, or reset by its driver. What its models held is lost, and each of their
 * calls throws this; the engine's next model opens the device anew, or throws EngineUnavailable where it stays away.
 */
export class DeviceLost extends Error {}

/** A loss or a weight stopped being a number. */
export class Diverged extends Error {
  constructor(
    readonly epoch: number,
    readonly batch: number,
  ) {
    super(`the loss was not finite in epoch ${epoch}, batch ${batch}`);
  }
}
