/** Errors of points, quantiles and intervals, against values worked out by hand and identities between them. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { direction } from "../../../../server/forecasting/statistics/direction.ts";
import {
  meanAbsoluteError,
  meanSquaredError,
  naiveScales,
  outOfSampleR2,
  percentageError,
  symmetricPercentageError,
} from "../../../../server/forecasting/statistics/errors.ts";
import { pinball, winkler } from "../../../../server/forecasting/statistics/interval-scores.ts";
import { qlike, qlikeLosses } from "../../../../server/forecasting/statistics/qlike.ts";
import { normals } from "./normals.ts";

test("errors of two targets, by hand", () => {
  const [forecast, actual] = [
    [110, 45],
    [100, 50],
  ];
  expect(meanAbsoluteError(forecast, actual)).toBe(7.5);
  expect(meanSquaredError(forecast, actual)).toBe(62.5);
  expect(percentageError(forecast, actual)).toBeCloseTo(10, 12);
  expect(symmetricPercentageError(forecast, actual)).toBeCloseTo(100 * (10 / 210 + 5 / 95), 12);
  expect(outOfSampleR2(forecast, actual, [90, 60])).toBeCloseTo(1 - 125 / 200, 12);
});

test("what divides by nothing has no answer", () => {
  expect(percentageError([1], [0])).toBeNull();
  expect(percentageError([0], [0])).toBeNull();
  expect(symmetricPercentageError([0, 1], [0, 1])).toBeNull();
  expect(symmetricPercentageError([0, 1], [1, 0])).toBe(200);
  expect(outOfSampleR2([1, 2], [1, 3], [1, 3])).toBeNull();
});

test("the scales are the naive forecast's errors within the training split", () => {
  expect(naiveScales([1, 3, 2, 6])).toEqual({ absolute: 7 / 3, squared: 21 / 3 });
  expect(naiveScales([4])).toEqual({ absolute: 0, squared: 0 });
  expect(naiveScales([])).toEqual({ absolute: 0, squared: 0 });
});

test("QLIKE is 0 for the exact variance, and worse for half of it than for twice", () => {
  expect(qlike([-9, -8], [-9, -8], 0)).toBe(0);
  expect(qlike([Math.log(0.5)], [0], 0)).toBeCloseTo(2 - Math.log(2) - 1, 14);
  expect(qlike([Math.log(2)], [0], 0)).toBeCloseTo(0.5 + Math.log(2) - 1, 14);
  expect([...qlikeLosses([0, Math.log(2)], [0, 0], 0)]).toEqual([
    0,
    expect.closeTo(0.5 + Math.log(2) - 1, 14),
  ]);
});

test("QLIKE adds half the residual variance: the mean of a log-normal variance is above its median", () => {
  expect(qlike([-0.2], [0], 0.4)).toBeCloseTo(0, 15);
  const next = normals(8);
  const actual = Array.from({ length: 5000 }, () => 0.6 * next());
  const forecast = actual.map(() => 0);
  expect(qlike(forecast, actual, 0.36)).toBeLessThan(qlike(forecast, actual, 0));
});

test("the pinball loss at the median is half the mean absolute error; away from it one side weighs more", () => {
  expect(pinball([1, 5], [3, 2], 0.5)).toBe(meanAbsoluteError([1, 5], [3, 2]) / 2);
  expect(pinball([0], [10], 0.9)).toBeCloseTo(9, 14);
  expect(pinball([10], [0], 0.9)).toBeCloseTo(1, 14);
});

test("the pinball loss is least at the true quantile", () => {
  const next = normals(5);
  const actual = Array.from({ length: 20_000 }, next);
  const lossAt = (forecast: number) =>
    pinball(
      actual.map(() => forecast),
      actual,
      0.9,
    );
  expect(lossAt(1.2816)).toBeLessThan(lossAt(1.0));
  expect(lossAt(1.2816)).toBeLessThan(lossAt(1.6));
});

test("the Winkler score is the width, and 2 / alpha times what lies outside", () => {
  expect(winkler([0, 0, 0], [2, 2, 2], [1, 3, -2], 0.05)).toBeCloseTo(2 + (40 * 1 + 40 * 2) / 3, 12);
  expect(winkler([0], [2], [2], 0.05)).toBe(2);
});

test("the Winkler score is the sum of both bounds' pinball losses, times 2 / alpha", () => {
  const value = fc.double({ min: -100, max: 100, noNaN: true });
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value, value), { minLength: 1 }), (rows) => {
      const lower = rows.map(([a, b]) => Math.min(a, b));
      const upper = rows.map(([a, b]) => Math.max(a, b));
      const actual = rows.map(([, , c]) => c);
      const bounds = pinball(lower, actual, 0.1) + pinball(upper, actual, 0.9);
      expect(winkler(lower, upper, actual, 0.2)).toBeCloseTo((2 / 0.2) * bounds, 8);
    }),
  );
});

test("direction counts the targets that moved", () => {
  // up called up, down called up, up called flat, flat called up, down called down
  const got = direction([2, 2, 1, 2, 0], [3, 0, 2, 1, 0], [1, 1, 1, 1, 1]);
  expect(got).toEqual({ accuracy: 2 / 4, shareOfUps: 2 / 4, pValue: expect.any(Number) });
});

test("the last value calls no direction; what never moved has none", () => {
  expect(direction([1, 1], [2, 3], [1, 1])).toEqual({ accuracy: null, shareOfUps: 1, pValue: null });
  expect(direction([2, 0], [1, 1], [1, 1])).toEqual({ accuracy: null, shareOfUps: null, pValue: null });
});

test("'always up' is right as often as the series rises, which proves nothing", () => {
  const last = Array.from({ length: 100 }, () => 10);
  const actual = last.map((price, i) => price + (i % 5 === 0 ? -1 : 1));
  expect(
    direction(
      last.map((price) => price + 1),
      actual,
      last,
    ),
  ).toEqual({
    accuracy: 0.8,
    shareOfUps: 0.8,
    pValue: null,
  });
});
