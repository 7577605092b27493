/** Versions of series on a real PostgreSQL: what an import makes of them, what they share, which of them stay. */
import { createHash } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { priceSeriesStore } from "../../server/db/price-series-store.ts";
import { versionsKept } from "../../server/db/series/versions.ts";
import { barsPerChunk, contentHashOf } from "../../server/domain/bar-chunks.ts";
import { barTableOf, mapColumns, sliceBars, tableColumns } from "../../server/domain/bar-table.ts";
import type { BarTable, PriceSeries } from "../../server/domain/price-series.ts";
import type { PriceSeriesStore } from "../../server/ports/series.ts";
import { chartBars } from "../../server/services/chart-bars.ts";
import { type Backend, givenRun, openTestBackend } from "../support/backend.ts";
import { barsOf, firstDay, walk } from "../support/series.ts";

let backend: Backend & { drop(): Promise<void> };
let store: PriceSeriesStore;
beforeAll(async () => {
  backend = await openTestBackend();
  store = priceSeriesStore(backend);
});
afterAll(() => backend?.drop());

const stored = { dryRun: false };
const dayMs = 86_400_000;
const named = (symbol: string) => ({ symbol, name: null, currency: null, timezone: "UTC" });
const merge = async (symbol: string, bars: BarTable): Promise<PriceSeries> =>
  (await store.merge(named(symbol), bars, stored)).series!;
const hashes = async ({ version }: PriceSeries): Promise<string[]> => {
  const sql = "SELECT encode(unnest(chunks), 'hex') AS hash FROM series_version WHERE id = $1";
  return (await backend.pool.query<{ hash: string }>(sql, [version.id])).rows.map(({ hash }) => hash);
};
const chunkCount = async (id: string) =>
  (await backend.pool.query("SELECT FROM bar_chunk WHERE series_id = $1", [id])).rowCount;
const numbers = async (id: string) =>
  (await store.versions(id, { first: 100 })).items.map(({ node }) => node.number);
/** The bars at these places, with another close. */
const changedAt = (bars: BarTable, ...places: number[]) =>
  mapColumns((column) =>
    Float64Array.from(places, (at) => bars[column][at]! + (column === "close" ? 0.01 : 0)),
  );

const long = barsOf(walk(3 * barsPerChunk + 100));
const length = long.time.length;

test("appending bars makes a new last chunk, changing one that of its own, and only a bar in between moves those behind it", async () => {
  const first = await merge("SHARED", long);
  const before = await hashes(first);
  const kept = (after: readonly string[]) => after.map((hash, at) => hash === before[at]);
  const more = barsOf(walk(length + 3));
  const appended = await merge("SHARED", sliceBars(more, length, length + 3));
  expect(appended.version).toMatchObject({ number: 2, barCount: length + 3 });
  expect(kept(await hashes(appended))).toEqual([true, true, true, false]);
  const changed = await merge("SHARED", changedAt(long, 5000));
  expect(kept(await hashes(changed))).toEqual([true, false, true, false]);
  const between = barTableOf([{ ...rowAt(long, 5000), time: long.time[5000]! + 1 }]);
  const inserted = await merge("SHARED", between);
  expect(kept(await hashes(inserted))).toEqual([true, false, false, false]);
  expect(inserted.version).toMatchObject({ number: 4, barCount: length + 4 });
  // Each earlier one has its bars still.
  const [, , second, oldest] = (await store.versions(first.id, { first: 9 })).items.map(({ node }) => node);
  expect(await store.columns(oldest!)).toEqual(long);
  expect(await store.columns(second!)).toEqual(more);
});

const rowAt = (bars: BarTable, at: number) => ({
  ...{
    time: bars.time[at]!,
    open: bars.open[at]!,
    high: bars.high[at]!,
    low: bars.low[at]!,
    close: bars.close[at]!,
  },
  ...{ adjustedClose: bars.adjustedClose[at]!, volume: bars.volume[at]! },
});

test("whatever is imported in whatever order, the bars and their hash are those of one import of them all", async () => {
  const all = barsOf(walk(2 * barsPerChunk + 500));
  const range = fc
    .tuple(fc.nat(all.time.length), fc.nat(3000))
    .map(([from, count]) => [from, from + count] as const);
  let series = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(range, { minLength: 1, maxLength: 6 }), async (ranges) => {
      const symbol = `ORDER ${series++}`;
      const there = new Set<number>();
      let result: PriceSeries | null = null;
      for (const [from, to] of ranges) {
        const piece = sliceBars(all, from, to);
        const { added, updated, unchanged, ...merged } = await store.merge(named(symbol), piece, stored);
        const fresh = [...piece.time].filter((time) => !there.has(time)).length;
        expect({ added, updated, unchanged }).toEqual({
          added: fresh,
          updated: 0,
          unchanged: piece.time.length - fresh,
        });
        for (const time of piece.time) there.add(time);
        result = merged.series;
      }
      const places = [...all.time.keys()].filter((at) => there.has(all.time[at]!));
      const expected = mapColumns((column) => Float64Array.from(places, (at) => all[column][at]!));
      expect(await store.columns(result!.version)).toEqual(expected);
      expect(result).toMatchObject({ contentHash: contentHashOf(expected), barCount: places.length });
    }),
    { numRuns: 12 },
  );
});

