/** Scores of a forecaster beside the last value: what they share with a run's older scores, and what is new. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { compareForecasters, pointScores } from "../../../server/forecasting/forecaster-scores.ts";
import { naiveScale, scoreSplit } from "../../../server/forecasting/scores.ts";
import { dieboldMariano } from "../../../server/forecasting/statistics/diebold-mariano.ts";
import { naiveScales } from "../../../server/forecasting/statistics/errors.ts";

const columns = (rows: readonly (readonly [last: number, predicted: number, actual: number])[]) => ({
  naive: rows.map(([last]) => last),
  predicted: rows.map(([, predicted]) => predicted),
  actual: rows.map(([, , actual]) => actual),
});
const price = { kind: "PRICE" } as const;

test("what a run's scores have, these have to the last bit", () => {
  const value = fc.double({ min: 0, max: 1000, noNaN: true });
  const step = fc.array(fc.tuple(value, value, value), { minLength: 1, maxLength: 30 }).map(columns);
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 3 }), fc.array(value), (steps, training) => {
      const { count, model, skill } = scoreSplit("TEST", steps, naiveScale(training));
      const { directionalAccuracy, ...same } = model;
      const got = pointScores(steps, naiveScales(training), price);
      expect(got).toMatchObject({ count, skill, ...same });
      // A model that calls no move at all has no direction here; there it was wrong each time.
      expect(got.directionalAccuracy ?? 0).toBe(directionalAccuracy ?? 0);
    }),
  );
});

test("a day of four prices, by hand", () => {
  const day = columns([
    [10, 12, 11],
    [11, 10, 8],
    [8, 7, 10],
    [10, 11, 10],
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

test("the last value saves nothing over itself and calls no direction", () => {
  const scores = pointScores(
    [
      columns([
        [10, 10, 11],
        [11, 11, 9],
      ]),
    ],
    { absolute: 1, squared: 1 },
    price,
  );
  expect(scores).toMatchObject({
    skill: 0,
    r2: 0,
    directionalAccuracy: null,
    directionPValue: null,
    shareOfUps: 0.5,
  });
});

test("log variances have QLIKE and no percentages", () => {
  const scores = pointScores(
    [columns([[-9, -9, -8]])],
    { absolute: 1, squared: 1 },
    { kind: "LOG_VARIANCE", residualVariance: 2 },
  );
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
