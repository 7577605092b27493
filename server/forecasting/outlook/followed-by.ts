/**
 * Bars as they would come if the target came as it was predicted: what a network is shown beyond its horizon. Only the target
 * is predicted, so the rest of a bar is held:
 *
 *   a price        the bar's other prices move with it by the same factor, the volume stays
 *   LOG_VARIANCE   the close stays, open lies on it, high and low lie around it as far as the variance says; the volume stays
 *   VOLUME         the prices stay
 *
 * Fields, returns, ranges and indicators are then computed of these bars as of all others.
 */
import { type BarRow, concatBars, sliceBars, tableOf } from "../../domain/bar-table.ts";
import type { BarTable, PriceField } from "../../domain/price-series.ts";

const prices = ["open", "high", "low", "close", "adjustedClose"] as const;
const columns = {
  OPEN: "open",
  HIGH: "high",
  LOW: "low",
  CLOSE: "close",
  ADJUSTED_CLOSE: "adjustedClose",
} as const;

/**
 * @param values of the target, one a time
 * @param kept how many bars of the result are wanted at most
 */
export function followedBy(
  bars: BarTable,
  target: PriceField,
  values: readonly number[],
  times: readonly number[],
  kept: number,
): BarTable {
  const last = bars.time.length - 1;
  const rows: BarRow[] = [];
  for (const [at, value] of values.entries()) {
    const before = rows.at(-1) ?? rowAt(bars, last);
    rows.push({ ...nextRow(before, target, value), time: times[at]! });
  }
  const next = tableOf(rows.length, (column, index) => rows[index]![column]);
  const older = Math.min(bars.time.length, Math.max(0, kept - rows.length));
  const joined = concatBars([sliceBars(bars, last + 1 - older, last + 1), next]);
  return sliceBars(joined, Math.max(0, joined.time.length - kept), joined.time.length);
}

function rowAt(bars: BarTable, bar: number): BarRow {
  const { time, open, high, low, close, adjustedClose, volume } = bars;
  return {
    time: time[bar]!,
    open: open[bar]!,
    high: high[bar]!,
    low: low[bar]!,
    close: close[bar]!,
    adjustedClose: adjustedClose[bar]!,
    volume: volume[bar]!,
  };
}

function nextRow(before: BarRow, target: PriceField, value: number): BarRow {
  if (target === "VOLUME") return { ...before, volume: value };
  if (target === "LOG_VARIANCE") return rangedRow(before, value);
  const column = columns[target];
  const from = before[column];
  const moved = (price: number) => (from > 0 && value > 0 ? price * (value / from) : price + (value - from));
  const row = { ...before };
  for (const price of prices) row[price] = moved(before[price]);
  return { ...row, [column]: value };
}

/** Undoes Garman and Klass where there is an open, which lies on the close, and Parkinson where there is none (log-variance.ts). */
function rangedRow(before: BarRow, logVariance: number): BarRow {
  const hasOpen = before.open > 0;
  const logRange = Math.sqrt((hasOpen ? 2 : 4 * Math.LN2) * Math.exp(logVariance));
  const { close } = before;
  return {
    ...before,
    open: hasOpen ? close : before.open,
    high: close * Math.exp(logRange / 2),
    low: close * Math.exp(-logRange / 2),
  };
}
