/** A price series: the bars of one symbol in the order of time, one bar a time. */

export const priceFields = ["OPEN", "HIGH", "LOW", "CLOSE", "ADJUSTED_CLOSE", "VOLUME"] as const;
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

/** The column of a table that a price field names. */
export function columnOf(table: BarTable, field: PriceField): Float64Array {
  const columns = {
    OPEN: table.open,
    HIGH: table.high,
    LOW: table.low,
    CLOSE: table.close,
    ADJUSTED_CLOSE: table.adjustedClose,
    VOLUME: table.volume,
  } satisfies Record<PriceField, Float64Array>;
  return columns[field];
}
