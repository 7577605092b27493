/** The store of price series on a real PostgreSQL. */
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { readerThreads } from "../../server/csv/thread/reader-threads.ts";
import { connectDatabase, type Database } from "../../server/db/client.ts";
import { priceSeriesStore } from "../../server/db/price-series-store.ts";
import { contentHashOf } from "../../server/domain/bar-chunks.ts";
import { type BarRow, barTableOf } from "../../server/domain/bar-table.ts";
import type { StoreChunk } from "../../server/domain/next-version.ts";
import type { PriceSeriesStore } from "../../server/ports/series.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";

let database: TestDatabase;
let connection: Database;
let store: PriceSeriesStore;

beforeAll(async () => {
  database = await createTestDatabase();
  connection = connectDatabase(database.url);
  store = priceSeriesStore(connection);
});
afterAll(async () => {
  await connection?.close();
  await database?.drop();
});

const dayMs = 86_400_000;
const firstDay = Date.UTC(2020, 0, 1);
const barOn = (day: number, changes: Partial<BarRow> = {}): BarRow => ({
  time: firstDay + day * dayMs,
  open: 10.1 + day,
  high: 11.7 + day,
  low: 9.3 + day,
  close: 10.9 + day,
  adjustedClose: 5.05 + day,
  volume: 1000 + day,
  ...changes,
});
const days = (count: number, from = 0): BarRow[] =>
  Array.from({ length: count }, (_, day) => barOn(from + day));
const named = (symbol: string) => ({ symbol, name: null, currency: null, timezone: "UTC" });
const stored = { dryRun: false };

test("repeating an import changes nothing, not even when the series was last touched", async () => {
  const table = barTableOf(days(50));
  const first = await store.merge(named("REPEAT"), table, stored);
  const touched = await connection.prisma.priceSeries.findUnique({ where: { symbol: "REPEAT" } });
  const second = await store.merge(named("REPEAT"), table, stored);
  expect(first).toMatchObject({ added: 50, updated: 0, unchanged: 0 });
  expect(second).toMatchObject({ series: first.series, added: 0, updated: 0, unchanged: 50 });
  expect(await connection.prisma.priceSeries.findUnique({ where: { symbol: "REPEAT" } })).toEqual(touched);
});

test("what comes out is what went in, to the last bit and millisecond", async () => {
  const table = barTableOf([
    barOn(0, {
      time: -2_208_988_800_001,
      open: 0.1 + 0.2,
      low: -37.63,
      high: 1e300,
      close: Number.MIN_VALUE,
    }),
    barOn(1, { time: 1_587_686_400_123, adjustedClose: Number.NaN, volume: Number.NaN }),
  ]);
  const { series } = await store.merge(named("EXACT"), table, stored);
  expect(await store.columns(series!.version)).toEqual(table);
  expect(series).toMatchObject({
    barCount: 2,
    firstTime: new Date(-2_208_988_800_001),
    lastTime: new Date(1_587_686_400_123),
    contentHash: contentHashOf(table),
  });
});

test("an import adds new bars, updates changed ones and tells them apart", async () => {
  await store.merge(named("GROW"), barTableOf(days(10)), stored);
  const next = [barOn(8), barOn(9, { close: 99 }), barOn(10)];
  const { series, ...counts } = await store.merge(named("GROW"), barTableOf(next), stored);
  expect(counts).toMatchObject({ added: 1, updated: 1, unchanged: 1 });
  const all = barTableOf([...days(9), ...next.slice(1)]);
  expect(await store.columns(series!.version)).toEqual(all);
  expect(series).toMatchObject({ barCount: 11, contentHash: contentHashOf(all) });
});

test("a file without volumes leaves those that are stored", async () => {
  await store.merge(named("VOLUME"), barTableOf(days(3)), stored);
  const bare = days(3).map((bar) => ({ ...bar, volume: Number.NaN, adjustedClose: Number.NaN }));
  const { series, ...counts } = await store.merge(named("VOLUME"), barTableOf(bare), stored);
  expect(counts).toMatchObject({ added: 0, updated: 0, unchanged: 3 });
  expect(await store.columns(series!.version)).toEqual(barTableOf(days(3)));
});

test("a dry run counts like an import and stores nothing", async () => {
  const unborn = await store.merge(named("DRY"), barTableOf(days(4)), { dryRun: true });
  expect(unborn).toMatchObject({ series: null, added: 4, updated: 0, unchanged: 0 });
  expect(await store.findBySymbol("DRY")).toBeNull();
  const { series } = await store.merge(named("DRY"), barTableOf(days(4)), stored);
  const more = barTableOf([barOn(3, { high: 99 }), barOn(4)]);
  const rehearsal = await store.merge({ ...named("DRY"), name: "Other" }, more, { dryRun: true });
  expect(rehearsal).toMatchObject({ series, added: 1, updated: 1, unchanged: 0 });
  expect(await store.findBySymbol("DRY")).toEqual(series);
  expect(await store.columns(series!.version)).toEqual(barTableOf(days(4)));
});

