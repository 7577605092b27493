/** Price series, their versions and their bars, as use cases need them. db/ implements it. */

import type { ChunkFacts } from "../domain/chunk-facts.ts";
import type { ImportReview } from "../domain/import-review.ts";
import type { IncomingBars } from "../domain/incoming-bars.ts";
import type { Bar, BarTable, PriceField, PriceSeries, SeriesVersion } from "../domain/price-series.ts";
import type { Page, PageRequest } from "./pages.ts";
import type { Transaction } from "./transaction.ts";

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
  readonly review: ImportReview;
}
export type SeriesDescription = Partial<Pick<PriceSeries, "symbol" | "name" | "currency">>;
/** What people came to do with a series. */
export interface SeriesRuns {
  readonly runs: number;
  /** The best test skill of its runs; null without one. */
  readonly bestSkill: number | null;
  /** What that run predicts: a volatility's skill is not a price's. */
  readonly bestTarget: PriceField | null;
}
/** What is needed to read bars: of a series its version, of a run that of the run. */
export type BarsOf = Pick<SeriesVersion, "id" | "barCount">;

export interface PriceSeriesStore {
  findById(id: string): Promise<PriceSeries | null>;
  findBySymbol(symbol: string): Promise<PriceSeries | null>;
  findMany(ids: readonly string[]): Promise<PriceSeries[]>;
  /** By symbol; `search` matches symbol and name, case-insensitive. */
  list(page: PageRequest, search?: string | null): Promise<Page<PriceSeries>>;
  /**
   * Creates the series or adds to it; existing bars are updated. Makes a new version, or none where nothing is new. One
   * transaction; two at once take turns. A dry run counts the same, writes nothing and holds up nobody.
   */
  merge(
    identity: SeriesIdentity,
    bars: BarTable | IncomingBars,
    options: { dryRun: boolean },
  ): Promise<MergeResult>;
  /** Makes the bars of an earlier version the newest one. @throws NotFound when there is no such series or version */
  revert(id: string, toVersion: number): Promise<PriceSeries>;
  /** Gives it another symbol, name or currency; what is absent stays. @throws NotFound, Conflict where another series has the symbol */
  describe(id: string, description: SeriesDescription): Promise<PriceSeries>;
  /** How many runs each of these series has, and how good the best became. */
  runsOf(ids: readonly string[]): Promise<ReadonlyMap<string, SeriesRuns>>;
  /** Locks the series until the transaction ends: no import can change it, and no run can be added to it. False: there is none. */
  lock(tx: Transaction, id: string): Promise<boolean>;
  /** With all its versions; no run may be left. */
  delete(tx: Transaction, id: string): Promise<void>;
  /** Drops the versions that neither the series nor a run needs any more. To be called after runs were deleted. */
  clean(id: string): Promise<void>;
  /** The newest first. */
  versions(seriesId: string, page: PageRequest): Promise<Page<SeriesVersion>>;
  findVersions(ids: readonly string[]): Promise<SeriesVersion[]>;

  bars(of: BarsOf, page: PageRequest, range: TimeRange): Promise<Page<Bar>>;
  /** All of them, or those from an index on. */
  columns(of: BarsOf, from?: number): Promise<BarTable>;
  /** How many come after a time. */
  countAfter(of: BarsOf, time: Date): Promise<number>;
  /** Real bars that stand for all of a range: at least about twice maxPoints where there are so many, no extreme lost. */
  chartColumns(of: BarsOf, range: TimeRange, maxPoints: number): Promise<BarTable>;
  /** One for every barsPerChunk bars, in the order of time. */
  chunkFacts(of: BarsOf): Promise<readonly ChunkFacts[]>;
  /** One column of the bars [from, to). */
  column(of: BarsOf, column: keyof BarTable, from: number, to: number): Promise<Float64Array>;
}
