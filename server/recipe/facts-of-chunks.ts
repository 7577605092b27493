/** The facts of a series of any length from those of its chunks: only what these leave open is read from the bars. */
import { barsPerChunk } from "../domain/bar-chunks.ts";
import { type ChunkFacts, factsOf } from "../domain/chunk-facts.ts";
import { type BarField, barFields } from "../domain/price-series.ts";
import type { FieldFacts, NewsFacts, SeriesFacts } from "./series-facts.ts";

/** Thrown where values are needed that are not there yet: read them, and ask again. */
export class ValuesNeeded extends Error {
  constructor(
    readonly field: BarField,
    readonly chunks: readonly number[],
  ) {
    super(`the ${field} of chunks ${chunks} is not read yet`);
  }
}

/** @param valuesOf a field's values in a chunk; undefined while they are not read. */
export function factsOfChunks(
  barCount: number,
  chunks: readonly ChunkFacts[],
  valuesOf: (field: BarField, chunk: number) => Float64Array | undefined,
): SeriesFacts {
  const sum = (field: BarField): FieldFacts => {
    let [missing, notPositive] = [0, 0];
    for (const facts of chunks) {
      missing += facts[field].missing;
      notPositive += facts[field].notPositive;
    }
    return { missing, notPositive };
  };
  const valuesIn = (field: BarField, needed: readonly number[]): Float64Array[] => {
    const unread = needed.filter((chunk) => valuesOf(field, chunk) === undefined);
    if (unread.length > 0) throw new ValuesNeeded(field, unread);
    return needed.map((chunk) => valuesOf(field, chunk)!);
  };

  const extremesBefore = (field: BarField, seenTo: number): { lowest: number; highest: number } => {
    const whole = Math.floor(seenTo / barsPerChunk);
    const seen = chunks.slice(0, whole).map((facts) => facts[field]);
    const part = seenTo % barsPerChunk;
    if (part > 0) seen.push(factsOf(valuesIn(field, [whole])[0]!.subarray(0, part)));
    let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const facts of seen) {
      lowest = Math.min(lowest, facts.lowest);
      highest = Math.max(highest, facts.highest);
    }
    return { lowest, highest };
  };

  const news = (field: BarField, seenTo: number, from: number, to: number): NewsFacts => {
    const { lowest, highest } = extremesBefore(field, seenTo);
    let unseen = 0;
    const open: number[] = [];
    for (let chunk = Math.floor(from / barsPerChunk); chunk * barsPerChunk < to; chunk++) {
      const facts = chunks[chunk]![field];
      if (facts.lowest >= lowest && facts.highest <= highest) continue;
      const [start, end] = [chunk * barsPerChunk, Math.min((chunk + 1) * barsPerChunk, barCount)];
      const isOutside = facts.missing === 0 && (facts.lowest > highest || facts.highest < lowest);
      if (isOutside && from <= start && end <= to) unseen += end - start;
      else open.push(chunk);
    }
    for (const [index, values] of valuesIn(field, open).entries()) {
      const start = open[index]! * barsPerChunk;
      for (const value of values.subarray(Math.max(from - start, 0), Math.max(to - start, 0)))
        if (value < lowest || value > highest) unseen++;
    }
    return { seenLowest: lowest, seenHighest: highest, unseen };
  };

  return {
    barCount,
    fields: Object.fromEntries(barFields.map((field) => [field, sum(field)])) as SeriesFacts["fields"],
    news,
  };
}