test("two imports at once into a series that neither finds take turns and lose nothing", async () => {
  const imports = [0, 50, 100, 150].map((from) =>
    store.merge(named("RACE"), barTableOf(days(100, from)), stored),
  );
  const results = await Promise.all(imports);
  const added = results.reduce((sum, result) => sum + result.added, 0);
  const unchanged = results.reduce((sum, result) => sum + result.unchanged, 0);
  expect({ added, unchanged }).toEqual({ added: 250, unchanged: 150 });
  const series = await store.findBySymbol("RACE");
  expect(series).toMatchObject({ barCount: 250, contentHash: contentHashOf(barTableOf(days(250))) });
});

test("an import that fails halfway leaves the series as it was", async () => {
  const { series } = await store.merge(named("HALF"), barTableOf(days(5)), stored);
  const twice = barTableOf([barOn(5), barOn(6), barOn(6, { close: 1 })]);
  await expect(store.merge(named("HALF"), twice, stored)).rejects.toThrow(/each time once/);
  expect(await store.findBySymbol("HALF")).toEqual(series);
  await expect(store.merge(named("HALF"), barTableOf([barOn(5)]), stored)).resolves.toMatchObject({
    added: 1,
  });
});

test("an import whose connection breaks fails alone: the process lives on and nothing is stored", async () => {
  const { series } = await store.merge(named("BREAK"), barTableOf(days(5)), stored);
  const holder = await connection.pool.connect();
  try {
    await holder.query("BEGIN");
    await holder.query("SELECT FROM price_series WHERE symbol = 'BREAK' FOR UPDATE");
    const broken = expect(store.merge(named("BREAK"), barTableOf(days(50)), stored)).rejects.toThrow();
    const waiting = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    await vi.waitFor(async () => expect((await connection.pool.query(waiting)).rowCount).toBe(1), 5_000);
    await broken;
    await holder.query("ROLLBACK");
  } finally {
    holder.release();
  }
  expect(await store.findBySymbol("BREAK")).toEqual(series);
  expect(await store.merge(named("BREAK"), barTableOf(days(50)), stored)).toMatchObject({ added: 45 });
});

test("a name that is not given again stays, and one time zone is kept", async () => {
  const full = { symbol: "KEEP", name: "Keeper", currency: "EUR", timezone: "Europe/Paris" };
  await store.merge(full, barTableOf(days(1)), stored);
  const later = await store.merge({ ...full, name: null, currency: "USD" }, barTableOf(days(1)), stored);
  expect(later.series).toMatchObject({ name: "Keeper", currency: "USD", timezone: "Europe/Paris" });
  const elsewhere = store.merge({ ...full, timezone: "UTC" }, barTableOf(days(1)), stored);
  await expect(elsewhere).rejects.toMatchObject({ code: "CONFLICT" });
});

test("bars come in pages, in the order of time and within the range asked for", async () => {
  const { series } = await store.merge(named("PAGES"), barTableOf(days(25).reverse()), stored);
  const range = { from: new Date(barOn(2).time), to: new Date(barOn(21).time) };
  const seen: number[] = [];
  const shape: boolean[][] = [];
  let after: string | null = null;
  do {
    const page = await store.bars(series!.version, { first: 8, after }, range);
    expect(page.totalCount).toBe(20);
    seen.push(...page.items.map(({ node }) => node.open));
    shape.push([page.hasPreviousPage, page.hasNextPage]);
    after = page.hasNextPage ? page.items.at(-1)!.cursor : null;
  } while (after);
  expect(seen).toEqual(days(20, 2).map((bar) => bar.open));
  expect(shape).toEqual([
    [false, true],
    [true, true],
    [true, false],
  ]);
});

test("a cursor or page size that is none is refused with its field", async () => {
  const { series } = await store.merge(named("CURSOR"), barTableOf(days(1)), stored);
  for (const after of ["", "nonsense", "%%%"]) {
    await expect(store.bars(series!.version, { first: 5, after }, {})).rejects.toMatchObject({
      field: "after",
    });
  }
  for (const first of [-1, 1.5, Number.NaN, 1e9]) {
    await expect(store.list({ first })).rejects.toMatchObject({ field: "first" });
  }
});

