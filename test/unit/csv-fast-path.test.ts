/** The fast path over bytes says what the careful one says of the same text, to the last bit and the last word. */
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ByteSource, bytesInMemory } from "../../server/csv/byte-source.ts";
import { PlainNumber, PlainTime } from "../../server/csv/fast-cells.ts";
import type { CsvOptions } from "../../server/csv/options.ts";
import { readBars } from "../../server/csv/read-bars.ts";
import { concatBars, mapColumns } from "../../server/domain/bar-table.ts";

let folder: string;
let scratchFile: number;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "gatecast-scratch-"));
  scratchFile = openSync(join(folder, "rows"), "wx+");
});
afterAll(() => {
  closeSync(scratchFile);
  rmSync(folder, { recursive: true });
});

const fixtures = join(import.meta.dirname, "../fixtures");
const files = ["csv", "cases"].flatMap((folder) =>
  readdirSync(join(fixtures, folder))
    .filter((file) => /\.(csv|txt|tsv)$/.test(file))
    .map((file) => join(fixtures, folder, file)),
);

/** A file that gives a few bytes at a time, so that every window ends in the middle of something. */
const trickling = (whole: Buffer, most: number): ByteSource => ({
  size: whole.length,
  whole: null,
  read: (into, to, from) => {
    const part = whole.subarray(from, Math.min(from + most, from + into.length - to));
    into.set(part, to);
    return part.length;
  },
});

function outcome(source: ByteSource, options: CsvOptions): unknown {
  try {
    const { report, stamping, pieces, dated } = readBars(source, options);
    const bars = concatBars(Array.from(pieces(), (piece) => mapColumns((column) => piece[column])));
    return { report, stamping, dated, bars };
  } catch (error) {
    const { message, code, field, choices } = error as Error & Record<string, unknown>;
    return { message, code, field, choices };
  }
}

function expectOneMeaning(text: string, options: CsvOptions, most: number): void {
  const bytes = Buffer.from(text);
  const careful = outcome(bytesInMemory(bytes), { ...options, isCareful: true });
  expect(outcome(bytesInMemory(bytes), options)).toEqual(careful);
  expect(outcome(trickling(bytes, most), options)).toEqual(careful);
  // A few rows in memory, and the others on the disk.
  const storeSizes = { rowsPerRun: 1 + (most % 5), runsInMemory: most % 3 };
  const scratch = { fd: scratchFile, end: 0 };
  expect(outcome(bytesInMemory(bytes), { ...options, scratch, storeSizes })).toEqual(careful);
}

test.each(files)("a file as people have it: %s", (file) => {
  const text = readFileSync(file, "utf8");
  for (const timezone of ["UTC", "America/New_York", "Asia/Kolkata"]) {
    expectOneMeaning(text, { timezone }, 7);
    expectOneMeaning(text, { timezone, seriesTimezone: "Europe/Berlin", dateFormat: "d/M/yyyy" }, 1000);
  }
});

const day = fc.oneof(
  fc.constantFrom(
    "2024-03-10",
    "2024-11-03",
    "2024/11/03",
    "2024.11.03",
    "20241104",
    "2024-1-3",
    "2024-02-30",
  ),
  fc.constantFrom("03.11.2024", "13/11/2024", "04/05/2024", "1730678400", "1730678400123", "45383", "x", ""),
  fc.constantFrom("1500-01-01", "2199-12-31", "2200-01-01", "9999999999", "Nov 4, 2024", '"2024-11-04"'),
);
const clock = fc.constantFrom(
  ...["", "", "", " 01:30", "T02:30:00", " 01:30:15.123", " 01:30:15.12", "T05:00Z", " 00:00:00-05:00"],
  ...[" 25:00", "T14:30:00.000+0530", " 9:30", " 09:30:00 PM", " 23:59:60", "  10:00", "T00:00:00Z"],
);
const number = fc.oneof(
  fc.double({ min: 0, max: 1e6, noNaN: true }).map((value) => value.toFixed(2)),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.constantFrom(
    "1",
    "2",
    "3.5",
    "1.234",
    "1,5",
    "",
    "abc",
    "-1",
    "-0",
    "0",
    " 2 ",
    '"2"',
    "1.",
    ".5",
    "+3",
  ),
  fc.constantFrom("9007199254740993", "0.1234567890123456", "1,234.5", "1.2M", "N/A", "1e3", "$5", "00.10"),
);
const row = fc.tuple(day, clock, fc.array(number, { minLength: 4, maxLength: 7 }));
const table = fc
  .tuple(fc.constantFrom(",", ";", "\t"), fc.constantFrom("\n", "\r\n", "\r"), fc.array(row))
  .map(([delimiter, end, rows]) =>
    ["Date,Open,High,Low,Close,Adj Close,Volume,Vol".replaceAll(",", delimiter)]
      .concat(rows.map(([date, time, cells]) => [`${date}${time}`, ...cells].join(delimiter)))
      .join(end),
  );
const scraps = fc
  .array(
    fc.constantFrom(
      "2020-01-02,1,3,1,2,9\n",
      '"',
      ",",
      "\n",
      "\r",
      "é",
      "日期",
      "\ufeff",
      "Ticker,",
      "A,",
      "1",
    ),
  )
  .map((parts) => `Ticker,Date,Open,High,Low,Close\n${parts.join("")}`);

test("whatever the rows are, wherever its windows end", () => {
  const options = fc.record({
    timezone: fc.constantFrom("UTC", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"),
    seriesTimezone: fc.constantFrom("UTC", "America/New_York"),
  });
  fc.assert(
    fc.property(fc.oneof(table, scraps), options, fc.integer({ min: 1, max: 60 }), expectOneMeaning),
    { numRuns: 600 },
  );
});

test("a number is what Number() reads, to the last bit", () => {
  const read = new PlainNumber();
  const digits = fc.stringMatching(/^-?\d{1,15}(\.\d{1,14})?$/);
  let known = 0;
  fc.assert(
    fc.property(digits, (text) => {
      if (!read.read(Buffer.from(text), 0, text.length)) return;
      known++;
      expect(read.value).toBe(Number(text) + 0);
    }),
    { numRuns: 5000 },
  );
  expect(known).toBeGreaterThan(1000);
});

test("a date is what JavaScript's own reader of ISO 8601 says", () => {
  const read = new PlainTime("UTC", "UTC");
  fc.assert(
    fc.property(fc.integer({ min: -14_000_000_000_000, max: 7_200_000_000_000 }), (time) => {
      const text = new Date(time).toISOString();
      expect(read.read(Buffer.from(text), 0, text.length)).toBe(true);
      expect(read.time).toBe(time);
    }),
  );
});
