/** A price series: the bars of one symbol in the order of time, one bar a time. */

import { logVarianceColumn } from "./log-variance.ts";

/** What is stored of a bar. */
export const barFields = ["OPEN", "HIGH", "LOW", "CLOSE", "ADJUSTED_CLOSE", "VOLUME"] as const;
export type BarField = (typeof barFields)[number];

/** What can be seen and predicted of a bar: what is stored of it, and what follows from that. */
export const priceFields = [...barFields, "LOG_VARIANCE"] as const;
export type PriceField = (typeof priceFields)[number];

/** Bars as columns of equal length, ascending in time. NaN stands for a value that is not known. */
export interface BarTable {
  /** Milliseconds since 1970 UTC. */
  readonly time: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** NaN where the source has none. */
  readonly adjustedClose: Float64Array;
  /** NaN where the source has none. */
  readonly volume: Float64Array;
}

export interface PriceSeries
  extends Pick<SeriesVersion, "barCount" | "firstTime" | "lastTime" | "contentHash"> {
  readonly id: string;
  readonly symbol: string;
  readonly name: string | null;
  readonly currency: string | null;
  /** IANA zone of the exchange. */
  readonly timezone: string;
  /** The newest: its bars are the series' own, and the counts above are its. */
  readonly version: SeriesVersion;
}

/** The bars of a series as an import left them. Nothing changes them any more. */
export interface SeriesVersion {
  readonly id: string;
  readonly seriesId: string;
  /** From 1, in the order of imports. */
  readonly number: number;
  readonly contentHash: string;
  readonly barCount: number;
  readonly firstTime: Date | null;
  readonly lastTime: Date | null;
  readonly createdAt: Date;
  /** Bars that its import added and changed. Null: not an import, or one from before this was counted. */
  readonly rowsAdded: number | null;
  readonly rowsChanged: number | null;
}

export interface Bar {
  readonly time: Date;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly adjustedClose: number | null;
  readonly volume: number | null;
}

/** The column that a price field names. LOG_VARIANCE is computed with each call. */
export function columnOf(table: BarTable, field: PriceField): Float64Array {
  if (field === "LOG_VARIANCE") return logVarianceColumn(table).values;
  const columns = {
    OPEN: table.open,
    HIGH: table.high,
    LOW: table.low,
    CLOSE: table.close,
    ADJUSTED_CLOSE: table.adjustedClose,
    VOLUME: table.volume,
  } satisfies Record<BarField, Float64Array>;
  return columns[field];
}

/** The bars [from, to), sharing memory with the whole. */
export function barsBetween(table: BarTable, from: number, to: number): BarTable {
  if (from === 0 && to === table.time.length) return table;
  const part = (column: Float64Array) => column.subarray(from, to);
  return {
    time: part(table.time),
    open: part(table.open),
    high: part(table.high),
    low: part(table.low),
    close: part(table.close),
    adjustedClose: part(table.adjustedClose),
    volume: part(table.volume),
  };
}

const yearMs = 365.25 * 86_400_000;
/** By the series' own rhythm: about 252 of daily bars of an exchange. 1 where it has fewer than two bars. */
export function barsPerYear({
  barCount,
  firstTime,
  lastTime,
}: Pick<SeriesVersion, "barCount" | "firstTime" | "lastTime">): number {
  const span = firstTime && lastTime ? lastTime.getTime() - firstTime.getTime() : 0;
  return span > 0 ? ((barCount - 1) * yearMs) / span : 1;
}
