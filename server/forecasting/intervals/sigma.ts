/**
 * How far the next bars may move, at each anchor and step, before the intervals calibrate it: only its ups and downs over
 * time matter, because q adapts to any constant factor.
 *
 * HAR: root of the sum of the variances that HAR forecasts for the bars up to the step, fitted on the training part. EWMA
 * (0.94, RiskMetrics) of squared changes times the root of the step, where there are no ranges to forecast from.
 */

import { lowestLogVariance } from "../../domain/log-variance.ts";
import type { Anchors, Target, TrainingBars } from "../forecasters/baseline.ts";
import { changeBetween, changeFormOf } from "../forecasters/changes.ts";
import { forecastDirectly } from "../forecasters/direct-forecast.ts";
import { smoothed } from "../forecasters/ewma.ts";
import { fewestRows } from "../forecasters/fits.ts";
import { harColumns, harLookBack, harRegressors } from "../forecasters/har.ts";

export type SigmaSource = "HAR" | "EWMA";

export interface Sigma {
  readonly source: SigmaSource;
  /** [N, P] in the target's unit, above 0. */
  readonly values: Float64Array;
}

export interface SigmaInput {
  readonly target: Target;
  /** Of the same bars, see `logVarianceColumn`. Null where it says nothing of the target: a volume's, a log variance's. */
  readonly logVariance: Float64Array | null;
  readonly training: TrainingBars;
  readonly anchors: Anchors;
  readonly horizon: number;
}

/** Depends on the training part and on bars up to each anchor, on no bar after both. */
export function sigmaOf(input: SigmaInput): Sigma {
  const { target, logVariance, training, horizon } = input;
  const hasRanges =
    target.kind === "PRICE" &&
    logVariance !== null &&
    changeFormOf(target.values, training) === "LOG_RETURN" &&
    canFitHar(logVariance, training, horizon);
  return hasRanges
    ? { source: "HAR", values: harSigma(input, logVariance) }
    : { source: "EWMA", values: ewmaSigma(input) };
}

/** Enough rows, and ranges in most bars: a source that repeats the close as high and low tells nothing of moves. */
function canFitHar(logVariance: Float64Array, { firstBar, endBar }: TrainingBars, horizon: number): boolean {
  const ofTraining = logVariance.subarray(firstBar, endBar);
  const withRange = ofTraining.filter((value) => value > lowestLogVariance).length;
  return (
    ofTraining.every(Number.isFinite) &&
    2 * withRange > ofTraining.length &&
    ofTraining.length - harLookBack - horizon >= fewestRows(harColumns)
  );
}

function harSigma(
  { target, training, anchors, horizon }: SigmaInput,
  logVariance: Float64Array,
): Float64Array {
  const known = lastKnown(logVariance, Number.isFinite, lowestLogVariance);
  const prices = lastKnown(target.values, isPositive, 1);
  const forecasts = forecastDirectly(harRegressors(known), known, "TRAIN", training, anchors, horizon);
  // A forecast beyond all that was seen is the line's, not the market's: Bollerslev, Patton and Quaedvlieg (2016),
  // "Exploiting the errors", J. of Econometrics 192(1), filter theirs so.
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  let seen = -1;
  const sigma = new Float64Array(forecasts.length);
  for (let index = 0; index < forecasts.length; ) {
    const anchor = anchors.firstAnchor + index / horizon;
    for (; seen < anchor; seen++) {
      lowest = Math.min(lowest, known[seen + 1]!);
      highest = Math.max(highest, known[seen + 1]!);
    }
    let variance = 0;
    for (let step = 1; step <= horizon; step++, index++) {
      variance += Math.exp(Math.min(Math.max(forecasts[index]!, lowest), highest));
      sigma[index] = prices[anchor]! * Math.sqrt(variance);
    }
  }
  return sigma;
}

function ewmaSigma({ target, training, anchors, horizon }: SigmaInput): Float64Array {
  const form = target.kind === "PRICE" ? changeFormOf(target.values, training) : "DIFFERENCE";
  const values = form === "LOG_RETURN" ? lastKnown(target.values, isPositive, 1) : target.values;
  // Entry i is the change to bar i + 1.
  const squares = new Float64Array(Math.max(0, values.length - 1)).map(
    (_, bar) => changeBetween(form, values[bar]!, values[bar + 1]!) ** 2,
  );
  const variances = smoothed(squares);
  const usual = rootMean(squares.subarray(training.firstBar, training.endBar - 1));
  const sigma = new Float64Array(Math.max(0, anchors.endAnchor - anchors.firstAnchor) * horizon);
  for (let index = 0; index < sigma.length; index++) {
    const anchor = anchors.firstAnchor + Math.floor(index / horizon);
    const unit = form === "LOG_RETURN" ? values[anchor]! : 1;
    // A price that stood still must not make the next move infinitely many sigmas; one that always did has any sigma above 0.
    const move = Math.max(Math.sqrt(variances[anchor - 1] ?? 0), 1e-3 * usual, 1e-9);
    sigma[index] = unit * move * Math.sqrt((index % horizon) + 1);
  }
  return sigma;
}

const rootMean = (squares: Float64Array): number =>
  squares.length > 0 ? Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length) : 0;

const isPositive = (value: number): boolean => value > 0;

/** Replaces each entry that is not fit by the newest fit one before it, or by `atFirst` where there is none yet. */
function lastKnown(column: Float64Array, isFit: (value: number) => boolean, atFirst: number): Float64Array {
  let last = atFirst;
  return column.map((value) => {
    if (isFit(value)) last = value;
    return last;
  });
}
