/** Bad rows, bad files and bad requests: each told with its line or field, the good rows kept. */
import { expect, test } from "vitest";
import type { CsvOptions } from "../../server/csv/options.ts";
import { maxProblems } from "../../server/csv/problems.ts";
import { readCsvBars } from "../../server/csv/read-bars.ts";

const header = "Date,Open,High,Low,Close,Volume";
const good = "2020-01-02,10,12,9,11,100";
const read = (lines: readonly string[], options: Partial<CsvOptions> = {}) =>
  readCsvBars([header, ...lines].join("\n"), { timezone: "UTC", ...options });
const problemOf = async (row: string, options?: Partial<CsvOptions>) => {
  const { problems, bars } = await read([good, row], options);
  expect(bars.time.length).toBe(1);
  expect(problems.map(({ line }) => line)).toEqual([3]);
  return `${problems[0]?.column}: ${problems[0]?.message}`;
};

test.each([
  ["2020-01-03,,12,9,11,100", "Open: the value is missing"],
  ["2020-01-03,10,-,9,11,100", 'High: the value is missing: "-"'],
  ["2020-01-03,10,12,NaN,11,100", 'Low: the value is missing: "NaN"'],
  ["2020-01-03,10,12,9,abc,100", 'Close: "abc" is not a number'],
  ["2020-01-03,10,12,9,0x10,100", 'Close: "0x10" is not a number'],
  ["2020-01-03,10,inf,9,11,100", 'High: "inf" is not a finite number'],
  ["2020-01-03,10,1e999,9,11,100", 'High: "1e999" is not a finite number'],
  [`2020-01-03,10,${"9".repeat(400)},9,11,100`, `High: "${"9".repeat(40)}..." is not a number`],
  ["2020-01-03,10,8,9,11,100", "High: the high 8 is below the low 9"],
  ["2020-01-03,10,12,9,11,-1", "Volume: the volume -1 is negative"],
  ["2020-01-03,10,12,9,11,many", 'Volume: "many" is not a number'],
  [",10,12,9,11,100", "Date: the date is missing"],
  [
    "yesterday,10,12,9,11,100",
    'Date: "yesterday" is not a date that can be read: write it as 2020-04-24, or name the form of the dates',
  ],
  ["2020-02-30,10,12,9,11,100", 'Date: "2020-02-30" is not a day of the calendar'],
  ["2020-01-03 25:00,10,12,9,11,100", 'Date: "2020-01-03 25:00" has a time of day that no clock shows'],
  ["0001-01-03,10,12,9,11,100", 'Date: "0001-01-03" is outside the years 1500 to 2199'],
  ["9999-12-31,10,12,9,11,100", 'Date: "9999-12-31" is outside the years 1500 to 2199'],
  ["2020-01-02,10,12,9,11,100", 'Date: "2020-01-02" is the time of line 2 already'],
  ["2020/1/2,1,1,1,1,1", 'Date: "2020/1/2" is the time of line 2 already'],
  ["2020-01-03,10,12,9", "null: the row has 4 cells where the header has 6: is it cut off?"],
  [
    "2020-01-03,1,010,12,9,11,100",
    "null: the row has 7 cells where the header has 6: a value that contains the delimiter must be quoted",
  ],
  [
    '"2020-01-03,10,12,9,11,100',
    "null: a quote that opens here is never closed, and nothing after it could be read",
  ],
])("a bad row is named with its reason, and the good one stored: %s", async (row, message) => {
  expect(await problemOf(row)).toBe(message);
});

test("prices below zero are prices: adjusted series and oil had them", async () => {
  const { bars } = await read(["2020-04-20,17.73,17.85,-40.32,-37.63,247947"]);
  expect([bars.low[0], bars.close[0]]).toEqual([-40.32, -37.63]);
});

test("a volume that is not known costs no row", async () => {
  const { bars, rowsRejected } = await read(["2020-01-02,10,12,9,11,", "2020-01-03,10,12,9,11,N/A"]);
  expect(rowsRejected).toBe(0);
  expect([...bars.volume]).toEqual([Number.NaN, Number.NaN]);
});

test("lines are counted as an editor counts them: blank ones, CRLF, and cells of several lines", async () => {
  const csv = `\ufeff\r\n"Date","Open","High","Low","Close","Note"\r\n\r\n2020-01-02,1,1,1,1,"two\r\nlines"\r\n,,,,,\r\n2020-01-03,x,1,1,1,\r\n`;
  const { problems, rowsRead, bars } = await readCsvBars(csv, { timezone: "UTC" });
  expect(problems).toEqual([{ line: 7, column: "Open", message: '"x" is not a number' }]);
  expect({ rowsRead, bars: bars.time.length }).toEqual({ rowsRead: 2, bars: 1 });
});

test("a stray quote spoils no other row", async () => {
  const { problems, bars } = await read(['2020-01-03,1"0,12,9,11,100', '"2020"-01-04,10,12,9,11,100', good]);
  expect(problems.map(({ line }) => line)).toEqual([2, 3]);
  expect(bars.time.length).toBe(1);
});

