/** What comes of a run: scores and predictions, in price units, always beside the naive forecast's. */
import type { Split } from "./run.ts";

/**
 * What makes predictions: the trained network, the last known value, repeated, and whatever stands beside them; an
 * ensemble is the mean of an experiment's networks, OUTSIDE are numbers that somebody else brought.
 */
export type Forecaster =
  | "GRU"
  | "LAST_VALUE"
  | "DRIFT"
  | "MEAN"
  | "SEASONAL"
  | "AR"
  | "EWMA"
  | "HAR"
  | "HAR_LEVERAGE"
  | "ENSEMBLE"
  | "OUTSIDE";

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

/** A comparison of two forecasters on the same targets, see server/forecasting/statistics/diebold-mariano.ts. */
export interface DieboldMariano {
  /** Negative where the first has the smaller loss. */
  readonly statistic: number;
  /** Two-sided. */
  readonly pValue: number;
}

/** How good one forecaster is on one split's targets, in the target's unit. */
export interface PointScores {
  /** Number of targets scored. */
  readonly count: number;
  readonly mae: number;
  readonly rmse: number;
  /** Percent; null where a real value is 0, and for logarithms, of which a percentage says nothing. */
  readonly mape: number | null;
  /** Percent, 0..200, as the M4 competition has it; null where a real value and its forecast are both 0, and for logarithms. */
  readonly smape: number | null;
  /** Hyndman & Koehler 2006: mae over the one-step naive mae within the training split; null where that is 0. */
  readonly mase: number | null;
  /** M5 competition: rmse over the one-step naive rmse within the training split; null where that is 0. */
  readonly rmsse: number | null;
  /** Out of sample: 1 - its squared error / the last value's; null where the last value never errs. */
  readonly r2: number | null;
  /** Patton 2011, of variances; null for other targets. Lower is better, 0 is perfect. */
  readonly qlike: number | null;
  /** Share of the targets that moved whose direction was forecast, 0..1; null where none moved or no move was forecast. */
  readonly directionalAccuracy: number | null;
  /** Share of the same targets that rose: what "always up" would have got. */
  readonly shareOfUps: number | null;
  /** Pesaran & Timmermann 1992, one-sided; null where one direction alone was forecast or came. */
  readonly directionPValue: number | null;
  /** 1 - its mae / the last value's. */
  readonly skill: number;
}

export interface ForecasterScores extends PointScores {
  readonly split: Split;
  /** Of a walk over several cuts, from 1; 0: the run's own cut. */
  readonly fold: number;
  /** Of the horizon, from 1; null: all steps together. */
  readonly step: number | null;
  readonly forecaster: Forecaster;
  /** An outside forecaster's name. */
  readonly name: string | null;
  /** Absolute errors of the run's model against this forecaster's: negative where the model is better; null for the model itself. */
  readonly dieboldMariano: DieboldMariano | null;
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
