/**
 * How far forecasts are from what came. All take columns of equal length, at least one target each, and answer in the
 * targets' unit or, where said, in percent. What divides by nothing answers null.
 */

type Numbers = ArrayLike<number>;

/** Mean absolute error. */
export function meanAbsoluteError(forecast: Numbers, actual: Numbers): number {
  return meanOver(actual, (real, i) => Math.abs(forecast[i]! - real));
}

/** Mean squared error, in the square of the unit. */
export function meanSquaredError(forecast: Numbers, actual: Numbers): number {
  return meanOver(actual, (real, i) => (forecast[i]! - real) ** 2);
}

/** Mean absolute percentage error, in percent; null where a real value is 0. */
export function percentageError(forecast: Numbers, actual: Numbers): number | null {
  // A real value of 0 makes it infinite or, forecast exactly, not a number.
  return percent(
    sumOver(actual, (real, i) => Math.abs((forecast[i]! - real) / real)),
    actual.length,
  );
}

/**
 * Symmetric percentage error, 0..200 %; null where a real value and its forecast are both 0.
 * Makridakis, Spiliotis & Assimakopoulos, "The M4 competition", IJF 36(1), 2020, section 2.2.
 */
export function symmetricPercentageError(forecast: Numbers, actual: Numbers): number | null {
  const sum = sumOver(
    actual,
    (real, i) => (2 * Math.abs(forecast[i]! - real)) / (Math.abs(forecast[i]!) + Math.abs(real)),
  );
  return percent(sum, actual.length);
}

/** What the naive forecast errs one step ahead within the training split: the scale of MASE and RMSSE. */
export interface NaiveScales {
  /** Mean absolute change from one value to the next. */
  readonly absolute: number;
  /** Mean squared change. Makridakis, Spiliotis & Assimakopoulos, "M5 accuracy competition", IJF 38(4), 2022, section 2.4. */
  readonly squared: number;
}

/** @param values of the training split, in the order of time; fewer than two have no change: 0 */
export function naiveScales(values: Numbers): NaiveScales {
  const changes = Float64Array.from({ length: Math.max(0, values.length - 1) }, (_, i) =>
    Math.abs(values[i + 1]! - values[i]!),
  );
  if (changes.length === 0) return { absolute: 0, squared: 0 };
  return {
    absolute: meanOver(changes, (change) => change),
    squared: meanOver(changes, (change) => change * change),
  };
}

/**
 * 1 - an error / a baseline's: above 0 is better than it. Where the baseline never errs no ratio exists: 0 for a forecast that
 * never errs either, -1 for any other.
 */
export function skill(error: number, baseline: number): number {
  if (baseline > 0) return 1 - error / baseline;
  return error === 0 ? 0 : -1;
}

/**
 * Share of the baseline's squared error that the forecast saves; below 0 where it errs more. Null where the baseline
 * never errs. Campbell & Thompson, "Predicting excess stock returns out of sample", RFS 21(4), 2008, equation 1.
 */
export function outOfSampleR2(forecast: Numbers, actual: Numbers, baseline: Numbers): number | null {
  const ofBaseline = meanSquaredError(baseline, actual);
  return ofBaseline > 0 ? 1 - meanSquaredError(forecast, actual) / ofBaseline : null;
}

/** Sums in the order of the targets, so that equal columns give equal bits whoever asks. */
function sumOver(values: Numbers, term: (value: number, index: number) => number): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += term(values[i]!, i);
  return sum;
}

const meanOver = (values: Numbers, term: (value: number, index: number) => number): number =>
  sumOver(values, term) / values.length;

const percent = (sum: number, count: number): number | null =>
  Number.isFinite(sum) ? (100 * sum) / count : null;
