/**
 * How far the next bars may move, at each anchor and step, before the intervals calibrate it: only its ups and downs over
 * time matter, because q adapts to any constant factor.
 *
 * HAR: root of the sum of the variances that HAR forecasts for the bars up to the step, fitted on the training part. EWMA
 * (0.94, RiskMetrics) of squared changes times the root of the step, where there are no ranges to forecast from.
 */

import { lowestLogVariance } from "../../domain/log-variance.ts";
import type { Anchors, Target, TrainingBars } from "../forecasters/baseline.ts";
import { type ChangeForm, changeBetween, changeFormOf } from "../forecasters/changes.ts";
import { applyEachStep, fitEachStep } from "../forecasters/direct-forecast.ts";
import { smoothed } from "../forecasters/ewma.ts";
import { fewestRows } from "../forecasters/fits.ts";
import { harColumns, harLookBack, harRegressors } from "../forecasters/har.ts";

export type SigmaSource = "HAR" | "EWMA";

/** All that is taken from the training part: plain numbers, to be stored as JSON. */
export type SigmaFit =
  | {
      readonly source: "HAR";
      /** [P] of [K]: a regression a step. */
      readonly coefficients: readonly (readonly number[])[];
      /** Of the log variances of earlier bars; null where there are none, see `withSeen`. */
      readonly seen: { readonly lowest: number; readonly highest: number } | null;
    }
  | {
      readonly source: "EWMA";
      readonly form: ChangeForm;
      /** Root mean square of the changes. */
      readonly usual: number;
      readonly horizon: number;
    };

export interface FittedOn {
  readonly target: Target;
  /** Of the same bars, see `logVarianceColumn`. Null where it says nothing of the target: a volume's, a log variance's. */
  readonly logVariance: Float64Array | null;
  readonly training: TrainingBars;
  readonly horizon: number;
}

/** Whose sigma is asked for: these bars, or the newest of them. */
export type SigmaBars = Pick<FittedOn, "target" | "logVariance">;

/** Bars before an anchor that decide its sigma: what is older changes it by less than a float32 shows (0.94^300 = 1e-8). */
export const sigmaLookBack = 300;

/** Depends on the training part alone. */
export function fitSigma({ target, logVariance, training, horizon }: FittedOn): SigmaFit {
  const isHar =
    target.kind === "PRICE" &&
    logVariance !== null &&
    changeFormOf(target.values, training) === "LOG_RETURN" &&
    canFitHar(logVariance, training, horizon);
  if (isHar) {
    const known = knownVariances(logVariance);
    const fits = fitEachStep(harRegressors(known), known, training, horizon);
    return { source: "HAR", coefficients: fits.map((fit) => Array.from(fit)), seen: null };
  }
  const form = target.kind === "PRICE" ? changeFormOf(target.values, training) : "DIFFERENCE";
  const squares = squaredChanges(form, changedValues(form, target));
  const usual = rootMean(squares.subarray(training.firstBar, training.endBar - 1));
  return { source: "EWMA", form, usual, horizon };
}

/** [N, P] in the target's unit, above 0. Depends on the fit and on bars up to each anchor. */
export function sigmaAt(fit: SigmaFit, bars: SigmaBars, anchors: Anchors): Float64Array {
  if (fit.source === "EWMA") return ewmaSigma(fit, bars, anchors);
  if (!bars.logVariance) throw new RangeError("a sigma by HAR needs the bars' log variance");
  return harSigma(fit, { ...bars, logVariance: bars.logVariance }, anchors);
}

/** The same fit for bars after these: what they have shown stays known where only the newest bars are at hand. */
export function withSeen(fit: SigmaFit, { logVariance }: Pick<SigmaBars, "logVariance">): SigmaFit {
  if (fit.source === "EWMA" || !logVariance) return fit;
  let { lowest, highest } = seenBefore(fit);
  for (const value of knownVariances(logVariance)) {
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
  }
  return lowest <= highest ? { ...fit, seen: { lowest, highest } } : fit;
}

/** Enough rows, and ranges in most bars: a source that repeats the close as high and low tells nothing of moves. */
function canFitHar(logVariance: Float64Array, { firstBar, endBar }: TrainingBars, horizon: number): boolean {
  const ofTraining = logVariance.subarray(firstBar, endBar);
  const withRange = ofTraining.filter(hasRange).length;
  return (
    ofTraining.every(Number.isFinite) &&
    2 * withRange > ofTraining.length &&
    ofTraining.length - harLookBack - horizon >= fewestRows(harColumns)
  );
}

const seenBefore = ({ seen }: Extract<SigmaFit, { source: "HAR" }>) =>
  seen ?? { lowest: Number.POSITIVE_INFINITY, highest: Number.NEGATIVE_INFINITY };

function harSigma(
  fit: Extract<SigmaFit, { source: "HAR" }>,
  { target, logVariance }: SigmaBars & { readonly logVariance: Float64Array },
  anchors: Anchors,
): Float64Array {
  const known = knownVariances(logVariance);
  const prices = lastKnown(target.values, isPositive, 1);
  const horizon = fit.coefficients.length;
  const forecasts = applyEachStep(harRegressors(known), fit.coefficients, anchors);
  // A forecast beyond all that was seen is the line's, not the market's: Bollerslev, Patton and Quaedvlieg (2016),
  // "Exploiting the errors", J. of Econometrics 192(1), filter theirs so.
  let { lowest, highest } = seenBefore(fit);
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

function ewmaSigma(
  { form, usual, horizon }: Extract<SigmaFit, { source: "EWMA" }>,
  { target }: SigmaBars,
  anchors: Anchors,
): Float64Array {
  const values = changedValues(form, target);
  const variances = smoothed(squaredChanges(form, values));
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

/** A bar without a range tells that it is missing, not that nothing will move: taken as a variance of nothing, a third of such
 * bars made the 95 % interval of a close of 84 that moves 1 % a bar 93 wide. */
const knownVariances = (logVariance: Float64Array): Float64Array =>
  lastKnown(logVariance, hasRange, lowestLogVariance);

const hasRange = (value: number): boolean => value > lowestLogVariance;

const changedValues = (form: ChangeForm, { values }: Target): Float64Array =>
  form === "LOG_RETURN" ? lastKnown(values, isPositive, 1) : values;

/** Entry i is of the change to bar i + 1. */
const squaredChanges = (form: ChangeForm, values: Float64Array): Float64Array =>
  new Float64Array(Math.max(0, values.length - 1)).map(
    (_, bar) => changeBetween(form, values[bar]!, values[bar + 1]!) ** 2,
  );

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
