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
export const detailOf = (bars: BarTable, block: number): BarTable =>
  pickMarked(
    bars,
    block,
    extremesOf.map((column) => blockExtremes(bars[column], block)),
  );

/** The details of each of detailBlocks: the extremes of a coarser one are among those of the finer. */
export function detailsOf(bars: BarTable): BarTable[] {
  let [finer, extremes]: [number, readonly Extremes[]] = [0, []];
  return detailBlocks.map((block) => {
    extremes = extremesOf.map((column, at) =>
      finer === 0 ? blockExtremes(bars[column], block) : coarser(bars[column], extremes[at]!, block / finer),
    );
    finer = block;
    return pickMarked(bars, block, extremes);
  });
}

/** Of each block the first of the lowest and the first of the highest values of a column; -1 where none is known. */
interface Extremes {
  readonly lowest: Int32Array;
  readonly highest: Int32Array;
}

function blockExtremes(column: Float64Array, block: number): Extremes {
  const blocks = Math.ceil(column.length / block);
  const [lowest, highest] = [new Int32Array(blocks), new Int32Array(blocks)];
  for (let at = 0; at < blocks; at++) {
    let [low, high] = [-1, -1];
    let [least, most] = [Number.NaN, Number.NaN];
    const end = Math.min((at + 1) * block, column.length);
    for (let index = at * block; index < end; index++) {
      const value = column[index]!;
      if (Number.isNaN(value)) continue;
      if (low < 0 || value < least) {
        low = index;
        least = value;
      }
      if (high < 0 || value > most) {
        high = index;
        most = value;
      }
    }
    lowest[at] = low;
    highest[at] = high;
  }
  return { lowest, highest };
}

/** Of `factor` blocks together. */
function coarser(column: Float64Array, { lowest, highest }: Extremes, factor: number): Extremes {
  const pick = (places: Int32Array, isBeyond: (value: number, other: number) => boolean) =>
    Int32Array.from({ length: Math.ceil(places.length / factor) }, (_, at) => {
      let best = -1;
      for (const place of places.subarray(at * factor, (at + 1) * factor))
        if (place >= 0 && (best < 0 || isBeyond(column[place]!, column[best]!))) best = place;
      return best;
    });
  return { lowest: pick(lowest, (a, b) => a < b), highest: pick(highest, (a, b) => a > b) };
}

function pickMarked(bars: BarTable, block: number, extremes: readonly Extremes[]): BarTable {
  const { length } = bars.time;
  const stays = new Uint8Array(length);
  for (let from = 0; from < length; from += block) {
    stays[from] = 1;
    stays[Math.min(from + block, length) - 1] = 1;
  }
  for (const { lowest, highest } of extremes)
    for (const places of [lowest, highest]) for (const place of places) if (place >= 0) stays[place] = 1;
  return pickBars(bars, indicesOf(stays));
}

function indicesOf(stays: Uint8Array): Int32Array {
  const indices = new Int32Array(stays.length);
  let count = 0;
  for (let index = 0; index < stays.length; index++) if (stays[index]) indices[count++] = index;
  return indices.subarray(0, count);
}
