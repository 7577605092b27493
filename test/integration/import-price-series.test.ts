/** Importing price files end to end: text in, series in PostgreSQL out. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readCsvHere } from "../../server/csv/read-file.ts";
import { connectDatabase, type Database } from "../../server/db/client.ts";
import { priceSeriesStore } from "../../server/db/price-series-store.ts";
import { sliceBars } from "../../server/domain/bar-table.ts";
import type { PriceSeriesStore } from "../../server/ports/series.ts";
import { chartBars } from "../../server/services/chart-bars.ts";
import { importPriceSeries } from "../../server/services/import-price-series.ts";
import { importSampleSeries } from "../../server/services/import-sample-series.ts";
import type { Services } from "../../server/services/services.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";

let database: TestDatabase;
let connection: Database;
let store: PriceSeriesStore;
let importCsv: Services["importPriceSeries"];
let chart: Services["chartBars"];

beforeAll(async () => {
  database = await createTestDatabase();
  connection = connectDatabase(database.url);
  store = priceSeriesStore(connection);
  importCsv = importPriceSeries({ priceSeries: store, readCsv: readCsvHere });
  chart = chartBars({ priceSeries: store });
});
afterAll(async () => {
  await connection?.close();
  await database?.drop();
});

const readSampleFile = () =>
  readFile(join(import.meta.dirname, "../../prisma/sample-data/sp500-2000.csv"), "utf8");

const header = "Date,Open,High,Low,Close,Volume";
const rows = (...days: string[]) => [header, ...days.map((day) => `${day},10,12,9,11,100`)].join("\n");

// First in the file: it needs an installation without any series.
test("a fresh installation gets the S&P 500, once, and not when it has data of its own", async () => {
  const importSample = importSampleSeries({ priceSeries: store, readSampleFile });
  const sample = await importSample();
  expect(sample).toMatchObject({
    symbol: "SPX",
    name: "S&P 500",
    currency: "USD",
    timezone: "America/New_York",
    barCount: 5105,
    firstTime: new Date("2000-01-03T05:00:00Z"),
    lastTime: new Date("2020-04-17T04:00:00Z"),
  });
  expect(await importSample()).toBeNull();
  expect((await store.list({ first: 10 })).totalCount).toBe(1);
});

test("a gap in a file that its series has bars in is none, planned or stored; one that stays is told", async () => {
  const days = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, i) =>
      new Date(Date.UTC(2020, 0, 1 + from + i)).toISOString().slice(0, 10),
    );
  const walk = (list: readonly string[]) =>
    [header, ...list.map((day, i) => `${day},10,12,9,${(11 + Math.sin(i) / 2).toFixed(3)},100`)].join("\n");
  const holed = walk([...days(0, 60), ...days(110, 160)]);
  const told = async (symbol: string, csv: string, dryRun: boolean) => {
    const { report } = await importCsv({ symbol, csv, timezone: "America/New_York", dryRun });
    return report.warnings.filter((it) => it.includes("there is no bar"));
  };
  const gap = "there is no bar for 51 days, from 2020-02-29 to 2020-04-20";
  expect(await told("HOLED", holed, false)).toEqual([gap]);
  expect(await told("HOLED", holed, true)).toEqual([gap]);
  expect(await told("FULL", walk(days(0, 200)), false)).toEqual([]);
  expect(await told("FULL", holed, true)).toEqual([]);
  expect(await told("FULL", holed, false)).toEqual([]);
  expect(await told("PART", walk(days(0, 80)), false)).toEqual([]);
  expect(await told("PART", holed, true)).toEqual([
    "there is no bar for 31 days, from 2020-03-20 to 2020-04-20",
  ]);
});

test("a file with bad rows stores the good ones; repeated, it changes nothing", async () => {
  const request = {
    symbol: " ACME ",
    currency: "usd",
    csv: `${rows("2020-01-02", "2020-01-03")}\n2020-01-06,x,1,1,1,1`,
  };
  const first = await importCsv(request);
  expect(first.report).toEqual({
    rowsRead: 3,
    rowsAdded: 2,
    rowsUpdated: 0,
    rowsUnchanged: 0,
    rowsRejected: 1,
    problems: [{ line: 4, column: "Open", message: '"x" is not a number' }],
    columns: ["time", "open", "high", "low", "close", "volume"].map((field, at) => ({
      column: header.split(",")[at],
      field,
    })),
    warnings: ["dates without a zone are read as UTC, because no timezone is named"],
    review: expect.objectContaining({ changedBars: [], jumps: [], jumpCount: 0 }),
  });
  expect(first.series).toMatchObject({ symbol: "ACME", currency: "USD", timezone: "UTC", barCount: 2 });
  const again = await importCsv(request);
  expect(again.series).toEqual(first.series);
  expect(again.report).toMatchObject({ rowsAdded: 0, rowsUpdated: 0, rowsUnchanged: 2, rowsRejected: 1 });
});

test("a file with no usable row stores nothing, not even the series", async () => {
  await expect(importCsv({ symbol: "NONE", csv: `${header}\nx,y` })).rejects.toMatchObject({ field: "csv" });
  expect(await store.findBySymbol("NONE")).toBeNull();
});

test("a dry run reports what the import then does", async () => {
  await importCsv({ symbol: "PLAN", csv: rows("2020-01-02", "2020-01-03") });
  const csv = `${rows("2020-01-03", "2020-01-06")}\n2020-01-02,10,13,9,11,100`;
  const planned = await importCsv({ symbol: "PLAN", csv, dryRun: true });
  expect(planned.report).toMatchObject({ rowsAdded: 1, rowsUpdated: 1, rowsUnchanged: 1 });
  expect((await store.findBySymbol("PLAN"))?.barCount).toBe(2);
  expect((await importCsv({ symbol: "PLAN", csv })).report).toEqual(planned.report);
});

test("a series stays in its time zone: another is refused, none or one in the file is fine", async () => {
  const tokyo = { symbol: "ZONE", timezone: "Asia/Tokyo" };
  await importCsv({ ...tokyo, csv: rows("2020-01-06") });
  await expect(importCsv({ ...tokyo, timezone: "UTC", csv: rows("2020-01-06") })).rejects.toMatchObject({
    field: "timezone",
    message: 'ZONE keeps its dates in Asia/Tokyo, and this import says UTC: set timezone to "Asia/Tokyo"',
  });
  const untold = await importCsv({ symbol: "ZONE", csv: rows("2020-01-06") });
  expect(untold.report).toMatchObject({ rowsAdded: 0, rowsUnchanged: 1 });
  const zoned = await importCsv({ ...tokyo, timezone: "UTC", csv: rows("2020-01-07T00:00+09:00") });
  expect(zoned.series).toMatchObject({ timezone: "Asia/Tokyo", lastTime: new Date("2020-01-06T15:00:00Z") });
});

test("two imports of a new series at once both succeed, and count each bar once", async () => {
  const days = Array.from({ length: 28 }, (_, day) => `2020-02-${String(day + 1).padStart(2, "0")}`);
  const halves = [days.slice(0, 20), days.slice(10)];
  const reports = await Promise.all(halves.map((half) => importCsv({ symbol: "TWINS", csv: rows(...half) })));
  expect(reports.reduce((sum, { report }) => sum + report.rowsAdded, 0)).toBe(28);
  expect(reports.reduce((sum, { report }) => sum + report.rowsUnchanged, 0)).toBe(10);
  expect((await store.findBySymbol("TWINS"))?.barCount).toBe(28);
});

test.each([
  [{ symbol: "" }, "symbol"],
  [{ symbol: "A\nB" }, "symbol"],
  [{ symbol: "<b>" }, "symbol"],
  [{ symbol: "X".repeat(65) }, "symbol"],
  [{ name: "x".repeat(201) }, "name"],
  [{ currency: "dollars" }, "currency"],
  [{ timezone: "Mars/Olympus" }, "timezone"],
  [{ timezone: "" }, "timezone"],
  [{ columns: { open: "Nope" } }, "columns.open"],
  [{ dateFormat: "dd" }, "dateFormat"],
])("a request that makes no sense is refused by its field: %j", async (wrong, field) => {
  const request = { symbol: "WRONG", csv: rows("2020-01-02"), ...wrong };
  await expect(importCsv(request)).rejects.toMatchObject({ code: "BAD_USER_INPUT", field });
  expect(await store.findBySymbol(request.symbol.replaceAll("\0", ""))).toBeNull();
});

test("another 100,000 rows are imported, and the chart of them all loses no extreme", async () => {
  const minute = (index: number) => new Date(Date.UTC(2020, 0, 1) + index * 60_000).toISOString();
  const close = (index: number) =>
    index === 123_456 ? 9999 : 100 + Math.round(Math.sin(index / 500) * 5000) / 100;
  const lines = (from: number) =>
    Array.from(
      { length: 100_000 },
      (_, row) => `${minute(from + row)},100,10000,1,${close(from + row)},${row}`,
    );
  await importCsv({ symbol: "MINUTES", csv: [header, ...lines(0)].join("\n") });
  const start = performance.now();
  const { series, report } = await importCsv({
    symbol: "MINUTES",
    csv: [header, ...lines(100_000)].join("\n"),
  });
  process.stderr.write(`  another 100,000 rows imported in ${Math.round(performance.now() - start)} ms\n`);
  expect(report).toMatchObject({ rowsRead: 100_000, rowsAdded: 100_000, rowsRejected: 0 });
  expect(series?.barCount).toBe(200_000);
  const shown = await chart(series!.version, {}, 500);
  expect(shown.time.length).toBeLessThanOrEqual(500);
  expect(Math.max(...shown.close)).toBe(9999);
  expect(new Date(shown.time.at(-1)!).toISOString()).toBe(minute(199_999));
});

test("a chart of a range shows every bar of it when there is room, and refuses what is no chart", async () => {
  const sample = await store.findBySymbol("SPX");
  const range = { from: new Date("2020-03-01"), to: new Date("2020-03-31T23:59:59Z") };
  const march = await chart(sample!.version, range, 1000);
  const all = await store.columns(sample!.version);
  const place = (date: Date) => all.time.findIndex((time) => time >= date.getTime());
  expect(march).toEqual(sliceBars(all, place(range.from), place(range.to)));
  expect(march.time.length).toBe(22);
  await expect(chart(sample!.version, {}, 1)).rejects.toMatchObject({ field: "maxPoints" });
  await expect(chart(sample!.version, {}, 2.5)).rejects.toMatchObject({ field: "maxPoints" });
  await expect(chart(sample!.version, { from: range.to, to: range.from }, 10)).rejects.toMatchObject({
    field: "from",
  });
});

const caseOf = (file: string) => readFile(join(import.meta.dirname, "../fixtures/cases", file), "utf8");
const daysOf = async (symbol: string) => {
  const series = await store.findBySymbol(symbol);
  const { time } = await store.columns(series!.version);
  return [...time].map((it) => new Date(it).toISOString());
};
const midnights = (...days: string[]) => days.map((day) => `${day}T00:00:00.000Z`);

describe("one trading day is one bar", () => {
  const week = midnights("2024-03-07", "2024-03-08", "2024-03-11", "2024-03-12", "2024-03-13");

  test.each([
    ["offsets first", ["daily-with-offsets-dividends-splits.csv", "daily-next-week-plain-dates.csv"]],
    ["plain dates first", ["daily-next-week-plain-dates.csv", "daily-with-offsets-dividends-splits.csv"]],
  ])("of midnights with an offset and plain dates, %s", async (order, files) => {
    const symbol = `DAYS-${order.slice(0, 3)}`;
    for (const file of files) await importCsv({ symbol, csv: await caseOf(file) });
    expect(await daysOf(symbol)).toEqual(week);
    const again = await importCsv({ symbol, csv: await caseOf(files[0]!) });
    expect(again.report).toMatchObject({ rowsAdded: 0, rowsRejected: 0 });
  });

  test.each([
    ["midnights with offsets", "2024-03-08 00:00:00-05:00", "2024-03-11 00:00:00-04:00"],
    ["the close, in local time", "2024-03-08 16:00", "2024-03-11 16:00"],
    ["the close, with offsets", "2024-03-08T16:00:00-05:00", "2024-03-11T16:00:00-04:00"],
    ["the open in UTC", "2024-03-08T14:30:00Z", "2024-03-11T13:30:00Z"],
    ["Unix seconds of the open", "1709908200", "1710163800"],
    ["midnights of New York in UTC", "2024-03-08 05:00:00+00:00", "2024-03-11 04:00:00+00:00"],
    ["midnights in UTC, as crypto exchanges have days", "2024-03-08T00:00:00Z", "2024-03-11T00:00:00Z"],
    ["a live quote as the last row", "2024-03-08", "2024-03-11 15:42:07"],
  ])("stamped as %s, in a series of New York", async (stamp, first, second) => {
    const symbol = `NY-${stamp.length}-${first.length}`;
    await importCsv({ symbol, timezone: "America/New_York", csv: rows("2024-03-07", "2024-03-08") });
    const { report } = await importCsv({ symbol, csv: rows(first, second) });
    expect(report).toMatchObject({ rowsAdded: 1, rowsUnchanged: 1, rowsRejected: 0 });
    expect(await daysOf(symbol)).toEqual([
      "2024-03-07T05:00:00.000Z",
      "2024-03-08T05:00:00.000Z",
      "2024-03-11T04:00:00.000Z",
    ]);
  });

  test("a single row of a day that is known changes it, however it is stamped", async () => {
    await importCsv({ symbol: "ONE", csv: rows("2024-03-07", "2024-03-08") });
    const { report } = await importCsv({ symbol: "ONE", csv: rows("2024-03-08 00:00:00-05:00") });
    expect(report).toMatchObject({ rowsAdded: 0, rowsUnchanged: 1 });
  });

  test("the second row of a day is told, and not stored", async () => {
    const csv = rows("2024-03-07", "2024-03-08", "2024-03-11", "2024-03-12", "2024-03-13", "2024-03-14");
    const all = [csv, ...Array.from({ length: 15 }, (_, day) => `2024-04-${day + 10},10,12,9,11,100`)];
    const { report } = await importCsv({
      symbol: "TWICE",
      csv: [...all, "2024-03-14 00:00:00-04:00,10,12,9,11,100"].join("\n"),
    });
    expect(report).toMatchObject({ rowsAdded: 21, rowsRejected: 1 });
    expect(report.problems[0]?.message).toBe("2024-03-14 is the day of line 7 already");
  });

  test("hours are not added to days, and days not to hours", async () => {
    const hours = rows("2024-03-07 10:00", "2024-03-07 11:00", "2024-03-08 10:00");
    await importCsv({ symbol: "DAILY", csv: rows("2024-03-07", "2024-03-08", "2024-03-11") });
    await expect(importCsv({ symbol: "DAILY", csv: hours })).rejects.toMatchObject({
      field: "csv",
      message: "DAILY has one bar a day, and this file has several: import it under another symbol",
    });
    await importCsv({ symbol: "HOURLY", csv: hours });
    await expect(importCsv({ symbol: "HOURLY", csv: rows("2024-03-07") })).rejects.toThrow(
      "HOURLY has several bars a day, and this file has one",
    );
    expect((await importCsv({ symbol: "HOURLY", csv: rows("2024-03-08 11:00") })).series?.barCount).toBe(4);
    expect((await store.findBySymbol("DAILY"))?.barCount).toBe(3);
    await expect(importCsv({ symbol: "NEVER", csv: `${header}\nx` })).rejects.toThrow();
  });

  test("where the days of a series cannot be told, an import of another stamping is refused", async () => {
    // Midnights of Tokyo as an earlier version stored them, in a series of UTC.
    const time = Float64Array.of(Date.UTC(2024, 2, 6, 15), Date.UTC(2024, 2, 7, 15));
    const one = Float64Array.of(1, 1);
    const bars = { time, open: one, high: one, low: one, close: one, adjustedClose: one, volume: one };
    await store.merge({ symbol: "OLD", name: null, currency: null, timezone: "UTC" }, bars, {
      dryRun: false,
    });
    await expect(importCsv({ symbol: "OLD", csv: rows("2024-03-08", "2024-03-11") })).rejects.toThrow(
      /which day each bar is of cannot be told: OLD is kept in UTC with its days at 15:00/,
    );
    const alike = await importCsv({
      symbol: "OLD",
      csv: rows("2024-03-08 00:00:00+09:00", "2024-03-11 00:00:00+09:00"),
    });
    expect(alike.report).toMatchObject({ rowsAdded: 1, rowsUpdated: 1 });
  });
});

test("a series gets the bars of one instrument, or none", async () => {
  const csv = await caseOf("several-tickers-in-one-file.csv");
  await expect(importCsv({ symbol: "MIXED", csv })).rejects.toMatchObject({ field: "instrument" });
  expect(await store.findBySymbol("MIXED")).toBeNull();
  const { report, series } = await importCsv({ symbol: "MIXED", csv, instrument: "AAX" });
  expect(series?.barCount).toBe(3);
  expect(report.columns).toContainEqual({ column: "Name", field: "instrument" });
});

// The series of the original recipe is not ours to give away; it lies beside the project where it is developed.
const moutai = join(import.meta.dirname, "../../../shared/data/SH600519.csv");
describe.skipIf(!existsSync(moutai))("SH600519.csv (skipped where it does not lie in ../shared/data)", () => {
  test("is imported whole, in the order of time, with its index column passed over", async () => {
    const csv = await readFile(moutai, "utf8");
    const { series, report } = await importCsv({ symbol: "SH600519", timezone: "Asia/Shanghai", csv });
    expect(report).toMatchObject({ rowsRead: 2426, rowsAdded: 2426, rowsRejected: 0, problems: [] });
    expect(series).toMatchObject({
      barCount: 2426,
      firstTime: new Date("2010-04-25T16:00:00Z"),
      lastTime: new Date("2020-04-23T16:00:00Z"),
    });
    const { open, close, high, low, volume } = await store.columns(series!.version);
    expect([open[0], close[0], high[0], low[0], volume[0]]).toEqual([
      10.801, 9.246, 11.237, 9.223, 107036.13,
    ]);
  });
});
