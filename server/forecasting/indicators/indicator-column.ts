/** Computes the indicators of the catalogue (server/recipe/indicators.ts): a value a bar, of that bar and those before it. */
import { type BarTable, columnOf } from "../../domain/price-series.ts";
import { type IndicatorKind, indicatorEntry } from "../../recipe/indicators.ts";
import type { Indicator } from "../../recipe/recipe-field.ts";
import { monthEnds, weekdays } from "./calendar.ts";
import { atr, bollingerWidth, emaRatio, macd, rsi, smaRatio, volumeRatio } from "./streamed.ts";

/** @param timezone IANA zone of the exchange: it says which day a bar is of. */
type Compute = (bars: BarTable, period: number, timezone: string) => Float64Array;

const logReturns = ({ close }: BarTable): Float64Array =>
  close.map((price, bar) => (bar === 0 ? Number.NaN : Math.log(price / close[bar - 1]!)));

const computations = {
  LOG_RETURN: logReturns,
  ABSOLUTE_RETURN: (bars) => logReturns(bars).map(Math.abs),
  LOG_RANGE: ({ high, low }) => high.map((price, bar) => Math.log(price / low[bar]!)),
  LOG_VARIANCE: (bars) => columnOf(bars, "LOG_VARIANCE"),
  SMA_RATIO: smaRatio,
  EMA_RATIO: emaRatio,
  RSI: rsi,
  MACD: macd,
  BOLLINGER_WIDTH: bollingerWidth,
  ATR: atr,
  VOLUME_RATIO: volumeRatio,
  WEEKDAY: ({ time }, _period, timezone) => weekdays(time, timezone),
  MONTH_END: ({ time }, _period, timezone) => monthEnds(time, timezone),
} as const satisfies Record<IndicatorKind, Compute>;

/** [bars]; what comes before its warm-up is not to be used, and may be NaN. */
export function indicatorColumn(bars: BarTable, { kind, period }: Indicator, timezone: string): Float64Array {
  return computations[kind](bars, period ?? indicatorEntry(kind).period?.usual ?? 0, timezone);
}
