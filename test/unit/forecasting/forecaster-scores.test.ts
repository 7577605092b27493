/** Scores of a forecaster beside the last value, against values worked out by hand. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { compareForecasters, pointScores } from "../../../server/forecasting/forecaster-scores.ts";
import { dieboldMariano } from "../../../server/forecasting/statistics/diebold-mariano.ts";
import { meanAbsoluteError, naiveScales } from "../../../server/forecasting/statistics/errors.ts";

const columns = (rows: readonly (readonly [last: number, predicted: number, actual: number])[]) => ({
  naive: rows.map(([last]) => last),
  predicted: rows.map(([, predicted]) => predicted),
  actual: rows.map(([, , actual]) => actual),
});
const price = { kind: "PRICE" } as const;
const unit = { absolute: 1, squared: 1 };
/** Of one step's rows: last, predicted, actual. */
const scoreOf = (...rows: Parameters<typeof columns>[0]) => pointScores([columns(rows)], unit, price);

test("a day of four prices, by hand", () => {
  const day = columns([
    [10, 12, 11], // up, called up, off by 1; the last value off by 1
    [11, 10, 8], // down, called down, off by 2; the last value off by 3
    [8, 7, 10], // up, called down, off by 3; the last value off by 2
    [10, 11, 10], // no move: off by 1; the last value exact
  ]);
  expect(pointScores([day], { absolute: 2, squared: 9 }, price)).toEqual({
    count: 4,
    mae: 7 / 4,
    rmse: Math.sqrt(15 / 4),
    mape: expect.closeTo((100 * (1 / 11 + 2 / 8 + 3 / 10 + 1 / 10)) / 4, 12),
    smape: expect.closeTo((200 * (1 / 23 + 2 / 18 + 3 / 17 + 1 / 21)) / 4, 12),
    mase: 7 / 8,
    rmsse: expect.closeTo(Math.sqrt(15 / 4 / 9), 15),
    r2: expect.closeTo(1 - 15 / 14, 15),
    qlike: null,
    directionalAccuracy: 2 / 3,
    shareOfUps: 2 / 3,
    directionPValue: expect.any(Number),
    skill: expect.closeTo(1 - 7 / 6, 15),
  });
});

test("all steps of the horizon count alike", () => {
  const steps = [columns([[1, 2, 3]]), columns([[1, 3, 6]])];
  expect(pointScores(steps, unit, price)).toMatchObject({ count: 2, mae: 2 });
});

test("a real price of 0 leaves no percentage, even when it was predicted exactly", () => {
  expect(scoreOf([1, 1, 0]).mape).toBeNull();
  expect(scoreOf([1, 0, 0]).mape).toBeNull();
});

test("where nothing moved there is no direction to be right about", () => {
  expect(scoreOf([5, 6, 5]).directionalAccuracy).toBeNull();
});

test("a training split that never moved gives no scale for mase", () => {
  expect(pointScores([columns([[5, 6, 7]])], naiveScales([5, 5, 5]), price)).toMatchObject({
    mase: null,
    rmsse: null,
  });
});

test("against a last value that never errs, only perfection does as well", () => {
  expect(scoreOf([5, 5, 5]).skill).toBe(0);
  expect(scoreOf([5, 6, 5]).skill).toBe(-1);
});

test("the naive scale is the mean absolute change from one price to the next", () => {
  expect(naiveScales([1, 3, 2, 6]).absolute).toBe(7 / 3);
  expect(naiveScales([4]).absolute).toBe(0);
});

test("whatever is predicted: mae <= rmse, and skill is above 0 exactly where the model errs less than the last value", () => {
  const value = fc.integer({ min: 1, max: 1000 });
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value, value), { minLength: 1 }), (rows) => {
      const { mae, rmse, skill } = scoreOf(...rows);
      const { naive, actual } = columns(rows);
      expect(mae).toBeLessThanOrEqual(rmse + 1e-9);
      expect(skill > 0).toBe(mae < meanAbsoluteError(naive, actual));
    }),
  );
});

test("the last value saves nothing over itself and calls no direction", () => {
  expect(scoreOf([10, 10, 11], [11, 11, 9])).toMatchObject({
    skill: 0,
    r2: 0,
    directionalAccuracy: null,
    directionPValue: null,
    shareOfUps: 0.5,
  });
});

test("log variances have QLIKE and no percentages", () => {
  const scores = pointScores([columns([[-9, -9, -8]])], unit, { kind: "LOG_VARIANCE", residualVariance: 2 });
  expect(scores).toMatchObject({ mape: null, smape: null, qlike: 0, mae: 1 });
});

test("of several steps a window counts once, with its mean error", () => {
  const actual = [3, 1, 4, 1, 5, 9, 2, 6];
  const off = (errors: readonly number[]) => ({
    actual,
    naive: actual,
    predicted: actual.map((value, i) => value + errors[i]!),
  });
  const model = [off([1, 2, 1, 0, 1, 2, 1, 0]), off([3, 0, 1, 2, 1, 0, 3, 2])];
  const other = [off([2, 2, 3, 4, 2, 2, 3, 1]), off([-2, 4, 1, -2, 0, 4, 3, 3])];
  const got = compareForecasters(model, other, 2);
  expect(got).toEqual(dieboldMariano([2, 1, 1, 1, 1, 1, 2, 1], [2, 3, 2, 3, 1, 3, 3, 2], 2));
  expect(got!.statistic).toBeLessThan(0);
});
