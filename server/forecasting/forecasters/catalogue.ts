/** The baselines by what they forecast, in the order of their simplicity. */
import { autoregression, autoregressionColumns, autoregressionLookBack } from "./autoregression.ts";
import type { Baseline, Refit, Target } from "./baseline.ts";
import { drift } from "./drift.ts";
import { ewma } from "./ewma.ts";
import { fewestRows } from "./fits.ts";
import { har, harColumns, harLookBack } from "./har.ts";
import { harLeverage, leverageColumns } from "./har-leverage.ts";
import { lastValue } from "./last-value.ts";
import { mean } from "./mean.ts";
import { rhythmOf, seasonal } from "./seasonal.ts";

const refits: readonly Refit[] = ["TRAIN", "ROLLING"];

/**
 * Those that apply to a target. A regression is left out where the training part has fewer rows than twice its
 * coefficients, and SEASONAL where bars are neither daily nor intraday.
 * @param trainingBars bars of the training part, counted from the start of the series
 */
export function baselinesFor(target: Target, horizon: number, trainingBars: number): Baseline[] {
  const both = (make: (refit: Refit) => Baseline, lookBack: number, columns: number, longestStep: number) =>
    trainingBars - lookBack - longestStep >= fewestRows(columns) ? refits.map(make) : [];
  if (target.kind === "LOG_VARIANCE")
    return [
      lastValue,
      mean,
      ewma,
      ...both(har, harLookBack, harColumns, horizon),
      ...both(harLeverage, harLookBack, leverageColumns, horizon),
    ];
  const rhythm = rhythmOf(target.time, trainingBars);
  return [
    lastValue,
    ...refits.map(drift),
    mean,
    ...(rhythm ? [seasonal(rhythm)] : []),
    // Fed back step by step: its fit reaches one bar ahead, whatever the horizon.
    ...both(autoregression, autoregressionLookBack, autoregressionColumns, 1),
  ];
}
