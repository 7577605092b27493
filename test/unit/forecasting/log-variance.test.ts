/** How much a price moved within a bar, against values worked out by hand. */
import { expect, test } from "vitest";
import { logVarianceColumn } from "../../../server/domain/log-variance.ts";
import { kweichowIsHere, sh600519, sp500 } from "../../support/daily-bars.ts";

const column = (...rows: readonly (readonly [open: number, high: number, low: number, close: number])[]) => {
  const pick = (place: number) => Float64Array.from(rows, (row) => row[place]!);
  return logVarianceColumn({ open: pick(0), high: pick(1), low: pick(2), close: pick(3) });
};

test("a bar's variance comes from its range, less what it moved from open to close", () => {
  const { values, floored } = column([100, 110, 100, 105]);
  const variance = 0.5 * 0.0953101798 ** 2 - 0.3862943611 * 0.0487901642 ** 2;
  expect(values[0]).toBeCloseTo(Math.log(variance), 8);
  expect(floored).toBe(0);
});

test("without an open the range alone tells", () => {
  const { values } = column([Number.NaN, 110, 100, 105]);
  expect(values[0]).toBeCloseTo(Math.log(0.0953101798 ** 2 / 2.7725887222), 8);
});

test("bars without a range, and impossible ones, count as a move of 0.01 % and are counted", () => {
  const { values, floored } = column([100, 100, 100, 100], [100, 101, 100, 120], [100, 110, 100, 105]);
  expect(Array.from(values.subarray(0, 2))).toEqual([Math.log(1e-8), Math.log(1e-8)]);
  expect(floored).toBe(2);
});

test("a price that has no logarithm has no log variance", () => {
  const { values, floored } = column([1, 2, -37, -37], [1, 2, 0, 1], [1, Number.NaN, 1, 1]);
  expect(Array.from(values)).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  expect(floored).toBe(0);
});

test("the sample has a range in every bar", () => {
  expect(logVarianceColumn(sp500()).floored).toBe(0);
});

test.skipIf(!kweichowIsHere)("SH600519 has one bar without", () => {
  expect(logVarianceColumn(sh600519()).floored).toBe(1);
});
