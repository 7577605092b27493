/** Price files as people have them, each with what a user expects who does not read the documentation first. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { CsvOptions } from "../../server/csv/options.ts";
import type { CsvBars } from "../../server/csv/read-bars.ts";
import { readCsvBars } from "../../server/csv/read-bars.ts";

const copies = join(import.meta.dirname, "../fixtures/cases");
/** Where the project is developed the originals lie beside it. */
const originals = join(import.meta.dirname, "../../../shared/cases");
const folder = existsSync(originals) ? originals : copies;

const encodings: { readonly [file: string]: string } = {
  "gbk-desktop-export-title-and-footer.txt": "gb18030",
  "utf-16-with-byte-order-mark.csv": "utf-16le",
  "windows-1252-german.csv": "windows-1252",
};
const textOf = (file: string): string =>
  new TextDecoder(encodings[file] ?? "utf-8").decode(readFileSync(join(folder, file)));
const read = (file: string, options: Partial<CsvOptions> = {}): Promise<CsvBars> =>
  readCsvBars(textOf(file), { timezone: "UTC", ...options });

const days = (bars: CsvBars["bars"]): string[] =>
  [...bars.time].map((time) =>
    new Date(time)
      .toISOString()
      .replace(/:00\.000Z$/, "Z")
      .replace(/T00:00Z$/, ""),
  );
const closeOnly = (column: string) => ({ open: column, high: column, low: column, close: column });
const newYork = { timezone: "America/New_York" };

interface Expected {
  readonly times?: readonly string[];
  readonly count?: number;
  readonly values?: { readonly [column in keyof CsvBars["bars"]]?: readonly number[] };
  /** Lines of the rejected rows, with a piece of the reason. */
  readonly rejected?: readonly (readonly [line: number, reason: RegExp])[];
  readonly warnings?: readonly RegExp[];
}
const minutes = ["00:00", "00:01", "00:02", "00:03", "00:04"];
const binance: Expected = {
  times: ["2025-03-07", ...minutes.slice(1).map((minute) => `2025-03-07T${minute}Z`)],
  values: { close: [88.3, 88.16, 88.36, 88.22, 88.42] },
};
const desktop: Expected = {
  times: ["2023-09-11", "2023-09-12", "2023-09-13"],
  values: { open: [25.8, 25.4, 26.2], volume: [180_000, 210_000, 175_000] },
  warnings: [/line 1 stands above the header.*688999/, /line 6 below the prices.*数据来源/],
};

