/** Computes the indicators of the catalogue (server/recipe/indicators.ts): a value a bar, of that bar and those before it. */
import { type BarTable, columnOf } from "../domain/price-series.ts";
import { type IndicatorKind, indicatorEntry } from "../recipe/indicators.ts";
import type { Indicator } from "../recipe/recipe-field.ts";

type Compute = (bars: BarTable, period: number) => Float64Array;

const logReturns: Compute = ({ close }) =>
  close.map((price, bar) => (bar === 0 ? Number.NaN : Math.log(price / close[bar - 1]!)));

const computations = {
  LOG_RETURN: logReturns,
  ABSOLUTE_RETURN: (bars) => logReturns(bars, 0).map(Math.abs),
  LOG_RANGE: ({ high, low }) => high.map((price, bar) => Math.log(price / low[bar]!)),
  LOG_VARIANCE: (bars) => columnOf(bars, "LOG_VARIANCE"),
} as const satisfies Record<IndicatorKind, Compute>;

/** [bars]; what comes before its warm-up is not to be used, and may be NaN. */
export function indicatorColumn(bars: BarTable, { kind, period }: Indicator): Float64Array {
  return computations[kind](bars, period ?? indicatorEntry(kind).period?.usual ?? 0);
}
