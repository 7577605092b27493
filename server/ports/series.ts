/** Price series and their bars, as use cases need them. db/ implements it. */
import type { Bar, BarTable, PriceSeries } from "../domain/price-series.ts";
import type { Page, PageRequest } from "./pages.ts";

export interface TimeRange {
  /** Inclusive. */
  readonly from?: Date | null;
  /** Inclusive. */
  readonly to?: Date | null;
}

export interface SeriesIdentity {
  readonly symbol: string;
  readonly name: string | null;
  readonly currency: string | null;
  readonly timezone: string;
}
export interface MergeResult {
  /** Null for a dry run of a series that does not exist yet. */
  readonly series: PriceSeries | null;
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
}
/** Says where bars go in a series, given the times that it has, ascending. May throw: then nothing is stored. */
export type PlaceBars = (known: Float64Array) => BarTable;
export interface PriceSeriesStore {
  findById(id: string): Promise<PriceSeries | null>;
  findBySymbol(symbol: string): Promise<PriceSeries | null>;
  findMany(ids: readonly string[]): Promise<PriceSeries[]>;
  /** By symbol; `search` matches symbol and name, case-insensitive. */
  list(page: PageRequest, search?: string | null): Promise<Page<PriceSeries>>;
  /** Creates the series or adds to it; existing bars are updated. One transaction; two at once take turns. */
  merge(
    identity: SeriesIdentity,
    bars: BarTable | PlaceBars,
    options: { dryRun: boolean },
  ): Promise<MergeResult>;
  bars(seriesId: string, page: PageRequest, range: TimeRange): Promise<Page<Bar>>;
  columns(seriesId: string, range?: TimeRange): Promise<BarTable>;
}
