/** Price files and options that are right, nearly right, or made of what breaks readers. */
import fc from "fast-check";
import { hostileText } from "./hostile.ts";

const day = (at: number) => new Date(Date.UTC(2020, 0, 1 + at)).toISOString().slice(0, 10);

/** A small series that can be read; the later ones overlap the earlier. */
export const goodCsv: fc.Arbitrary<string> = fc
  .record({
    first: fc.nat({ max: 60 }),
    bars: fc.integer({ min: 30, max: 60 }),
    price: fc.integer({ min: 1, max: 500 }),
  })
  .map(({ first, bars, price }) => {
    const rows = Array.from({ length: bars }, (_, at) => {
      const close = price + ((first + at) % 7);
      return `${day(first + at)},${close},${close + 1},${close - 0.5},${close},${1_000 + at}`;
    });
    return ["date,open,high,low,close,volume", ...rows].join("\n");
  });

const headers = [
  ...[
    "date,open,high,low,close",
    "Date;Open;High;Low;Close;Volume",
    "time\topen\thigh\tlow\tclose",
    "<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>",
  ],
  ...[
    "Ticker,Date,Open,High,Low,Close",
    "日期,开盘,最高,最低,收盘",
    "Price,Close,High",
    "date,date,open,high,low,close",
    ",,,,",
    '"date","open"',
  ],
];
const cells = [
  ...[
    "2020-01-02",
    "02/01/2020",
    "13/02/20",
    "20200102",
    "1587686400",
    "1587686400000000",
    "45383",
    "2024-11-03 01:30",
    "2020-01-02T00:00:00-05:00",
  ],
  ...[
    "0001-01-01",
    "9999-12-31",
    "-271821-04-20",
    "2020-02-30",
    "Jan 2, 2020",
    "2020-01-02 aMERICA/new_york",
    "00:00",
    "24:00:01",
  ],
  ...[
    "1",
    "0",
    "-3",
    "1.5",
    "1,5",
    "1.234.567,89",
    "1,29,450.00",
    "1e308",
    "-1e308",
    "1e309",
    "5e-324",
    "NaN",
    "Infinity",
    "0x10",
    "１２",
    "$1.00",
    "1%",
    "()",
    "(5)",
    "+1",
    "--1",
    "1..2",
  ],
  ...[
    "9".repeat(70),
    `${"9".repeat(3_000)}x`,
    "=1+1",
    '"',
    '""',
    '"a',
    'a"b',
    '"\n"',
    "{",
    "<html>",
    "null",
    "-",
    "\0",
    "\ufeff",
    "é",
    "\ud800",
    "__proto__",
  ],
];
const signs = [",", ";", "\t", "|", "\n", "\r\n", "\r", "\n\n", " ", '"'];

const piece = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...cells) },
  { weight: 6, arbitrary: fc.constantFrom(...signs) },
  { weight: 1, arbitrary: hostileText },
  {
    weight: 2,
    arbitrary: fc.constantFrom("2020-01-02,1,3,1,2\n", "2020-01-03;1;3;1;2\n", "X,2020-01-02,1,3,1,2\n"),
  },
);
const pieces = (most: number) => fc.array(piece, { maxLength: most, size: "max" }).map((all) => all.join(""));

const hostileCsv: fc.Arbitrary<string> = fc.oneof(
  pieces(40),
  fc.tuple(fc.constantFrom(...headers), pieces(60)).map(([header, rest]) => `${header}\n${rest}`),
  fc
    .tuple(goodCsv, pieces(20), fc.nat({ max: 1_500 }))
    .map(([csv, rest, at]) => csv.slice(0, at) + rest + csv.slice(at)),
  fc
    .tuple(piece, fc.integer({ min: 1, max: 2_000 }))
    .map(([text, times]) => text.repeat(times).slice(0, 60_000)),
  hostileText,
);

export const anyCsv: fc.Arbitrary<string> = fc.oneof(
  { weight: 2, arbitrary: goodCsv },
  { weight: 3, arbitrary: hostileCsv },
);

export const dateFormat: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    "yyyy-MM-dd",
    "d/M/yyyy",
    "MM/dd/yy",
    "yyyyMMdd HHmmss",
    "yyyy-MM-dd z",
    "MMM d, yyyy h:mm a",
    `y${"Md".repeat(25)}`,
    "'",
    "''''",
  ),
  fc
    .array(
      fc.constantFrom(
        "y",
        "M",
        "d",
        "H",
        "h",
        "m",
        "s",
        "S",
        "Z",
        "z",
        "a",
        "E",
        "L",
        "u",
        "'",
        "-",
        "/",
        " ",
        "T",
        "é",
      ),
      { maxLength: 62 },
    )
    .map((all) => all.join("")),
);

export const timezone: fc.Arbitrary<string> = fc.constantFrom(
  ...[
    "UTC",
    "utc",
    "America/New_York",
    "aMeRiCa/nEw_YoRk",
    "Asia/Kolkata",
    "Etc/GMT+12",
    "Etc/../UTC",
    "EST5EDT",
    "+05:30",
    "GMT+25",
  ],
  ...[
    "",
    "Local",
    "posix/UTC",
    "Factory",
    "America/",
    "/UTC",
    "UTC\0",
    "UTC ",
    "Pacific/Apia",
    "Africa/Monrovia",
  ],
);

export const symbol: fc.Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: fc.nat({ max: 30 }).map((at) => `FUZZ${at}`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom("É", "E\u0301", "ß", "BRK.B", "^GSPC", "=1+1", "A".repeat(64), "a  b", "İ"),
  },
);
