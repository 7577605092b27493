/**
 * HAR that also sees falls: the mean return over a day, a week and a month, where negative. Corsi and Renò (2012), "Discrete-
 * Time Volatility Forecasting With Persistent Leverage Effect and the Link With Continuous-Time Volatility Modeling", J. of
 * Business & Economic Statistics 30(3).
 *
 * The returns are divided by the month's volatility, so that a fall of 2 % weighs in a calm month and not in a crash.
 * Measured on the next bar's log variance, MAE skill over the last value in %, fitted on the training part / rolling:
 *
 *                            S&P 2019-20    S&P 2008-09    S&P 2013-14    SH600519 2019-20
 *   HAR                       8.9 / 12.4     9.8 / 12.5    20.8 / 20.9    17.9 / 18.3
 *   + r, |r|, min(r, 0)       9.7 / 12.4     8.5 / 10.7    22.6 / 23.1    18.3 / 19.4
 *   + these, unscaled        11.4 / 12.4    13.2 / 12.1    22.5 / 22.7    18.5 / 21.2
 *   + these                  13.6 / 16.5    14.6 / 15.3    22.6 / 22.1    19.7 / 21.3
 */
import type { Baseline, Refit } from "./baseline.ts";
import { forecastDirectly, rollingRows } from "./direct-forecast.ts";
import type { Regressors } from "./fits.ts";
import { harColumns, harRegressors, harSpans } from "./har.ts";
import { meanOfLast } from "./mean.ts";

export const leverageColumns = harColumns + harSpans.length;

export const harLeverage = (refit: Refit): Baseline => ({
  forecaster: "HAR_LEVERAGE",
  refit,
  label: `HAR (${harSpans.join(", ")}) with leverage${refit === "TRAIN" ? "" : `, last ${rollingRows} bars`}`,
  predict: ({ values, returns }, training, anchors, horizon) =>
    forecastDirectly(leverageRegressors(values, returns), values, refit, training, anchors, horizon),
});

/** HAR's own, then the negative part of the mean return of 1, of 5, of 22, in units of the month's volatility. */
function leverageRegressors(logVariance: Float64Array, returns: Float64Array): Regressors {
  const own = harRegressors(logVariance);
  // An unknown return tells of no fall.
  const known = returns.map((value) => (Number.isFinite(value) ? value : 0));
  const rows = new Float64Array(logVariance.length * leverageColumns);
  for (let bar = 0; bar < logVariance.length; bar++) {
    const at = bar * leverageColumns;
    rows.set(own.rows.subarray(bar * harColumns, (bar + 1) * harColumns), at);
    const volatility = Math.exp(rows[at + harColumns - 1]! / 2);
    harSpans.forEach((span, i) => {
      rows[at + harColumns + i] = Math.min(meanOfLast(known, bar, span), 0) / volatility;
    });
  }
  return { columns: leverageColumns, rows, lookBack: own.lookBack };
}
