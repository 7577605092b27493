/**
 * Levels of detail: for each block of bars those of them that a chart cannot do without. A chart of many bars is drawn from
 * the blocks' bars alone, and shows real bars all the same.
 */
import { pickBars } from "./bar-table.ts";
import type { BarTable } from "./price-series.ts";

/** Bars a block, from fine to coarse. Chunks are whole blocks of each. */
export const detailBlocks = [64, 256, 1024, 4096] as const;
export type DetailBlock = (typeof detailBlocks)[number];

/** What a block of prices that walk leaves, measured; fewer where they hardly move. */
const usualBarsPerBlock = 9;
/** Then the thinning that follows still has a choice: a chart of 1,000 points has 100 stretches, of two blocks or more. */
const barsPerPoint = 2;

/** The coarsest blocks from which `bars` bars make `maxPoints` good points; null: all bars are needed. */
export function blockFor(bars: number, maxPoints: number): DetailBlock | null {
  const blocksNeeded = (barsPerPoint * maxPoints) / usualBarsPerBlock;
  return detailBlocks.findLast((block) => bars / block >= blocksNeeded) ?? null;
}

/** Of these columns a block's lowest and highest bar stay: those whose extremes a thinned chart keeps (services/chart-bars.ts). */
const extremesOf = ["low", "high", "close", "open", "volume"] as const;

/** Of each block the first and the last bar, and those where a column is lowest or highest: at most 12, in order, each once. */
export function detailOf(bars: BarTable, block: number): BarTable {
  const { length } = bars.time;
  const stays = new Uint8Array(length);
  for (let from = 0; from < length; from += block) {
    const to = Math.min(from + block, length);
    stays[from] = 1;
    stays[to - 1] = 1;
    for (const column of extremesOf) markExtremes(bars[column], from, to, stays);
  }
  return pickBars(bars, indicesOf(stays));
}

function markExtremes(column: Float64Array, from: number, to: number, stays: Uint8Array): void {
  let lowest = -1;
  let highest = -1;
  for (let index = from; index < to; index++) {
    const value = column[index]!;
    if (Number.isNaN(value)) continue;
    if (lowest < 0 || value < column[lowest]!) lowest = index;
    if (highest < 0 || value > column[highest]!) highest = index;
  }
  if (lowest < 0) return;
  stays[lowest] = 1;
  stays[highest] = 1;
}

function indicesOf(stays: Uint8Array): Int32Array {
  const indices = new Int32Array(stays.reduce((sum, mark) => sum + mark, 0));
  let next = 0;
  for (let index = 0; index < stays.length; index++) if (stays[index]) indices[next++] = index;
  return indices;
}