test("an import that brings nothing new makes no version", async () => {
  const { version } = await merge("SAME", barsOf(walk(50)));
  expect((await merge("SAME", barsOf(walk(40)))).version).toEqual(version);
});

test("a dry run counts like an import, writes nothing, and neither waits for an import nor holds one up", async () => {
  const { id, version } = await merge("DRY", barsOf(walk(5000)));
  const importing = await backend.pool.connect();
  try {
    await importing.query("BEGIN");
    await importing.query("SELECT FROM price_series WHERE id = $1 FOR UPDATE", [id]);
    const writes = async () =>
      (await backend.pool.query("SELECT pg_current_wal_insert_lsn() AS at")).rows[0].at as string;
    const before = await writes();
    const rehearsed = await store.merge(named("DRY"), barsOf(walk(6000, 2)), { dryRun: true });
    expect(rehearsed).toMatchObject({ added: 1000, updated: 5000, unchanged: 0, series: { version } });
    expect(await writes()).toBe(before);
  } finally {
    await importing.query("ROLLBACK");
    importing.release();
  }
});

test("a series goes back to an earlier version as a new one, and no further than it has any", async () => {
  const first = await merge("BACK", barsOf(walk(300)));
  const second = await merge("BACK", barsOf(walk(400, 2)));
  const back = await store.revert(first.id, 1);
  expect(back).toMatchObject({ contentHash: first.contentHash, version: { number: 3, barCount: 300 } });
  expect(await store.columns(back.version)).toEqual(barsOf(walk(300)));
  expect(await store.columns(second.version)).toEqual(barsOf(walk(400, 2)));
  // Its bars are the newest already.
  expect(await store.revert(first.id, 3)).toEqual(back);
  await expect(store.revert(first.id, 9)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(store.revert("01890000-0000-7000-8000-000000000000", 1)).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
});

test("the newest versions stay, and those of runs for as long as there are runs; the rest goes, and its chunks", async () => {
  const first = await merge("KEPT", barsOf(walk(100)));
  const run = await givenRun(backend, { seriesId: first.id });
  for (let bars = 101; bars <= 105 + versionsKept; bars++) await merge("KEPT", barsOf(walk(bars)));
  const newest = Array.from({ length: versionsKept + 1 }, (_, index) => versionsKept + 6 - index);
  expect(await numbers(first.id)).toEqual([...newest, 1]);
  expect(await chunkCount(first.id)).toBe(versionsKept + 2);
  expect(await store.columns((await store.findVersions([run.seriesVersionId]))[0]!)).toEqual(
    barsOf(walk(100)),
  );
  await backend.transaction((tx) => backend.runs.delete(tx, [run.id]));
  await store.clean(first.id);
  expect(await numbers(first.id)).toEqual(newest);
  expect(await chunkCount(first.id)).toBe(versionsKept + 1);
});

test("versions come in pages, the newest first", async () => {
  const { id } = await merge("LISTED", barsOf(walk(10)));
  for (const bars of [11, 12, 13]) await merge("LISTED", barsOf(walk(bars)));
  const page = await store.versions(id, { first: 3 });
  expect(page.items.map(({ node }) => [node.number, node.barCount])).toEqual([
    [4, 13],
    [3, 12],
    [2, 11],
  ]);
  expect(page).toMatchObject({ totalCount: 4, hasNextPage: true, hasPreviousPage: false });
  const rest = await store.versions(id, { first: 3, after: page.items.at(-1)!.cursor });
  expect(rest.items.map(({ node }) => node.number)).toEqual([1]);
  expect(rest).toMatchObject({ totalCount: 4, hasNextPage: false, hasPreviousPage: true });
  await expect(store.versions(id, { first: 3, after: "eHg" })).rejects.toMatchObject({ field: "after" });
});

test("whoever opens the database finds the newest bars row by row, and can check the hash of a chunk", async () => {
  const bars = barsOf(walk(5000, 7));
  bars.volume[1] = Number.NaN;
  const first = await merge("VIEWED", bars);
  await merge("VIEWED", changedAt(bars, 4500));
  const { rows } = await backend.pool.query(`SELECT b.* FROM bar b WHERE series_id = $1 ORDER BY time`, [
    first.id,
  ]);
  expect(rows).toHaveLength(5000);
  expect(rows[1]).toEqual({
    series_id: first.id,
    time: new Date(bars.time[1]!),
    ...{ open: bars.open[1], high: bars.high[1], low: bars.low[1], close: bars.close[1] },
    ...{ adjusted_close: bars.adjustedClose[1], volume: null },
  });
  expect(rows[4500]).toMatchObject({ close: bars.close[4500]! + 0.01 });
  const columns = "time, open, high, low, close, adjusted_close, volume";
  const wrong = await backend.pool.query(
    `SELECT FROM bar_chunk WHERE series_id = $1 AND hash <> sha256(${columns
      .split(", ")
      .map((column) => `array_send(${column})`)
      .join(" || ")})`,
    [first.id],
  );
  expect(wrong.rowCount).toBe(0);
  const lines = (await hashes(first)).map((hash) => Buffer.from(hash, "hex"));
  const hash = createHash("sha256").update(Buffer.concat([Buffer.from("gatecast bars 2\n"), ...lines]));
  expect(first.contentHash).toBe(hash.digest("hex"));
});

test("a chart of any part has real bars only, no more than asked for, and every extreme of the part", async () => {
  const bars = barsOf(walk(9 * barsPerChunk + 1234, 5));
  const series = await merge("CHART", bars);
  const chart = chartBars({ priceSeries: store });
  const count = bars.time.length;
  const place = fc.nat(count - 1);
  const points = fc.integer({ min: 12, max: 3000 });
  const part = fc.oneof(fc.tuple(place, place), fc.tuple(fc.constant(0), fc.constant(count - 1)));
  await fc.assert(
    fc.asyncProperty(part, points, async ([one, other], maxPoints) => {
      const [from, to] = [Math.min(one, other), Math.max(one, other)];
      const range = { from: new Date(bars.time[from]!), to: new Date(bars.time[to]!) };
      const shown = await chart(series.version, range, maxPoints);
      const all = sliceBars(bars, from, to + 1);
      expect(shown.time.length).toBeLessThanOrEqual(maxPoints);
      expect([shown.time[0], shown.time.at(-1)]).toEqual([all.time[0], all.time.at(-1)]);
      const places = Array.from(shown.time, (time) => (time - firstDay) / dayMs);
      for (const column of tableColumns)
        expect(shown[column]).toEqual(Float64Array.from(places, (at) => bars[column][at]!));
      for (const column of ["low", "high", "open", "close", "volume"] as const) {
        const extremes = (values: Float64Array) => [
          values.reduce((a, b) => Math.min(a, b)),
          values.reduce((a, b) => Math.max(a, b)),
        ];
        expect(extremes(shown[column])).toEqual(extremes(all[column]));
      }
    }),
    { numRuns: 60 },
  );
});

test("a chart of all is drawn from a small part of the bars, and so is the start of a run checked", async () => {
  const series = (await store.findBySymbol("CHART"))!;
  const { time } = await store.chartColumns(series.version, {}, 200);
  expect(time.length).toBeGreaterThan(400);
  expect(time.length).toBeLessThan(series.barCount / 10);
  expect(await store.chunkFacts(series.version)).toHaveLength(10);
});

test("pages of any part hold its bars, and know how many there are", async () => {
  const series = (await store.findBySymbol("CHART"))!;
  const bars = await store.columns(series.version);
  const place = fc.nat(bars.time.length - 1);
  await fc.assert(
    fc.asyncProperty(place, place, place, fc.integer({ min: 1, max: 600 }), async (a, b, passed, first) => {
      const [from, to] = [Math.min(a, b), Math.max(a, b)];
      // Between two bars, too: what is asked for need not be a bar's time.
      const range = { from: new Date(bars.time[from]! - 5), to: new Date(bars.time[to]! + 5) };
      const after = Buffer.from(String(bars.time[passed]!)).toString("base64url");
      const page = await store.bars(series.version, { first, after }, range);
      const start = Math.max(from, passed + 1);
      const end = Math.min(start + first, to + 1);
      expect(page.items.map(({ node }) => node.time.getTime())).toEqual([
        ...bars.time.slice(start, Math.max(end, start)),
      ]);
      expect(page).toMatchObject({
        totalCount: to - from + 1,
        hasNextPage: start + first <= to,
        hasPreviousPage: passed >= from,
      });
    }),
    { numRuns: 60 },
  );
});
