/** Bars on their way into a series, wherever they are kept: in this thread, or in one that read them from a file. */
import { type ChunkShelf, type NextVersion, nextVersion, type VersionBefore } from "./next-version.ts";
import type { BarTable } from "./price-series.ts";

/** What a series has when bars come to it. */
export interface GrowingSeries {
  /** Times of its bars, ascending: enough of them to tell where its days begin. */
  readonly times: Float64Array;
  readonly version: VersionBefore;
}

export interface IncomingBars {
  /** May throw: then nothing is stored. */
  weave(into: GrowingSeries, shelf: ChunkShelf): Promise<NextVersion>;
}

/** Of this thread, and to go where their times say. */
export const barsHere = (table: BarTable): IncomingBars => ({
  weave: ({ version }, shelf) => nextVersion(version, [table], shelf),
});
