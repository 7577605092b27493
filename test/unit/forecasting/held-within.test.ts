/** What is fed back goes no farther than the newest bars did. */
import { expect, test } from "vitest";
import { heldWithin } from "../../../server/forecasting/outlook/held-within.ts";

test.each(["LOG_VARIANCE", "VOLUME"] as const)("a %s stays between the lowest and the highest", (target) => {
  const hold = heldWithin(target, Float64Array.of(Number.NaN, 3, 1, 2));
  expect([0, 1.5, 800, Number.POSITIVE_INFINITY].map((value) => hold(2, value, 1))).toEqual([1, 1.5, 3, 3]);
});

test("a price moves no farther than it did in a bar, in logarithms, so that it stays above 0", () => {
  const hold = heldWithin("CLOSE", Float64Array.of(100, 110, 100, 105));
  expect(hold(50, 54, 1)).toBeCloseTo(54, 10);
  expect(hold(50, 90, 1)).toBeCloseTo(55, 10);
  expect(hold(50, 90, 2)).toBeCloseTo(60.5, 10);
  expect(hold(50, -20, 1)).toBeCloseTo(50 / 1.1, 10);
  expect(hold(50, Number.POSITIVE_INFINITY, 1)).toBeCloseTo(55, 10);
});

test("prices that may be negative are held in differences", () => {
  const hold = heldWithin("CLOSE", Float64Array.of(-1, 2, 1));
  expect([-9, 0, 9].map((value) => hold(1, value, 1))).toEqual([-2, 0, 4]);
});

test("a price that a network took below 0 by itself goes on in parts of itself", () => {
  expect(heldWithin("CLOSE", Float64Array.of(100, 100 * Math.E)).call(null, -5, -50, 1)).toBe(-10);
});
