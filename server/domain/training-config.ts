/** What a training run is asked to do, complete and checked. */
import type { PriceField } from "./price-series.ts";

/** What the network predicts: the price itself, its change from the last known price, or the logarithm of their ratio. */
export const targetTransforms = ["PRICE", "DIFFERENCE", "LOG_RETURN"] as const;
export type TargetTransform = (typeof targetTransforms)[number];

/** TRAIN: the scaler sees the training split only. EACH_SPLIT: refit per split, which leaks. */
export const scalerFits = ["TRAIN", "EACH_SPLIT"] as const;
export type ScalerFit = (typeof scalerFits)[number];

export interface GruLayer {
  readonly units: number;
  /** Share of the layer's outputs that is dropped in training, [0, 1). */
  readonly dropout: number;
}

export interface TrainingConfig {
  readonly target: PriceField;
  readonly transform: TargetTransform;
  readonly features: readonly PriceField[];
  /** Time steps that the network sees. */
  readonly window: number;
  /** Steps ahead that it predicts at once. */
  readonly horizon: number;
  readonly layers: readonly GruLayer[];
  readonly resetAfter: boolean;
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly seed: number;
  readonly testBars: number;
  readonly validationBars: number;
  readonly validateOnTest: boolean;
  readonly scalerFit: ScalerFit;
}
