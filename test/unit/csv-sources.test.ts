/** Files as the common sources write them, each a few rows long. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { CsvOptions } from "../../server/csv/options.ts";
import { readCsvBars } from "../../server/csv/read-bars.ts";

const read = async (name: string, options: Partial<CsvOptions> = {}) => {
  const csv = await readFile(join(import.meta.dirname, "../fixtures/csv", name), "utf8");
  return readCsvBars(csv, { timezone: "UTC", ...options });
};
const at = (...iso: string[]) => Float64Array.from(iso, (time) => Date.parse(time));
const numbers = (...values: number[]) => Float64Array.from(values);

test("Yahoo: a byte order mark, CRLF, and holidays as rows of null", async () => {
  const { bars, problems, rowsRead, rowsRejected } = await read("yahoo.csv", {
    timezone: "America/New_York",
  });
  expect(bars).toEqual({
    time: at("2020-04-22T04:00Z", "2020-04-23T04:00Z", "2020-04-27T04:00Z"),
    open: numbers(68.402496, 68.967499, 70.449997),
    high: numbers(69.474998, 70.4375, 71.135002),
    low: numbers(68.050003, 68.717499, 69.987503),
    close: numbers(69.025002, 68.7575, 70.792503),
    adjustedClose: numbers(67.213417, 66.952934, 68.934525),
    volume: numbers(116862400, 124814400, 117087600),
  });
  expect({ rowsRead, rowsRejected }).toEqual({ rowsRead: 4, rowsRejected: 1 });
  expect(problems).toEqual([{ line: 4, column: "Open", message: 'the value is missing: "null"' }]);
});

test("Stooq in English and in Polish", async () => {
  const english = await read("stooq.csv", { timezone: "America/New_York" });
  expect(english.bars).toMatchObject({
    open: numbers(68.4025, 68.9675),
    volume: numbers(116862400, 124814400),
  });
  const polish = await read("stooq-polish.csv", { timezone: "Europe/Warsaw" });
  expect(polish.bars).toMatchObject({
    time: at("2020-04-21T22:00Z", "2020-04-22T22:00Z"),
    open: numbers(1616.92, 1610.06),
    high: numbers(1630.01, 1640.79),
    low: numbers(1601.45, 1610.06),
    close: numbers(1604.55, 1636.35),
    volume: numbers(38401223, 42010177),
  });
});

test("Stooq's bulk files: date and time of day apart, both in digits alone", async () => {
  const { bars } = await read("stooq-bulk.csv", { timezone: "America/New_York" });
  expect(bars).toMatchObject({
    time: at("2020-04-24T19:55Z", "2020-04-24T20:00Z"),
    close: numbers(69.28, 69.35),
    volume: numbers(210342, 198004),
  });
});

test("tushare: an index column without a name, and dates in digits, the newest first", async () => {
  const plain = await read("tushare.csv", { timezone: "Asia/Shanghai" });
  const pro = await read("tushare-pro.csv", { timezone: "Asia/Shanghai" });
  const prices = {
    time: at("2020-04-22T16:00Z", "2020-04-23T16:00Z"),
    open: numbers(1255, 1248),
    high: numbers(1265.68, 1259.89),
    low: numbers(1247.77, 1235.18),
    close: numbers(1252.26, 1250.56),
  };
  expect(plain.bars).toMatchObject({ ...prices, volume: numbers(26132, 19123) });
  expect(pro.bars).toMatchObject({ ...prices, volume: numbers(26131.75, 19122.52) });
});

test("AkShare's Chinese headers: the volume is taken, not the amount", async () => {
  const { bars } = await read("akshare.csv", { timezone: "Asia/Shanghai" });
  expect(bars).toMatchObject({
    open: numbers(1255, 1248),
    high: numbers(1265.68, 1259.89),
    low: numbers(1247.77, 1235.18),
    close: numbers(1252.26, 1250.56),
    volume: numbers(26132, 19123),
  });
});

test("Investing.com: quoted thousands, short volumes, and d/m/y once it is named", async () => {
  const { bars, rowsRejected } = await read("investing.csv", { dateFormat: "d/M/yyyy" });
  expect(rowsRejected).toBe(0);
  expect(bars).toEqual({
    time: at("2020-02-03", "2020-03-05", "2020-04-24"),
    open: numbers(985, 1150, 1248),
    high: numbers(1010.68, 1182.2, 1259.89),
    low: numbers(980, 1141.81, 1235.18),
    close: numbers(1003.92, 1178, 1250.56),
    adjustedClose: numbers(Number.NaN, Number.NaN, Number.NaN),
    volume: numbers(Number.NaN, 45_600, 1_910_000),
  });
});

test("Investing.com: a day above 12 settles the order of all dates, and the report says so", async () => {
  const { bars, warnings } = await read("investing.csv");
  expect(bars.time).toEqual(at("2020-02-03", "2020-03-05", "2020-04-24"));
  expect(warnings[0]).toMatch(/day first, because "24\/04\/2020" in line 2 can be nothing else/);
});

test("Nasdaq: dollars, and the month first once it is named", async () => {
  const { bars } = await read("nasdaq.csv", { dateFormat: "M/d/yyyy" });
  expect(bars).toMatchObject({ time: at("2020-04-24"), close: numbers(70.74), high: numbers(70.7525) });
});

test("Alpha Vantage and Binance: their own names, Unix milliseconds", async () => {
  expect((await read("alpha-vantage.csv")).bars).toMatchObject({ adjustedClose: numbers(69.0302) });
  const { bars, usedTimezone } = await read("binance.csv", { timezone: "America/New_York" });
  expect(bars.time).toEqual(at("2020-04-24", "2020-04-25"));
  expect(usedTimezone).toBe(false);
});

test("pandas: an index of dates without a name, and offsets that need no time zone", async () => {
  const { bars, usedTimezone } = await read("pandas.csv", { timezone: "Asia/Tokyo" });
  expect(bars.time).toEqual(at("2020-04-23T04:00Z", "2020-04-24T04:00Z"));
  expect(usedTimezone).toBe(false);
});

test("yfinance: three header rows are one header, and the date column has the name of any of them", async () => {
  for (const columns of [{}, { time: "Price" }, { time: "Date" }]) {
    const { bars, rowsRead, problems } = await read("yfinance.csv", { columns });
    expect(bars.close).toEqual(numbers(66.95, 68.88));
    expect({ rowsRead, problems }).toEqual({ rowsRead: 2, problems: [] });
  }
});

test("a German file: semicolons, decimal commas and dates with dots, everything named", async () => {
  const columns = {
    time: "Datum",
    open: "Eröffnung",
    high: "hoch",
    low: "TIEF",
    close: "Schluss",
    volume: "Stücke",
  };
  const { bars } = await read("german.csv", { timezone: "Europe/Berlin", columns, dateFormat: "dd.MM.yyyy" });
  expect(bars).toMatchObject({
    time: at("2020-04-22T22:00Z", "2020-04-23T22:00Z"),
    open: numbers(10404.81, 10318.12),
    close: numbers(10513.79, 10336.09),
    volume: numbers(98113400, 81204551),
  });
});

test("the sample that comes with Gatecast is read whole", async () => {
  const { bars, rowsRejected } = await read("../../../prisma/sample-data/sp500-2000.csv", {
    timezone: "America/New_York",
  });
  expect({ bars: bars.time.length, rowsRejected }).toEqual({ bars: 5105, rowsRejected: 0 });
});
