/** Texts and numbers that break programs: what people found over the years, and what chance adds. */
import fc from "fast-check";

const texts = [
  ...[
    "",
    " ",
    "\0",
    "a\0b",
    "\n",
    "\r\n",
    "\t",
    "\u001b[31m",
    "\u001b]0;x\u0007",
    "\u007f",
    "\u0085",
    "\u009b31m",
  ],
  ...[
    "\ud800",
    "\udc00",
    "a\ud801b",
    "\u202e",
    "\u2066x\u2069",
    "\ufeff",
    "\ufffe",
    "\u200b",
    "\u2028",
    "é",
    "e\u0301",
  ],
  ...[
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "hasOwnProperty",
    "then",
    "null",
    "undefined",
    "NaN",
    "true",
  ],
  ...[
    "'",
    '"',
    "\\",
    "';DROP TABLE run;--",
    "%",
    "_",
    "\\%",
    "$" + "{7*7}",
    "{{7*7}}",
    "$(id)",
    "`id`",
    "../../etc/passwd",
  ],
  ...[
    "<script>alert(1)</script>",
    "=1+1",
    "@SUM(A1)",
    "0x10",
    "１２",
    "1e3",
    "-0",
    "Infinity",
    "%ff",
    "%00",
    "\\u0000",
  ],
  ...["ﷺ", "𝒳", "👩‍👩‍👧‍👦", "Z̸͎̈́a̷", "ｆｕｌｌ", "İ", "ß", "ǆ", "上证指数", "\u0130\u0131"],
  ..."x".repeat(64).match(/.+/g)!,
  ...[
    "x".repeat(65),
    "x".repeat(200),
    "x".repeat(201),
    "x".repeat(301),
    "é".repeat(5_000),
    "\\".repeat(500),
    "(".repeat(300),
  ],
];
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...texts) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 30 }) },
  { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 30 }) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom(...texts), fc.constantFrom(...texts)).map((two) => two.join("")),
  },
);

/** A number as it stands in the JSON text; `jsonOf` takes it out of its quotes. */
const written = (digits: string) => `@@${digits}`;
const oddNumbers = [
  "1e999",
  "-1e999",
  "1e-999",
  "123456789012345678901234567890",
  "9007199254740993",
  "-0",
  "1E+3",
  "0.1e1",
];

export const hostileNumber: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(0, -0, 1, -1, 2, 3, 60, 500, 501, 512, 513, 4096, 10_000, 100_001),
  fc.constantFrom(
    2 ** 31 - 1,
    2 ** 31,
    -(2 ** 31),
    2 ** 32,
    2 ** 53,
    -(2 ** 53),
    1e21,
    1e308,
    -1e308,
    5e-324,
  ),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.constantFrom(...oddNumbers).map(written),
);

/** What has no business where it stands. */
export const anything: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  hostileNumber,
  fc.constantFrom<unknown>(null, true, false, [], {}, [[]], [null], { __proto__: null, a: 1 }),
  fc.constant(JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}')),
  fc.nat({ max: 60 }).map((depth) => JSON.parse("[".repeat(depth) + "]".repeat(depth) || "0")),
);

/** JSON with the numbers that JavaScript could not have written. */
export const jsonOf = (value: unknown): string => JSON.stringify(value).replace(/"@@([^"]*)"/g, "$1");
