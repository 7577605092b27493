/** The bars that a run trains on: pinned by their hash, so that a resumed run goes on with the very same. */
import { contentHashOf, pickBars } from "../domain/bar-table.ts";
import type { BarTable } from "../domain/price-series.ts";
import type { Run } from "../ports/runs.ts";
import type { PriceSeriesStore } from "../ports/series.ts";
import { SeriesChanged } from "./run-errors.ts";

/** Newer bars that may have been added while a run was interrupted: a quarter of trading days. */
const mostAdded = 64;

export interface PinnedBars {
  readonly bars: BarTable;
  readonly contentHash: string;
  /** A fresh run found other bars than those it was queued with. */
  readonly changed: boolean;
}

/** @throws SeriesChanged when a run that has epochs already cannot have its bars back. */
export async function loadBars(series: Pick<PriceSeriesStore, "columns">, run: Run): Promise<PinnedBars> {
  const bars = await series.columns(run.seriesId);
  const pinned = withHash(bars, run.seriesContentHash);
  if (pinned) return { bars: pinned, contentHash: run.seriesContentHash, changed: false };
  if (run.epoch > 0) throw new SeriesChanged(run.epoch);
  return { bars, contentHash: contentHashOf(bars), changed: true };
}

/** The table itself, or what it was before newer bars were added; null when neither has the hash. */
function withHash(bars: BarTable, hash: string): BarTable | null {
  const length = bars.time.length;
  for (let added = 0; added <= Math.min(mostAdded, length - 1); added++) {
    const earlier =
      added === 0
        ? bars
        : pickBars(
            bars,
            Int32Array.from({ length: length - added }, (_, index) => index),
          );
    if (contentHashOf(earlier) === hash) return earlier;
  }
  return null;
}
