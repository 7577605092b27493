/** Cuts bars that come one after the other into chunks, and lists the chunks of a version in order. */
import { barsPerChunk } from "./bar-chunks.ts";
import { concatBars, sliceBars } from "./bar-table.ts";
import { type NewChunk, newChunk } from "./new-chunk.ts";
import type { BarTable } from "./price-series.ts";

/** Of a chunk that is only counted. */
const noHash = new Uint8Array();

/** @param store takes each new chunk; null: none is wanted. */
export function chunkCutter(store: ((chunk: NewChunk) => Promise<void>) | null) {
  const hashes: Uint8Array[] = [];
  const times: number[] = [];
  /** Bars that make no chunk yet. */
  let rest: BarTable[] = [];
  return {
    hashes,
    times,
    isEmpty: () => rest.length === 0,
    push(bars: BarTable): void {
      if (bars.time.length > 0) rest.push(bars);
    },
    /** Lists a chunk that is stored already, in place of the bars that came since the last one. */
    keep(hash: Uint8Array, time: number): void {
      hashes.push(hash);
      times.push(time);
      rest = [];
    },
    /** Makes chunks as long as `atLeast` bars are there: barsPerChunk, or 1 at the end. */
    async cut(atLeast: number): Promise<void> {
      const bars = concatBars(rest);
      let from = 0;
      for (; bars.time.length - from >= atLeast; from += barsPerChunk) {
        const chunk = sliceBars(bars, from, from + barsPerChunk);
        times.push(chunk.time[0]!);
        if (store === null) {
          hashes.push(noHash);
          continue;
        }
        const made = newChunk(chunk);
        hashes.push(made.hash);
        await store(made);
      }
      rest = from < bars.time.length ? [sliceBars(bars, from, bars.time.length)] : [];
    },
  };
}
