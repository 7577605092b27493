/** Checks of a stored series that is never read as a whole: what they need of its bars is read a chunk at a time. */
import { barsPerChunk } from "../domain/bar-chunks.ts";
import type { BarField, BarTable } from "../domain/price-series.ts";
import type { BarsOf, PriceSeriesStore } from "../ports/series.ts";
import { factsOfChunks, ValuesNeeded } from "../recipe/facts-of-chunks.ts";
import type { SeriesFacts } from "../recipe/series-facts.ts";

export type FactsPorts = Pick<PriceSeriesStore, "chunkFacts" | "column">;

/** @param check pure: it is begun anew whenever it asks for values that are not read yet. */
export async function withStoredFacts<T>(
  series: FactsPorts,
  of: BarsOf,
  check: (facts: SeriesFacts) => T,
): Promise<T> {
  const read = new Map<string, Float64Array>();
  const key = (field: BarField, chunk: number) => `${field} ${chunk}`;
  const valuesOf = (field: BarField, chunk: number) => read.get(key(field, chunk));
  const facts = factsOfChunks(of.barCount, await series.chunkFacts(of), valuesOf);
  for (;;) {
    try {
      return check(facts);
    } catch (error) {
      if (!(error instanceof ValuesNeeded)) throw error;
      const { field, chunks } = error;
      for (const chunk of chunks) {
        const from = chunk * barsPerChunk;
        const to = Math.min(from + barsPerChunk, of.barCount);
        read.set(key(field, chunk), await series.column(of, columnNames[field], from, to));
      }
    }
  }
}

const columnNames = {
  OPEN: "open",
  HIGH: "high",
  LOW: "low",
  CLOSE: "close",
  ADJUSTED_CLOSE: "adjustedClose",
  VOLUME: "volume",
} as const satisfies Record<BarField, keyof BarTable>;
