/**
 * The heterogeneous autoregression on log variance: its last value and its means over a week and a month. Corsi (2009), "A
 * Simple Approximate Long-Memory Model of Realized Volatility", J. of Financial Econometrics 7(2); one regression a step.
 */
import type { Baseline, Refit } from "./baseline.ts";
import { forecastDirectly, rollingRows } from "./direct-forecast.ts";
import type { Regressors } from "./fits.ts";
import { meanOfLast } from "./mean.ts";

/** Bars of a day, a week and a month. */
export const harSpans = [1, 5, 22] as const;
export const harLookBack = 21;
export const harColumns = 1 + harSpans.length;

export const har = (refit: Refit): Baseline => ({
  forecaster: "HAR",
  refit,
  label: `HAR (${harSpans.join(", ")})${refit === "TRAIN" ? "" : `, last ${rollingRows} bars`}`,
  predict: ({ values }, training, anchors, horizon) =>
    forecastDirectly(harRegressors(values), values, refit, training, anchors, horizon),
});

/** [1, mean of 1, of 5, of 22] at each bar. */
export function harRegressors(logVariance: Float64Array): Regressors {
  const rows = new Float64Array(logVariance.length * harColumns);
  for (let bar = 0; bar < logVariance.length; bar++) {
    const at = bar * harColumns;
    rows[at] = 1;
    harSpans.forEach((span, i) => {
      rows[at + 1 + i] = meanOfLast(logVariance, bar, span);
    });
  }
  return { columns: harColumns, rows, lookBack: harLookBack };
}