test("series are listed by symbol and found by any part of symbol or name, signs included", async () => {
  for (const [symbol, name] of [
    ["LIST.B", "Second 100% list"],
    ["LIST.A", "First_list"],
    ["LIST.C", null],
  ] as const) {
    await store.merge({ ...named(symbol), name }, barTableOf(days(1)), stored);
  }
  const symbols = async (search: string, after?: string) =>
    (await store.list({ first: 2, after }, search)).items.map(({ node }) => node.symbol);
  expect(await symbols("list.")).toEqual(["LIST.A", "LIST.B"]);
  const page = await store.list({ first: 2 }, "list.");
  expect(page).toMatchObject({ totalCount: 3, hasNextPage: true, hasPreviousPage: false });
  const rest = await store.list({ first: 2, after: page.items[1]!.cursor }, "list.");
  expect(rest).toMatchObject({ totalCount: 3, hasNextPage: false, hasPreviousPage: true });
  expect(rest.items.map(({ node }) => node.symbol)).toEqual(["LIST.C"]);
  expect(await symbols("100%")).toEqual(["LIST.B"]);
  expect(await symbols("t_l")).toEqual(["LIST.A"]);
  expect(await symbols("\\")).toEqual([]);
  expect(await symbols("no such thing")).toEqual([]);
});

test("an id or symbol that is none finds nothing", async () => {
  expect(await store.findBySymbol("A\0B")).toBeNull();
  expect(await store.list({ first: 5 }, "A\0B")).toMatchObject({ items: [], totalCount: 0 });
  expect(await store.findById("1")).toBeNull();
  expect(await store.findById("01890000-0000-7000-8000-000000000000")).toBeNull();
  expect(await store.findMany(["'; DROP TABLE bar; --"])).toEqual([]);
});

test("100,000 more bars go in and come out whole", async () => {
  const minute = (index: number) => barOn(0, { time: firstDay + index * 60_000, close: index / 7 });
  const half = Array.from({ length: 100_000 }, (_, index) => minute(index));
  await store.merge(named("BIG"), barTableOf(half), stored);
  const more = barTableOf(
    half.map((bar, index) => ({ ...bar, time: bar.time + 100_000 * 60_000, close: index / 3 })),
  );
  const start = performance.now();
  const { series, ...counts } = await store.merge(named("BIG"), more, stored);
  const merged = performance.now();
  const table = await store.columns(series!.version);
  process.stderr.write(
    `  100,000 more bars: merged in ${Math.round(merged - start)} ms, all 200,000 read in ${Math.round(performance.now() - merged)} ms\n`,
  );
  expect(counts).toMatchObject({ added: 100_000, updated: 0, unchanged: 0 });
  expect(series!.barCount).toBe(200_000);
  expect(table.time.at(-1)).toBe(more.time.at(-1));
  expect(table.close.at(-1)).toBe(99_999 / 3);
});

test("chunks are stored as a thread made them, whose memory it gets back meanwhile", async () => {
  const rows = Array.from({ length: 100_000 }, (_, at) => {
    const price = 10 + (at % 200) / 100;
    return `${new Date(firstDay + at * 60_000).toISOString()},${price},12,9,${price}`;
  });
  const csv = `Date,Open,High,Low,Close\n${rows.join("\n")}`;
  const readers = readerThreads();
  let came = 0;
  let told = 0;
  await readers.read(csv, { timezone: "UTC" }, (file) => {
    const bars = file.barsFor(named("THREAD"));
    const weave: typeof bars.weave = (into, shelf) => {
      const store: StoreChunk = (chunk, whenStored) => {
        came++;
        return shelf.store!(chunk, () => {
          told++;
          whenStored?.();
        });
      };
      return bars.weave(into, { ...shelf, store });
    };
    return store.merge(named("THREAD"), { weave }, stored);
  });
  await readers.close();
  expect([came, told]).toEqual([25, 25]);
  const { rows: whole } = await connection.pool.query(
    `SELECT count(*)::int AS count FROM bar_chunk c JOIN price_series s ON s.id = c.series_id
     WHERE s.symbol = 'THREAD' AND hash = sha256(array_send(time) || array_send(open) || array_send(high)
       || array_send(low) || array_send(close) || array_send(adjusted_close) || array_send(volume))`,
  );
  expect(whole).toEqual([{ count: 25 }]);
});

test("the newest bars are read alone, and bars after a time are counted, across the borders of chunks", async () => {
  const table = barTableOf(days(4200));
  const { version } = (await store.merge(named("NEWEST"), table, stored)).series!;
  const newest = await store.columns(version, 4090);
  expect(Object.values(newest).map((column) => column.length)).toEqual(Array(7).fill(110));
  expect(newest.close).toEqual(table.close.slice(4090));
  expect((await store.columns(version, 4200)).time).toHaveLength(0);
  const after = (day: number, ms = 0) => store.countAfter(version, new Date(firstDay + day * dayMs + ms));
  expect(await Promise.all([after(4199), after(4095), after(4095, -1), after(0, -1), after(9999)])).toEqual([
    0, 104, 105, 4200, 0,
  ]);
});
