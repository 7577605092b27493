/** The variance of a bar, against numbers worked out by hand. */
import { expect, test } from "vitest";
import { logVarianceColumn, lowestLogVariance } from "../../server/domain/log-variance.ts";

const one = (open: number, high: number, low: number, close: number) =>
  logVarianceColumn({
    open: Float64Array.of(open),
    high: Float64Array.of(high),
    low: Float64Array.of(low),
    close: Float64Array.of(close),
  });

test("Garman and Klass: half the squared log range less 0.386 times the squared log return", () => {
  const expected = 0.5 * Math.log(11 / 9) ** 2 - (2 * Math.log(2) - 1) * Math.log(10.5 / 10) ** 2;
  expect(one(10, 11, 9, 10.5).values[0]).toBeCloseTo(Math.log(expected), 12);
});

test("without an open it is Parkinson's: the squared log range over 4 ln 2", () => {
  expect(one(Number.NaN, 11, 9, 10.5).values[0]).toBeCloseTo(
    Math.log(Math.log(11 / 9) ** 2 / (4 * Math.log(2))),
    12,
  );
});

test("a bar whose prices are all one has the least variance, and is counted", () => {
  expect(one(10, 10, 10, 10)).toEqual({ values: Float64Array.of(lowestLogVariance), floored: 1 });
});

test("a price of 0 or below has no logarithm", () => {
  for (const [open, high, low, close] of [
    [1, 1, 0, 1],
    [1, 1, 1, 0],
  ] as const)
    expect(one(open, high, low, close)).toEqual({ values: Float64Array.of(Number.NaN), floored: 0 });
});
