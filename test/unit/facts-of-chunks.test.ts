import fc from "fast-check";
import { expect, test } from "vitest";
import { barsPerChunk, chunksOf } from "../../server/domain/bar-chunks.ts";
import { chunkFacts, factNumbers, factsIn } from "../../server/domain/chunk-facts.ts";
import { barFields } from "../../server/domain/price-series.ts";
import { seriesFacts } from "../../server/recipe/series-facts.ts";
import { withStoredFacts } from "../../server/services/stored-facts.ts";
import { barsOf, walk } from "../support/series.ts";

const bars = barsOf(walk(3 * barsPerChunk + 777));
const { volume } = bars;
volume[5] = Number.NaN;
volume[9000] = 0;
const barCount = bars.time.length;

/** As the database has it, and what was read of it. */
function storedSeries() {
  const read: [number, number][] = [];
  const facts = Array.from(chunksOf(bars), (chunk) => factsIn(factNumbers(chunkFacts(chunk))));
  return {
    read,
    chunkFacts: async () => facts,
    column: async (_: unknown, column: keyof typeof bars, from: number, to: number) => {
      read.push([from, to]);
      return bars[column].slice(from, to);
    },
  };
}

test("the facts of a series that is never read as a whole are those of its bars", async () => {
  const whole = seriesFacts(bars);
  const place = fc.integer({ min: 0, max: barCount });
  await fc.assert(
    fc.asyncProperty(place, place, place, async (seenTo, one, other) => {
      const [from, to] = [Math.min(one, other), Math.max(one, other)];
      const told = await withStoredFacts(storedSeries(), { id: "v", barCount }, (facts) => ({
        barCount: facts.barCount,
        fields: facts.fields,
        news: facts.news("CLOSE", seenTo, from, to),
      }));
      expect(told).toEqual({ barCount, fields: whole.fields, news: whole.news("CLOSE", seenTo, from, to) });
    }),
    { numRuns: 60 },
  );
  expect(whole.fields.VOLUME).toEqual({ missing: 1, notPositive: 1 });
  expect(Object.keys(whole.fields)).toEqual([...barFields]);
});

test("only the chunks in which the answer lies are read, and each once", async () => {
  const series = storedSeries();
  await withStoredFacts(series, { id: "v", barCount }, (facts) => {
    facts.news("CLOSE", barsPerChunk + 10, barsPerChunk + 10, barsPerChunk + 10);
    facts.news("CLOSE", barsPerChunk + 10, 0, 0);
  });
  expect(series.read).toEqual([[barsPerChunk, 2 * barsPerChunk]]);
});
