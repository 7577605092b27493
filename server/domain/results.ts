/** What comes of a run: scores and predictions, in price units, always beside the naive forecast's. */
import type { Split } from "./run.ts";

/** What makes predictions: the trained network, or the last known price, repeated. */
export type Forecaster = "GRU" | "LAST_VALUE";

export interface Scores {
  /** Mean absolute error, in the price's unit. */
  readonly mae: number;
  /** Root mean squared error, in the price's unit. */
  readonly rmse: number;
  /** Mean absolute percentage error, in percent; null where a real price is 0. */
  readonly mape: number | null;
  /** Mean absolute scaled error (Hyndman & Koehler 2006): mae over the one-step naive mae within the training split; null where that is 0. */
  readonly mase: number | null;
  /**
   * Share of targets whose direction from the last known price was predicted, 0..1. Targets that did not move
   * are left out; null where none moved, and for the naive forecast, which predicts no direction.
   */
  readonly directionalAccuracy: number | null;
}

export interface SplitScores {
  readonly split: Split;
  /** Number of targets scored. */
  readonly count: number;
  readonly model: Scores;
  readonly naive: Scores;
  /** 1 - model mae / naive mae: above 0 beats the naive forecast. */
  readonly skill: number;
}

/** Of one step of the horizon, from 1. */
export interface StepScores extends SplitScores {
  readonly step: number;
}

/** One split's predictions of one step of the horizon: columns of equal length, ascending in time, in price units. */
export interface PredictionColumns {
  readonly time: readonly Date[];
  readonly actual: readonly number[];
  readonly predicted: readonly number[];
  /** The last price known when the prediction was made. */
  readonly naive: readonly number[];
}

export interface SplitPredictions extends PredictionColumns {
  readonly split: Split;
  /** Step of the horizon, from 1. */
  readonly step: number;
}
