/** Forecasts each step by a regression of its own on what is known at the anchor ("direct", as against feeding back). */
import type { Anchors, Refit, TrainingBars } from "./baseline.ts";
import { applyFit, eachRollingFit, fitOnTraining, type Regressors } from "./fits.ts";

/** Four years of trading days. */
export const rollingRows = 1000;

/**
 * @param values what is forecast, one a bar
 * @returns [N, P]. A rolling fit that knows too few rows yet gives the last value.
 */
export function forecastDirectly(
  regressors: Regressors,
  values: Float64Array,
  refit: Refit,
  training: TrainingBars,
  anchors: Anchors,
  horizon: number,
): Float64Array {
  if (refit === "ROLLING") {
    const { firstAnchor, endAnchor } = anchors;
    const forecasts = new Float64Array(Math.max(0, endAnchor - firstAnchor) * horizon);
    for (let i = 0; i < forecasts.length; i++) forecasts[i] = values[firstAnchor + Math.floor(i / horizon)]!;
    const fits = { regressors, outcomes: values, steps: horizon, window: rollingRows };
    eachRollingFit(fits, anchors, (anchor, step, coefficients) => {
      const index = (anchor - firstAnchor) * horizon + step - 1;
      forecasts[index] = applyFit(regressors, anchor, coefficients);
    });
    return forecasts;
  }
  const fits = fitEachStep(regressors, values, training, horizon);
  return applyEachStep(regressors, fits, anchors);
}

/** Fits each step on the training part. @returns [P] of [K] coefficients */
export const fitEachStep = (
  regressors: Regressors,
  values: Float64Array,
  training: TrainingBars,
  horizon: number,
): Float64Array[] =>
  Array.from({ length: horizon }, (_, i) => fitOnTraining(regressors, values, training, i + 1));

/** What the fits of all steps make of what is known at each anchor, [N, P]. */
export function applyEachStep(
  regressors: Regressors,
  fits: readonly ArrayLike<number>[],
  { firstAnchor, endAnchor }: Anchors,
): Float64Array {
  const forecasts = new Float64Array(Math.max(0, endAnchor - firstAnchor) * fits.length);
  let index = 0;
  for (let anchor = firstAnchor; anchor < endAnchor; anchor++)
    for (const coefficients of fits) forecasts[index++] = applyFit(regressors, anchor, coefficients);
  return forecasts;
}