test("delimiters at the end of a row, spaces around cells and old Mac line ends do no harm", async () => {
  const csv = `${header}\r2020-01-02 , 10 ,\t12,9, "11" ,100,,\r2020-01-03, "10", 12,9,11,100\r`;
  const { bars, rowsRejected } = await readCsvBars(csv, { timezone: "UTC" });
  expect(rowsRejected).toBe(0);
  expect([...bars.open]).toEqual([10, 10]);
  const tabs = await readCsvBars(`${header}\n${good}`.replaceAll(",", "\t"), { timezone: "UTC" });
  expect([...tabs.bars.close]).toEqual([11]);
});

test("a file with no usable row is an error that tells the first problems", async () => {
  await expect(read(["x,1,1,1,1,1", "2020-01-03,x,1,1,1,1"])).rejects.toMatchObject({
    code: "BAD_USER_INPUT",
    field: "csv",
    message: expect.stringMatching(
      /^none of the 2 rows can be used. line 2, Date: "x" is not .*; line 3, Open: "x"/,
    ),
  });
});

test.each([
  ["", "csv is empty"],
  ["\ufeff\n \n\t\n", "csv is empty"],
  ['"Date,Open\n1,2', "csv has no header: a quote that opens"],
  [header, "csv has a header and no rows"],
  ["PNG\0\0\u0001", "csv is not text"],
  ["\ufffd\ufffd,\ufffd\n1,2", "the header has no column for time, open, high, low, close"],
  [`${"x".repeat(20_000)}\n1`, "line 1 has 20000 characters"],
  [`${",".repeat(5_000)}Date\n1`, "the first row is no header"],
  ["2020-01-02,1,1,1,1\n2020-01-03,1,1,1,1", "the first row must be a header, and it looks like data"],
  [
    "Date,Open,Close\n2020-01-02,1,1",
    'the header has no column for high, low: it has "Date", "Open", "Close"',
  ],
  [
    "Date,Open,High,Low,Close,close\n2020-01-02,1,1,1,1,1",
    'the header has 2 columns for close: "Close" (column 5)',
  ],
])("a file that is no price file is refused and nothing of it read: %j", async (csv, message) => {
  const refusal = readCsvBars(csv, { timezone: "UTC" });
  await expect(refusal).rejects.toMatchObject({ code: "BAD_USER_INPUT", field: "csv" });
  await expect(refusal).rejects.toThrow(message);
});

test("too many rows are refused before any is read, with the way out", async () => {
  await expect(readCsvBars(`${header}${"\n".repeat(1_000_002)}`, { timezone: "UTC" })).rejects.toMatchObject({
    code: "LIMIT_EXCEEDED",
    message: "csv may have 1000000 rows, got 1000001: import it in parts, each with the header row",
  });
});

test("rejected rows are all counted, and the first thousand told", async () => {
  const { problems, rowsRejected } = await read([good, ...Array.from({ length: 1500 }, () => "x,1,1,1,1,1")]);
  expect(rowsRejected).toBe(1500);
  expect(problems.length).toBe(maxProblems);
  expect(problems.at(-1)?.line).toBe(maxProblems + 2);
});

test("columns are named by the caller, also one for all of four", async () => {
  const csv = "when,value,__proto__,constructor\n2020-01-02,5,6,7\n2020-01-03,6,7,8";
  const all = { open: "value", high: "value", low: "value", close: "value" };
  const { bars } = await readCsvBars(csv, { timezone: "UTC", columns: { time: "when", ...all } });
  expect([bars.open, bars.high, bars.low, bars.close].map(([first]) => first)).toEqual([5, 5, 5, 5]);
  const odd = { ...all, time: "when", volume: "__proto__", high: "constructor" };
  expect((await readCsvBars(csv, { timezone: "UTC", columns: odd })).bars).toMatchObject({
    high: Float64Array.of(7, 8),
    volume: Float64Array.of(6, 7),
  });
});

test.each([
  [{ columns: { close: "Last" } }, "columns.close", 'the header has no column "Last": it has "Date", "Open"'],
  [
    { columns: { volume: " " } },
    "columns.volume",
    "columns.volume must name a column of the header, got nothing",
  ],
  [{ timezone: "New York" }, "timezone", 'timezone must be an IANA zone such as "America/New_York" or "UTC"'],
  [{ timezone: "" }, "timezone", "timezone must be an IANA zone"],
  [
    { dateFormat: "d/M" },
    "dateFormat",
    'the form of the dates must be a Luxon pattern with year, month and day such as "d/M/yyyy"',
  ],
  [{ dateFormat: "" }, "dateFormat", "the form of the dates must be a Luxon pattern"],
  [{ dateFormat: "yyyy-MM-dd'".repeat(9) }, "dateFormat", "the form of the dates must be a Luxon pattern"],
])("a wrong option is refused by its field: %j", async (options, field, message) => {
  const refusal = read([good], options);
  await expect(refusal).rejects.toMatchObject({ code: "BAD_USER_INPUT", field });
  await expect(refusal).rejects.toThrow(message);
});
