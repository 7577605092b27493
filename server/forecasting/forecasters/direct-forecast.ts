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
  const { firstAnchor, endAnchor } = anchors;
  const forecasts = new Float64Array(Math.max(0, endAnchor - firstAnchor) * horizon);
  if (refit === "ROLLING") {
    for (let i = 0; i < forecasts.length; i++) forecasts[i] = values[firstAnchor + Math.floor(i / horizon)]!;
    const fits = { regressors, outcomes: values, steps: horizon, window: rollingRows };
    eachRollingFit(fits, anchors, (anchor, step, coefficients) => {
      const index = (anchor - firstAnchor) * horizon + step - 1;
      forecasts[index] = applyFit(regressors, anchor, coefficients);
    });
    return forecasts;
  }
  for (let step = 1; step <= horizon; step++) {
    const coefficients = fitOnTraining(regressors, values, training, step);
    for (let anchor = firstAnchor; anchor < endAnchor; anchor++)
      forecasts[(anchor - firstAnchor) * horizon + step - 1] = applyFit(regressors, anchor, coefficients);
  }
  return forecasts;
}
