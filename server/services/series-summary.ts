/** What is told of a version at a glance: its course in few points, its newest bars, and what was found in its bars. */

import { type SeriesQuality, seriesQuality } from "../domain/series-quality.ts";
import { thinIndices } from "../domain/thin.ts";
import type { BarsOf, PriceSeriesStore } from "../ports/series.ts";
import { inTurn } from "./in-turn.ts";

export interface SeriesSummary extends SeriesQuality {
  /** Last prices of a few bars, the oldest first, lowest and highest among them. */
  readonly sparkline: readonly number[];
  /** Of the newest bar; null without bars. */
  readonly lastClose: number | null;
  /** Of the bar before it. */
  readonly previousClose: number | null;
}

interface Ports {
  readonly priceSeries: Pick<PriceSeriesStore, "column">;
}

const sparklinePoints = 60;
/** Some kB each. A version never changes, so what was found of it stays true. */
const mostKept = 500;

/** Each goes through all bars of its version. */
const oneAtATime = inTurn();

export function seriesSummary({ priceSeries }: Ports): (of: BarsOf) => Promise<SeriesSummary> {
  const kept = new Map<string, Promise<SeriesSummary>>();
  return (of) => {
    const known = kept.get(of.id);
    if (known) return known;
    const found = oneAtATime(async () => {
      const time = await priceSeries.column(of, "time", 0, of.barCount);
      const close = await priceSeries.column(of, "close", 0, of.barCount);
      return summaryOf(time, close);
    });
    kept.set(of.id, found);
    found.catch(() => kept.delete(of.id));
    if (kept.size > mostKept) kept.delete(kept.keys().next().value!);
    return found;
  };
}

const summaryOf = (time: Float64Array, close: Float64Array): SeriesSummary => ({
  ...seriesQuality(time, close),
  sparkline: Array.from(thinIndices([close], sparklinePoints), (at) => close[at]!),
  lastClose: close.at(-1) ?? null,
  previousClose: close.at(-2) ?? null,
});
