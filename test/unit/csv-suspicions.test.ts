/** Bars that cannot be are told and not stored; bars that may be wrong are stored and told. */
import { expect, test } from "vitest";
import { gapLeft } from "../../server/csv/gaps.ts";
import { readCsvBars } from "../../server/csv/read-bars.ts";

const header = "Date,Open,High,Low,Close";
const read = (rows: readonly string[]) => readCsvBars([header, ...rows].join("\n"), { timezone: "UTC" });
const good = "2020-01-02,10,12,9,11";
const faultOf = async (prices: string) =>
  (await read([good, `2020-01-03,${prices}`])).problems[0]?.message ?? null;

test.each([
  ["10,8,9,10", "the high 8 is below the low 9"],
  ["13,12,9,11", "the open 13 is above the high 12"],
  ["8.5,12,9,11", "the open 8.5 is below the low 9"],
  ["10,12,9,12.7", "the close 12.7 is above the high 12"],
  ["10,12,9,-11", "the close -11 is below the low 9"],
  ["10.00,12.00,9.00,12.01", "the close 12.01 is above the high 12"],
  ["25.4,25,24.6,24.9", "the open 25.4 is above the high 25"],
  ["0,12,9,11", "the open is 0, and the high is 12: 0 is no price here"],
  ["0,0,0,10.16", "the open is 0, and the close is 10.16: 0 is no price here"],
  ["10.16,10.16,0,10.16", "the low is 0, and the open is 10.16: 0 is no price here"],
  ["3,3,0,3", "the low is 0, and the open is 3: 0 is no price here"],
  ["0,0,0,0", "all prices are 0, and those of other rows are not: 0 is no price here"],
])("%s is no bar: %s", async (prices, message) => {
  expect(await faultOf(prices)).toBe(message);
});

test.each([
  ["10,12,9,12.000000000000002", "adjusted prices in floating point"],
  ["68.402496,68.402459,67,68", "adjusted prices in single precision"],
  ["10,12,-3,-2.5", "below zero"],
  ["0,0.5,-1,-0.5", "through zero"],
  ["0.01,0.01,0.00,0.01", "what is left of 0.004 with two decimals"],
  ["1e-9,3e-9,1e-9,2e-9", "tiny"],
])("%s is a bar: %s", async (prices) => {
  expect(await faultOf(prices)).toBeNull();
});

test("a file of zeros alone is a file of zeros", async () => {
  const { bars } = await read(["2020-01-02,0,0,0,0", "2020-01-03,0,0,0,0"]);
  expect(bars.time.length).toBe(2);
});

/** Days from 2020 on that move by half a percent, each then changed. */
function walk(
  count: number,
  close: (usual: number, day: number) => number,
  date = (day: number) => day,
): string[] {
  return Array.from({ length: count }, (_, day) => {
    const price = close(100 * (1 + 0.005 * Math.sin(day * 2.4)), day).toFixed(4);
    const iso = new Date(Date.UTC(2020, 0, 1) + date(day) * 86_400_000).toISOString().slice(0, 10);
    return `${iso},${price},${price},${price},${price}`;
  });
}
const warningsOf = async (rows: readonly string[]) => (await read(rows)).warnings;

test.each([2, 3, 1.5, 10, 0.5, 0.1])("a jump like a split by %d is told with its day", async (ratio) => {
  const warnings = await warningsOf(walk(100, (usual, day) => (day < 50 ? usual : usual / ratio)));
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toMatch(/^the close goes from .* to .* at 2020-02-20, by a factor of /);
});

test("quiet days, a crash that ends, a crash like no split and a wild coin are no splits", async () => {
  expect(await warningsOf(walk(300, (usual) => usual))).toEqual([]);
  expect(await warningsOf(walk(100, (usual, day) => (day === 50 ? usual / 2 : usual)))).toEqual([]);
  expect(await warningsOf(walk(100, (usual, day) => (day < 50 ? usual : usual * 0.77)))).toEqual([]);
  const wild = walk(100, (_, day) => 100 * (day % 2 ? 1 : 1.4) * (day > 50 ? 0.5 : 1));
  expect(await warningsOf(wild)).toEqual([]);
});

test("many splits are counted, and the first few told", async () => {
  const warnings = await warningsOf(walk(200, (usual, day) => usual * 2 ** Math.floor(day / 20)));
  expect(warnings).toHaveLength(4);
  expect(warnings.at(-1)).toBe("and 6 more jumps like a split");
});

test("bars that repeat are told from six in a row on, the longest first", async () => {
  const held = (usual: number, day: number) =>
    day >= 20 && day < 28 ? 50 : day >= 60 && day < 66 ? 70 : usual;
  const warnings = (await warningsOf(walk(100, held))).filter((it) => it.includes("in a row"));
  expect(warnings).toEqual([
    "8 bars in a row are the same, from 2020-01-21",
    "6 bars in a row are the same, from 2020-03-01",
  ]);
  expect(await warningsOf(walk(100, (usual, day) => (day < 5 ? 100 : usual)))).toEqual([]);
});

test("days and times are told by the exchange's clock", async () => {
  const days = walk(
    100,
    (usual, day) => (day < 50 ? usual : usual / 2),
    (day) => (day < 70 ? day : day + 40),
  );
  const { warnings } = await readCsvBars([header, ...days].join("\n"), { timezone: "America/New_York" });
  expect(warnings).toEqual([
    expect.stringMatching(/ at 2020-02-20, by a factor of /),
    "there is no bar for 41 days, from 2020-03-10 to 2020-04-20",
  ]);
  const minutes = Array.from({ length: 60 }, (_, minute) => {
    const price = minute < 30 ? 100 + Math.sin(minute) : 50 + Math.sin(minute);
    return `2020-01-02 10:${String(minute).padStart(2, "0")},${Array(4).fill(price.toFixed(3))}`;
  });
  const finer = await readCsvBars([header, ...minutes].join("\n"), { timezone: "America/New_York" });
  expect(finer.warnings.join()).toMatch(/ at 2020-01-02 10:30, by a factor of /);
});

test("of a gap stays what the series' own bars leave of it", () => {
  const day = 86_400_000;
  const gap = { from: 0, to: 60 * day };
  const every = Array.from({ length: 59 }, (_, i) => (i + 1) * day);
  expect(gapLeft(gap, [], 14 * day)).toEqual([gap]);
  expect(gapLeft(gap, every, 14 * day)).toEqual([]);
  expect(gapLeft(gap, every.slice(0, 30), 14 * day)).toEqual([{ from: 30 * day, to: 60 * day }]);
});

test("a gap of more than two weeks is told, a week of holidays is not", async () => {
  const after = (gap: number) => (day: number) => (day < 50 ? day : day + gap);
  expect(await warningsOf(walk(100, (usual) => usual, after(11)))).toEqual([]);
  expect(await warningsOf(walk(100, (usual) => usual, after(40)))).toEqual([
    "there is no bar for 41 days, from 2020-02-19 to 2020-03-31",
  ]);
  const months = walk(
    60,
    (usual) => usual,
    (day) => day * 31,
  );
  expect(await warningsOf(months)).toEqual([]);
});
