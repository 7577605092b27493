/** What comes of a run: scores and predictions, in price units, always beside the naive forecast's. */
import type { Forecaster, NamedForecaster } from "./forecaster.ts";
import type { Split } from "./run.ts";

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
  /** Of the Diebold-Mariano test of model against naive; none where there is no test. */
  readonly pValue?: number | null;
}

/** Of one step of the horizon, from 1. */
export interface StepScores extends SplitScores {
  readonly step: number;
}

/** From this p value on, a difference may be luck: the two tie. */
export const tieFrom = 0.05;

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
  /**
   * Size of a test at which it leaves the model confidence set (Hansen, Lunde & Nason 2011) of all that stand beside it: above
   * 0.1 it may be the best of them. Null where there is no set: of single steps, of the training part, of fewer than three.
   */
  readonly confidenceSetPValue: number | null;
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
  /** What others said of the same targets. */
  readonly others?: readonly OtherPredictions[];
  /** Of the model's predictions, one a level. */
  readonly intervals?: readonly IntervalColumns[];
}

export interface OtherPredictions extends NamedForecaster {
  /** NaN where it said nothing of a target. */
  readonly predicted: readonly number[];
  /** Ends of its own intervals, where it brought any. */
  readonly lower?: readonly number[];
  readonly upper?: readonly number[];
}

/** Predictions as they are read: with the ends of their intervals, none or one a prediction. */
export interface BoundedPredictions extends PredictionColumns {
  readonly lower: readonly number[];
  readonly upper: readonly number[];
}

/** Ends of intervals, one a prediction; NaN where there is none yet. */
export interface IntervalColumns {
  /** Promised share of targets within, 0..1. */
  readonly level: number;
  readonly lower: ArrayLike<number>;
  readonly upper: ArrayLike<number>;
}

/** How well intervals held what they promised, on one split and step. */
export interface Coverage {
  readonly split: Split;
  readonly step: number;
  readonly level: number;
  /** Targets that had an interval. */
  readonly count: number;
  /** Share of them within, 0..1. */
  readonly covered: number;
  /** Lowest share in a block of 50 such targets; a last block shorter than 25 counts with the one before. */
  readonly worstBlock: number;
  /** In the target's unit. */
  readonly meanWidth: number;
  /** Winkler 1972: mean width and what misses cost, in the target's unit; lower is better. */
  readonly winkler: number;
  /** Kupiec 1995: how likely so many or few misses are where the promise holds; null where it is undefined. */
  readonly kupiecPValue: number | null;
}

/**
 * Mean pinball loss of an interval's ends as quantiles: of level 1 - alpha, both together are alpha / 2 of its Winkler score
 * (Gneiting and Raftery 2007, "Strictly proper scoring rules", section 6.2).
 */
export const pinballOf = ({ level, winkler }: Pick<Coverage, "level" | "winkler">): number =>
  ((1 - level) / 4) * winkler;

/** Whether what a run sees and says at a bar depends on bars after it. */
export interface LeakTest {
  readonly passed: boolean;
  /** Bars after which others were disturbed. */
  readonly checkedCuts: number;
  readonly detail: string;
}

/** What is said of a run beside its losses and predictions: all of it comes with its success. */
export interface Judgement {
  /** All steps together and each on its own, of every split; the model's and the last value's among them. */
  readonly forecasters: readonly ForecasterScores[];
  readonly coverage: readonly Coverage[];
  /** Which volatility forecast scales the intervals; null where there are none. */
  readonly intervalSource: string | null;
  readonly leakTest: LeakTest;
  /** One sentence in plain words. */
  readonly verdict: string | null;
}
