/** What holds for any price file: the order of rows is nothing, and what is written comes back. */
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { DateTime } from "luxon";
import { expect, test } from "vitest";
import { bytesInMemory } from "../../server/csv/byte-source.ts";
import { type CsvRow, delimiters } from "../../server/csv/grammar.ts";
import { readCsvBars } from "../../server/csv/read-bars.ts";
import { RowScanner } from "../../server/csv/row-scanner.ts";
import { zoneClock } from "../../server/csv/zone-clock.ts";
import { contentHashOf } from "../../server/domain/bar-chunks.ts";
import { type BarRow, barTableOf } from "../../server/domain/bar-table.ts";

const price = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const bar: fc.Arbitrary<BarRow> = fc
  .record({
    // 1900 to 2100, to the millisecond.
    time: fc.integer({ min: -2_208_988_800_000, max: 4_102_444_800_000 }),
    prices: fc.tuple(price, price, price, price),
    adjustedClose: fc.option(price, { nil: Number.NaN }),
    volume: fc.option(fc.nat(), { nil: Number.NaN }),
  })
  .map(({ prices, ...rest }) => {
    // 0 beside prices above it is none, and is tested elsewhere.
    const [open, close, ...range] = prices.map((it) => (it === 0 ? 1 : it)) as typeof prices;
    const all = [open, close, ...range];
    return { ...rest, open, close, low: Math.min(...all), high: Math.max(...all) };
  });
const bars = fc.uniqueArray(bar, { selector: ({ time }) => time, minLength: 1, maxLength: 40 });

const csvOf = (rows: readonly BarRow[], quote: string): string =>
  [
    ["Date", "Open", "High", "Low", "Close", "Adj Close", "Volume"],
    ...rows.map(({ time, open, high, low, close, adjustedClose, volume }) => {
      const rest = [adjustedClose, volume].map((value) => (Number.isNaN(value) ? "" : String(value)));
      return [new Date(time).toISOString(), open, high, low, close, ...rest];
    }),
  ]
    .map((cells) => cells.map((cell) => `${quote}${cell}${quote}`).join(","))
    .join("\r\n");

test("any order of rows, quoted or not, gives the bars that were written, and one hash", async () => {
  await fc.assert(
    fc.asyncProperty(
      bars.chain((rows) =>
        fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })),
      ),
      fc.constantFrom("", '"'),
      async ([rows, shuffled], quote) => {
        const read = await readCsvBars(csvOf(shuffled, quote), { timezone: "Asia/Tokyo" });
        expect(read.rowsRejected).toBe(0);
        expect(read.bars).toEqual(barTableOf(rows));
        expect(contentHashOf(read.bars)).toBe(contentHashOf(barTableOf(rows)));
      },
    ),
  );
});

test("20,000 rows in disorder are sorted as few are", async () => {
  const rows = Array.from({ length: 20_000 }, (_, at): BarRow => {
    const [open, close] = [at + 1, at + 2];
    const time = Date.UTC(2020, 0, 1) + at * 60_000;
    return { time, open, close, low: open, high: close, adjustedClose: Number.NaN, volume: at };
  });
  // 7919 is prime, so that every row comes once.
  const shuffled = rows.map((_, at) => rows[(at * 7919) % rows.length]!);
  const { bars, rowsRejected } = await readCsvBars(csvOf(shuffled, ""), { timezone: "UTC" });
  expect(rowsRejected).toBe(0);
  expect(bars).toEqual(barTableOf(rows));
});

test("one changed bit is another hash", () => {
  fc.assert(
    fc.property(bars, fc.nat(), fc.constantFrom("open", "close", "volume"), (rows, pick, field) => {
      const index = pick % rows.length;
      const changed = rows.map((row, at) =>
        at === index ? { ...row, [field]: otherThan(row[field]) } : row,
      );
      expect(contentHashOf(barTableOf(changed))).not.toBe(contentHashOf(barTableOf(rows)));
    }),
  );
});
const otherThan = (value: number) => (value === 1 ? 2 : 1);

