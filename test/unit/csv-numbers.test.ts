/** Numbers of price files, and how the separators of a whole file settle what a single one means. */
import { expect, test } from "vitest";
import { readNumber, readVolume, styleEvidence } from "../../server/csv/numbers.ts";

function numberStyleOf(cells: Iterable<string>, commaQuoted: boolean) {
  const { hear, style } = styleEvidence();
  for (const cell of cells) hear(cell);
  return style(commaQuoted);
}

test.each([
  ["1469.25", 1469.25],
  [" 1469.25 ", 1469.25],
  ["1,469.25", 1469.25],
  ["1,234,567", 1234567],
  ["1 469.25", 1469.25],
  ["1\u202f469.25", 1469.25],
  ["1'469.25", 1469.25],
  ["$1,469.25", 1469.25],
  ["-$3", -3],
  ["−37.63", -37.63],
  [".5", 0.5],
  ["5.", 5],
  ["1.5e3", 1500],
  ["-0", 0],
  ["12,34", "not a number"],
  ["1,23,456", 123456],
  ["1,29,450.00", 129450],
  ["12,34,56,789.5", 123456789.5],
  ["1,234,56", "not a number"],
  ["1.4627e-05", 1.4627e-5],
  ["1.4961135263484588e-05", 1.4961135263484588e-5],
  ["12.50 €", 12.5],
  ["9".repeat(64), 1e64],
  ["9".repeat(65), "not a number"],
  ["1.2.3", "not a number"],
  ["12%", "not a number"],
  ["1_000", "not a number"],
  ["", "missing"],
  ["null", "missing"],
  ["nan", "missing"],
  ["-Infinity", "not finite"],
])("with a decimal point, %j is %s", (text, value) => {
  expect(readNumber(text, "point")).toBe(value);
});

test.each([
  ["1469,25", 1469.25],
  ["1.469,25", 1469.25],
  ["1.234.567", 1234567],
  ["1 469,25", 1469.25],
  ["1469", 1469],
  ["1.46,9", "not a number"],
  ["1,2,3", "not a number"],
])("with a decimal comma, %j is %s", (text, value) => {
  expect(readNumber(text, "comma")).toBe(value);
});

test.each([
  [["1469.25", "3"], true, "point"],
  [["1,469.25", "1,470"], false, "point"],
  [["1,234,567", "1,470"], false, "point"],
  [["12.5", "1,470"], false, "point"],
  [["1.469,25", "1,470"], false, "comma"],
  [["12,5", "1,470"], true, "comma"],
  [["0,123"], true, "comma"],
  [["1234,567"], true, "comma"],
  [["1.234.567", "1,470"], false, "comma"],
  [["1,470", "1,480"], true, "point"],
  [["1,470", "1,480"], false, "unknown"],
] as const)("the numbers %j (commas quoted: %s) are written with %s", (cells, quoted, style) => {
  expect(numberStyleOf(cells, quoted)).toBe(style);
});

test("where nothing settles it, a number that may be a thousand or a fraction is not guessed", () => {
  expect(readNumber("1,470", "unknown")).toBe("ambiguous");
  expect(readNumber("1470.5", "unknown")).toBe(1470.5);
});

test.each([
  ["1.23M", 1_230_000],
  ["45.6K", 45_600],
  ["45.67m", 45_670_000],
  ["1.2B", 1_200_000_000],
  ["3.4亿", 340_000_000],
  ["1.2万", 12_000],
  ["931800000", 931_800_000],
  ["-", "missing"],
  ["M", "not a number"],
  ["1.2Q", "not a number"],
])("the volume %j is %s", (text, value) => {
  expect(readVolume(text, "point")).toBe(value);
});
