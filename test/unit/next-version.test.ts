/** What a version becomes when bars come to it in pieces, with chunks at hand as a database would have them. */
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  barsPerChunk,
  chunkHash,
  chunksOf,
  columnBytes,
  contentHashOf,
  hashOfChunks,
} from "../../server/domain/bar-chunks.ts";
import { mapColumns, sliceBars, tableColumns } from "../../server/domain/bar-table.ts";
import type { NewChunk } from "../../server/domain/new-chunk.ts";
import { newChunk } from "../../server/domain/new-chunk.ts";
import { nextVersion, noVersion, type VersionBefore } from "../../server/domain/next-version.ts";
import type { BarTable } from "../../server/domain/price-series.ts";
import { barsOf, walk } from "../support/series.ts";

const all = barsOf(walk(5 * barsPerChunk + 500));
const pick = (places: readonly number[]) =>
  mapColumns((column) => Float64Array.from(places, (at) => all[column][at]!));

/** A series in memory, and what was read of it and stored. */
function givenSeries(bars: BarTable) {
  const chunks = [...chunksOf(bars)];
  const version: VersionBefore = {
    hashes: chunks.map((chunk) => chunkHash(columnBytes(chunk))),
    times: chunks.map(({ time }) => time[0]!),
    barCount: bars.time.length,
  };
  const read: number[] = [];
  const stored: NewChunk[] = [];
  return {
    version,
    read,
    stored,
    shelf: {
      read: async (places: readonly number[]) => {
        read.push(...places);
        return places.map((place) => columnBytes(chunks[place]!));
      },
      store: async (chunk: NewChunk) => void stored.push(chunk),
    },
  };
}

function* inPieces(bars: BarTable, size: number): Generator<BarTable> {
  for (let from = 0; from < bars.time.length; from += size) yield sliceBars(bars, from, from + size);
}

test("whatever comes in pieces of whatever size, a version is that of all its bars, and its new chunks are stored", async () => {
  const range = fc.tuple(fc.nat(all.time.length), fc.nat(all.time.length), fc.integer({ min: 1, max: 3 }));
  const size = fc.oneof(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1000, max: 70_000 }));
  await fc.assert(
    fc.asyncProperty(range, range, size, async (had, comes, pieceSize) => {
      const placesOf = ([one, other, step]: typeof had) =>
        [...all.time.keys()]
          .slice(Math.min(one, other), Math.max(one, other))
          .filter((at) => at % step === 0);
      const [before, given] = [placesOf(had), placesOf(comes)];
      const { version, shelf, stored } = givenSeries(pick(before));
      const next = await nextVersion(version, inPieces(pick(given), pieceSize), shelf);
      const together = [...new Set([...before, ...given])].sort((a, b) => a - b);
      const whole = pick(together);
      const added = together.length - before.length;
      expect(next).toMatchObject({
        added,
        updated: 0,
        unchanged: given.length - added,
        barCount: together.length,
      });
      expect(hashOfChunks(next.hashes)).toBe(contentHashOf(whole));
      expect(next.times).toEqual(Array.from(chunksOf(whole), ({ time }) => time[0]));
      const known = new Set(version.hashes.map(hex));
      const news = [...chunksOf(whole)].map(newChunk).filter(({ hash }) => !known.has(hex(hash)));
      const isThere = new Map(stored.map(({ hash, fields }) => [hex(hash), fields]));
      // Byte by byte in one go: an expectation of 400 kB takes seconds.
      const lacks = news.filter(({ hash, fields }) => Buffer.compare(fields, isThere.get(hex(hash))!) !== 0);
      expect(lacks).toHaveLength(0);
    }),
    { numRuns: 40 },
  );
}, 60_000);
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

test("bars that are known already are told by their hashes: nothing is read", async () => {
  const { version, shelf, read, stored } = givenSeries(all);
  const next = await nextVersion(version, inPieces(all, 1000), shelf);
  expect(next).toMatchObject({ added: 0, updated: 0, unchanged: all.time.length, hashes: version.hashes });
  expect({ read, stored }).toEqual({ read: [], stored: [] });
});

test.each([
  ["the first bar of a chunk", 2 * barsPerChunk],
  ["the last bar of a chunk", 2 * barsPerChunk - 1],
  ["a bar within a chunk", 2 * barsPerChunk + 7],
])("a price that jumps to %s and back is told both ways", async (_, at) => {
  const { version, shelf } = givenSeries(all);
  const [open, high, low, close] = [2, 2, 2, 2].map((times) => Float64Array.of(times * all.close[at]!));
  const wrong = { ...sliceBars(all, at, at + 1), open: open!, high: high!, low: low!, close: close! };
  const { review } = await nextVersion(version, [wrong], { ...shelf, store: null });
  expect(review.jumps.map(({ time }) => time)).toEqual([all.time[at], all.time[at + 1]]);
});

test("of a change only its own chunk is read, and of appended bars the last one", async () => {
  const { version, shelf, read, stored } = givenSeries(sliceBars(all, 0, all.time.length - 10));
  const volume = all.volume.slice();
  volume[barsPerChunk + 7] = 1;
  const next = await nextVersion(version, [{ ...all, volume }], shelf);
  expect(next).toMatchObject({ added: 10, updated: 1 });
  expect(read).toEqual([1, 5]);
  expect(stored).toHaveLength(2);
});

test("a value that a file lacks stays as it is known, though the hashes differ", async () => {
  const { version, shelf } = givenSeries(all);
  const unknown = all.volume.map(() => Number.NaN);
  const next = await nextVersion(version, [{ ...all, volume: unknown }], shelf);
  expect(next).toMatchObject({ added: 0, updated: 0, hashes: version.hashes });
});

test("a dry run counts alike, and makes no chunk", async () => {
  const { version, shelf } = givenSeries(pick([...all.time.keys()].filter((at) => at % 2 === 0)));
  const counted = await nextVersion(version, inPieces(all, 5000), { ...shelf, store: null });
  const { hashes: _, ...made } = await nextVersion(version, inPieces(all, 5000), shelf);
  expect(counted).toMatchObject(made);
});

test("bars out of order are refused, within a piece and from one to the next", async () => {
  const { shelf } = givenSeries(all);
  const twice = [sliceBars(all, 0, 5), sliceBars(all, 4, 9)];
  await expect(nextVersion(noVersion, twice, shelf)).rejects.toThrow(/ascending in time, each time once/);
  const turned = mapColumns((column) => all[column].slice(0, 5).reverse());
  await expect(nextVersion(noVersion, [turned], shelf)).rejects.toThrow(/ascending/);
});

test("a chunk's fields are its columns and what is derived from them, each with its length before it", () => {
  const { fields } = newChunk(sliceBars(all, 0, 100));
  const view = new DataView(fields.buffer);
  const lengths: number[] = [];
  for (let at = 0; at < fields.length; at += 4 + view.getInt32(at)) lengths.push(view.getInt32(at));
  expect(lengths.slice(0, tableColumns.length)).toEqual(
    columnBytes(sliceBars(all, 0, 100)).map(({ length }) => length),
  );
  expect(lengths).toHaveLength(tableColumns.length + 5);
});