test("any text with any options is read or refused with a reason, and no bar that cannot be comes out", async () => {
  const scraps = [
    ...[
      "Date,Open,High,Low,Close",
      "Date,",
      "Ticker,",
      "Price,Close,High",
      "code,name,",
      "2020-01-02",
      "02/01/20",
    ],
    ...[
      "13/02/2020",
      "1587686400000000",
      "45383",
      "2024-11-03 01:00",
      "00:00-05:00",
      "\n",
      ",",
      ";",
      "\t",
      '"',
    ],
    ...[
      "\r",
      "1.5",
      "0",
      "-3",
      "1,5",
      "1,29,450.00",
      "12",
      "\ufeff",
      "é",
      "日期",
      "2020-01-02,1,3,1,2\n",
      "{",
      "<html>",
    ],
  ];
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(fc.constantFrom(...scraps)).map((parts) => parts.join("")),
    fc.array(fc.constantFrom(...scraps)).map((parts) => `Date,Open,High,Low,Close,code\n${parts.join("")}`),
  );
  const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null, freq: 2 });
  const position = fc.integer({ min: -1, max: 7 });
  const options = fc.record({
    timezone: fc.constantFrom("UTC", "America/New_York", "Asia/Kolkata"),
    headerLine: maybe(position),
    instrument: maybe(fc.constantFrom("", "A", "2", "code")),
    dateFormat: maybe(
      fc.constantFrom("d/M/yyyy", "yyyy-MM-dd", "yy", "MMM d, yyyy h:mm a", "yyyyMMdd z", "'"),
    ),
    columns: maybe(
      fc.record({ close: fc.constantFrom("Open", "code", "x"), volume: fc.constantFrom("Low", null) }),
    ),
    columnPositions: maybe(
      fc.record({ time: position, open: position, high: position, low: position, close: position }),
    ),
  });
  await fc.assert(
    fc.asyncProperty(text, options, async (csv, given) => {
      const read = await readCsvBars(csv, given).catch((error: { code?: string; message: string }) => error);
      if (!("bars" in read)) {
        expect(read.code, read.message).toBe("BAD_USER_INPUT");
        return;
      }
      const { time, open, high, low, close } = read.bars;
      expect(time.length + read.rowsRejected).toBe(read.rowsRead);
      for (let at = 0; at < time.length; at++) {
        if (at > 0) expect(time[at]).toBeGreaterThan(time[at - 1]!);
        const tolerance = 1e-6 * Math.max(Math.abs(high[at]!), Math.abs(low[at]!));
        for (const price of [open[at]!, close[at]!]) {
          expect(price).toBeLessThanOrEqual(high[at]! + tolerance);
          expect(price).toBeGreaterThanOrEqual(low[at]! - tolerance);
        }
      }
    }),
    { numRuns: 1000 },
  );
});

test("cells are those that csv-parse finds, whatever is quoted, doubled, blank or spread over lines", async () => {
  const cell = fc.oneof(
    fc.string({ unit: fc.constantFrom(..."ab1.- é") }),
    fc.string({ unit: fc.constantFrom(...'ab1.- é,;|\n"') }).map((text) => `"${text.replaceAll('"', '""')}"`),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(cell, { minLength: 1 }), { minLength: 1 }),
      fc.constantFrom(...delimiters),
      async (table, by) => {
        const text = table
          .map((cells) => cells.map((it) => (it.startsWith('"') ? it : it.replaceAll(by, ""))).join(by))
          .join("\n");
        const expected: string[][] = parse(text, { ...likeOurs, delimiter: by });
        const scanner = new RowScanner(bytesInMemory(Buffer.from(text)), by);
        const rows: CsvRow[] = [];
        while (scanner.advance()) rows.push(scanner.toRow());
        expect(scanner.unreadable).toBeNull();
        expect(trimmed(rows.map(({ cells }) => cells))).toEqual(trimmed(expected));
      },
    ),
    { numRuns: 500 },
  );
});
const likeOurs = {
  ltrim: true,
  relax_column_count: true,
  relax_quotes: true,
  record_delimiter: "\n",
} as const;
const trimmed = (rows: readonly (readonly string[])[]) =>
  rows
    .map((cells) => cells.map((it) => it.trimStart()))
    .filter((cells) => cells.some((it) => it.trim() !== ""));

test("wall clocks become the instants that luxon gives, in zones of all kinds", () => {
  const zones = [
    "America/New_York",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "America/Sao_Paulo",
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.integer({ min: Date.UTC(1950, 0), max: Date.UTC(2050, 0) }),
      (zone, time) => {
        const local = DateTime.fromMillis(time, { zone });
        const { time: found, exists } = zoneClock(zone)(time + local.offset * 60_000);
        // Where clocks went back the same wall clock was shown twice, and the earlier time is found.
        const shown = DateTime.fromMillis(found, { zone }).toFormat("yyyy-MM-dd HH:mm:ss.SSS");
        expect({ exists, shown }).toEqual({ exists: true, shown: local.toFormat("yyyy-MM-dd HH:mm:ss.SSS") });
        expect(found).toBeLessThanOrEqual(time);
      },
    ),
    { numRuns: 1000 },
  );
});
