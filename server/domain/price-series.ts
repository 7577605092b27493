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

export interface PriceSeries {
  readonly id: string;
  readonly symbol: string;
  readonly name: string | null;
  readonly currency: string | null;
  /** IANA zone of the exchange. */
  readonly timezone: string;
  readonly barCount: number;
  readonly firstTime: Date | null;
  readonly lastTime: Date | null;
  readonly contentHash: string;
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
