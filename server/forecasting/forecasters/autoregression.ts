/**
 * AR(5) on log returns (differences where values are not positive), fed back step by step: p + 1 coefficients by least
 * squares. No step goes farther than a bar ever did up to the anchor: a fit to few rows may feed back more than it is given,
 * and its price be beyond all numbers within 60 steps.
 */
import { priceAfter } from "../transform.ts";
import type { Baseline, Refit } from "./baseline.ts";
import { changeFormOf, changesOf } from "./changes.ts";
import { rollingRows } from "./direct-forecast.ts";
import { eachRollingFit, fitOnTraining, type Regressors } from "./fits.ts";

const order = 5;
export const autoregressionColumns = order + 1;
/** The oldest change of a row has a bar that it changed from. */
export const autoregressionLookBack = order;

export const autoregression = (refit: Refit): Baseline => ({
  forecaster: "AR",
  refit,
  label: `AR (${order})${refit === "TRAIN" ? "" : `, last ${rollingRows} bars`}`,
  predict({ values }, training, anchors, horizon) {
    const { firstAnchor, endAnchor } = anchors;
    const form = changeFormOf(values, training);
    const changes = changesOf(form, values);
    const regressors = lagsOf(changes);
    const forecasts = new Float64Array(Math.max(0, endAnchor - firstAnchor) * horizon);
    const farthest = farthestSoFar(changes);
    const lags = new Float64Array(order);
    const forecastFrom = (anchor: number, coefficients: Float64Array | null) => {
      for (let lag = 0; lag < order; lag++) lags[lag] = changes[anchor - lag] ?? 0;
      let total = 0;
      for (let step = 1; step <= horizon; step++) {
        if (coefficients) {
          let next = coefficients[0]!;
          for (let lag = 0; lag < order; lag++) next += coefficients[1 + lag]! * lags[lag]!;
          next = Math.min(Math.max(next, -farthest[anchor]!), farthest[anchor]!);
          lags.copyWithin(1, 0);
          lags[0] = next;
          total += next;
        }
        forecasts[(anchor - firstAnchor) * horizon + step - 1] = priceAfter(form, values[anchor]!, total);
      }
    };
    const once = refit === "TRAIN" ? fitOnTraining(regressors, changes, training, 1) : null;
    for (let anchor = firstAnchor; anchor < endAnchor; anchor++) forecastFrom(anchor, once);
    if (refit === "ROLLING") {
      const fits = { regressors, outcomes: changes, steps: 1, window: rollingRows };
      eachRollingFit(fits, anchors, (anchor, _step, coefficients) => forecastFrom(anchor, coefficients));
    }
    return forecasts;
  },
});

/** Size of the largest change up to each bar. */
function farthestSoFar(changes: Float64Array): Float64Array {
  let farthest = 0;
  return changes.map((value) => {
    farthest = Math.max(farthest, Math.abs(value));
    return farthest;
  });
}

/** [1, newest change, ..., the one 4 bars before] at each bar. */
function lagsOf(changes: Float64Array): Regressors {
  const rows = new Float64Array(changes.length * autoregressionColumns);
  for (let bar = 0; bar < changes.length; bar++) {
    const at = bar * autoregressionColumns;
    rows[at] = 1;
    for (let lag = 0; lag < order; lag++) rows[at + 1 + lag] = changes[bar - lag] ?? 0;
  }
  return { columns: autoregressionColumns, rows, lookBack: autoregressionLookBack };
}