const accepted: readonly (readonly [file: string, options: Partial<CsvOptions>, expected: Expected])[] = [
  [
    "several-tickers-in-one-file.csv",
    { instrument: "zzx" },
    {
      times: ["2018-02-05", "2018-02-06", "2018-02-07", "2018-02-08"],
      values: { close: [306.2, 309.1, 308.4, 302.6] },
      warnings: [/3 rows of other instruments/],
    },
  ],
  [
    "yfinance-two-tickers.csv",
    { instrument: "QRS" },
    {
      times: ["2024-06-03", "2024-06-04", "2024-06-05"],
      values: { open: [309, 310.6, 313.1], close: [310.5, 313.3, 311.7], volume: [88_100, 90_250, 79_400] },
    },
  ],
  [
    "yfinance-hourly.csv",
    {},
    { times: ["2025-03-07T14:30Z", "2025-03-07T15:30Z", "2025-03-10T13:30Z", "2025-03-10T14:30Z"] },
  ],
  [
    "zero-prices-on-suspended-days.csv",
    {},
    {
      times: ["2017-08-28", "2017-08-29", "2017-09-01"],
      rejected: [
        [4, /0 is no price here/],
        [5, /0 is no price here/],
      ],
    },
  ],
  [
    "metatrader5-daily.csv",
    {},
    {
      times: ["2023-01-03", "2023-01-04", "2023-01-05"],
      values: { volume: [74_402, 68_115, 70_233] },
      warnings: [/"<TICKVOL>" is read as the volume, because "<VOL>" is 0/],
    },
  ],
  [
    "metatrader4-with-header.csv",
    {},
    { times: ["2011-12-08T18:49Z", "2011-12-08T18:50Z", "2011-12-08T18:51Z"] },
  ],
  [
    "metatrader4-no-header.csv",
    { columnPositions: { time: 1, clock: 2, open: 3, high: 4, low: 5, close: 6, volume: 7 } },
    {
      times: ["2011-12-08T18:49Z", "2011-12-08T18:50Z", "2011-12-08T18:51Z"],
      values: { close: [77.704, 77.699, 77.701], volume: [31, 18, 14] },
    },
  ],
  ["binance-header-milliseconds.csv", {}, { ...binance, warnings: [/milliseconds since 1970/] }],
  ["binance-header-microseconds.csv", {}, { ...binance, warnings: [/microseconds since 1970/] }],
  [
    "binance-spot-no-header-microseconds.csv",
    { columnPositions: { time: 1, open: 2, high: 3, low: 4, close: 5, volume: 6 } },
    binance,
  ],
  ["chinese-desktop-export-utf8.txt", {}, desktop],
  ["gbk-desktop-export-title-and-footer.txt", {}, desktop],
  ["utf-16-with-byte-order-mark.csv", {}, { times: ["2023-09-11", "2023-09-12", "2023-09-13"] }],
  [
    "windows-1252-german.csv",
    {},
    { times: ["2023-04-21", "2023-04-24"], values: { open: [10_404.81, 10_318.12] } },
  ],
  [
    "german-two-digit-years-close-only.csv",
    { columns: closeOnly("Kurs") },
    {
      times: ["1999-03-31", "2017-01-02", "2017-01-03", "2017-01-04"],
      values: { close: [21.1, 16.425, 16.365, 16.56] },
      warnings: [/day first, because "31\.03\.99" in line 5/, /no bar for 6487 days/],
    },
  ],
  [
    "spreadsheet-close-only-german.csv",
    { columns: closeOnly("Close"), dateFormat: "dd.MM.yyyy HH:mm:ss" },
    { count: 4, values: { close: [1367.37, 1360.66, 1394.21, 1393.34] }, warnings: [/the bars are days/] },
  ],
  [
    "day-first-dates-settled-by-other-rows.csv",
    {},
    {
      times: ["2020-02-03", "2020-02-04", "2020-02-13", "2020-02-28"],
      warnings: [/day first, because "13\/02\/2020" in line 4/],
    },
  ],
  [
    "month-first-dates-settled-by-a-later-row.csv",
    {},
    { count: 9, warnings: [/month first, because "1\/13\/1999" in line 9/] },
  ],
  [
    "excel-serial-dates.csv",
    {},
    { times: ["2024-04-01", "2024-04-02", "2024-04-03"], warnings: [/spreadsheet's day numbers/] },
  ],
  [
    "hourly-autumn-clock-change.csv",
    newYork,
    {
      times: [3, 4, 5, 6, 7, 8].map((hour) => `2024-11-03T0${hour}:00Z`),
      values: { open: [70.1, 70.4, 70.8, 71, 71.3, 71.1] },
      warnings: [/an hour comes twice/],
    },
  ],
  [
    "hourly-spring-clock-change.csv",
    newYork,
    {
      times: ["2024-03-10T06:00Z", "2024-03-10T07:00Z"],
      rejected: [[3, /does not exist in America\/New_York, where clocks went forward/]],
    },
  ],
  [
    "indian-lakh-grouping.csv",
    {},
    { times: ["2024-01-09", "2024-01-10"], values: { open: [128_900, 129_450] } },
  ],
  [
    "page-copy-long-headers.tsv",
    {},
    { times: ["2025-02-07"], values: { close: [134.9], adjustedClose: [134.1], volume: [1_203_400] } },
  ],
  ["daily-with-offsets-dividends-splits.csv", {}, { count: 4, warnings: [/the bars are days/] }],
  ["daily-next-week-plain-dates.csv", {}, { times: ["2024-03-11", "2024-03-12", "2024-03-13"] }],
  ["constant-price-zero-volume.csv", {}, { count: 420, warnings: [/all 420 bars are the same/] }],
  ["price-below-zero-for-a-day.csv", {}, { count: 420 }],
  ["one-year-252-bars.csv", {}, { count: 252 }],
  ["rally-beyond-the-training-range.csv", {}, { count: 700 }],
  ["volume-missing-on-some-days.csv", {}, { count: 420 }],
  ["tiny-prices-scientific-notation.csv", {}, { count: 420 }],
];

test.each(accepted)(
  "%s is read with %j",
  async (file, options, { times, count, values, rejected, warnings }) => {
    const found = await read(file, options);
    if (times) expect(days(found.bars)).toEqual(times);
    expect(found.bars.time.length).toBe(times?.length ?? count);
    for (const [column, expected] of Object.entries(values ?? {}))
      expect([...found.bars[column as keyof CsvBars["bars"]]]).toEqual(expected);
    expect(found.problems.map(({ line }) => line)).toEqual((rejected ?? []).map(([line]) => line));
    for (const [at, [, reason]] of (rejected ?? []).entries())
      expect(found.problems[at]?.message).toMatch(reason);
    const told = warnings ?? [];
    expect(found.warnings.length).toBeGreaterThanOrEqual(told.length);
    for (const warning of told) expect(found.warnings.join("\n")).toMatch(warning);
  },
);

const refused: readonly (readonly [string, Partial<CsvOptions>, string, RegExp])[] = [
  ["several-tickers-in-one-file.csv", {}, "instrument", /column "Name" has 2 instruments \("AAX", "ZZX"\)/],
  ["several-tickers-in-one-file.csv", { instrument: "BBX" }, "instrument", /"Name" has "AAX", "ZZX"/],
  ["yfinance-two-tickers.csv", {}, "instrument", /2 instruments side by side \("KLM", "QRS"\)/],
  ["yfinance-two-tickers.csv", { instrument: "XYZ" }, "instrument", /the header has "KLM", "QRS"/],
  ["yfinance-hourly.csv", { instrument: "QRS" }, "instrument", /the header has "KLM"/],
  ["metatrader4-no-header.csv", {}, "csv", /looks like data: add a header row, or say .* by their positions/],
  ["binance-spot-no-header-microseconds.csv", {}, "csv", /looks like data/],
  [
    "day-first-dates-settled-by-other-rows.csv",
    { dateFormat: "M/d/yyyy" },
    "dateFormat",
    /"13\/02\/2020" in line 4 is one only with day and month the other way round/,
  ],
  ["spreadsheet-close-only-german.csv", {}, "csv", /no column for open, high, low/],
  [
    "spreadsheet-close-only-german.csv",
    { columns: closeOnly("Close") },
    "dateFormat",
    /may begin with the day or the month/,
  ],
  ["unquoted-month-day-comma-year.csv", {}, "csv", /none of the 3 rows .* must be quoted/],
  ["rate-limit-answer.csv", {}, "csv", /is JSON, the answer of a web service.*standard rate limit is 25/],
  ["html-page-instead-of-csv.csv", {}, "csv", /is a web page \(HTML\).*Consent, please/],
];

test.each(refused)("%s is refused with %j, by %s", async (file, options, field, message) => {
  const refusal = read(file, options);
  await expect(refusal).rejects.toMatchObject({ code: "BAD_USER_INPUT", field });
  await expect(refusal).rejects.toThrow(message);
});

test.each([
  ["several-tickers-in-one-file.csv", {}, ["AAX", "ZZX"]],
  ["several-tickers-in-one-file.csv", { instrument: "BBX" }, ["AAX", "ZZX"]],
  ["yfinance-two-tickers.csv", {}, ["KLM", "QRS"]],
  [
    "spreadsheet-close-only-german.csv",
    { columns: closeOnly("Close") },
    ["d.M.yyyy H:mm:ss", "M.d.yyyy H:mm:ss"],
  ],
  ["rate-limit-answer.csv", {}, null],
] as const)(
  "%s is refused with %j together with what there is to choose: %j",
  async (file, options, choices) => {
    await expect(read(file, options)).rejects.toMatchObject({ choices });
    for (const choice of choices ?? []) {
      const answer = "columns" in options ? { ...options, dateFormat: choice } : { instrument: choice };
      if (!choice.startsWith("M"))
        await expect(read(file, answer)).resolves.toMatchObject({ rowsRejected: 0 });
    }
  },
);

test("the smallest prices keep their last bit", async () => {
  const { bars } = await read("tiny-prices-scientific-notation.csv");
  expect([bars.open[0], bars.high[0], bars.low[0], bars.close[0]]).toEqual([
    1.4627e-5, 1.4961135263484588e-5, 1.448073e-5, 1.4813005211370879e-5,
  ]);
});

test("a price below zero is a price", async () => {
  const { bars } = await read("price-below-zero-for-a-day.csv");
  expect(bars.close.filter((close) => close < 0).length).toBe(1);
});

test("every price file is tested", () => {
  const files = readdirSync(copies);
  expect(new Set([...accepted, ...refused].map(([file]) => file))).toEqual(new Set(files));
});

describe.skipIf(!existsSync(originals))(
  "the originals (skipped where they do not lie in ../shared/cases)",
  () => {
    test("are what the copies for CI are", () => {
      for (const file of readdirSync(copies))
        expect(readFileSync(join(copies, file)).equals(readFileSync(join(originals, file))), file).toBe(true);
    });
  },
);
