/** Scores, against values worked out by hand. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { naiveScale, scoreSplit } from "../../server/forecasting/scores.ts";

const columns = (rows: readonly (readonly [last: number, predicted: number, actual: number])[]) => ({
  naive: rows.map(([last]) => last),
  predicted: rows.map(([, predicted]) => predicted),
  actual: rows.map(([, , actual]) => actual),
});

test("model and naive forecast are scored on the same targets", () => {
  const day = columns([
    [10, 12, 11], // up, called up, off by 1; naive off by 1
    [11, 10, 8], // down, called down, off by 2; naive off by 3
    [8, 7, 10], // up, called down, off by 3; naive off by 2
    [10, 11, 10], // no move: off by 1; naive exact
  ]);
  expect(scoreSplit("TEST", [day], 2)).toEqual({
    split: "TEST",
    count: 4,
    model: {
      mae: 7 / 4,
      rmse: Math.sqrt(15 / 4),
      mape: expect.closeTo((100 * (1 / 11 + 2 / 8 + 3 / 10 + 1 / 10)) / 4, 12),
      mase: 7 / 8,
      directionalAccuracy: 2 / 3,
    },
    naive: {
      mae: 6 / 4,
      rmse: Math.sqrt(14 / 4),
      mape: expect.closeTo((100 * (1 / 11 + 3 / 8 + 2 / 10)) / 4, 12),
      mase: 6 / 8,
      directionalAccuracy: null,
    },
    skill: expect.closeTo(1 - 7 / 6, 12),
  });
});

test("all steps of the horizon count alike", () => {
  const { count, model } = scoreSplit("TEST", [columns([[1, 2, 3]]), columns([[1, 3, 6]])], 1);
  expect({ count, mae: model.mae }).toEqual({ count: 2, mae: 2 });
});

test("a real price of 0 leaves no percentage, even when it was predicted exactly", () => {
  expect(scoreSplit("TEST", [columns([[1, 1, 0]])], 1).model.mape).toBeNull();
  expect(scoreSplit("TEST", [columns([[1, 0, 0]])], 1).model.mape).toBeNull();
});

test("predicting no change is no direction called right", () => {
  expect(scoreSplit("TEST", [columns([[5, 5, 6]])], 1).model.directionalAccuracy).toBe(0);
});

test("where nothing moved there is no direction to be right about", () => {
  expect(scoreSplit("TEST", [columns([[5, 6, 5]])], 1).model.directionalAccuracy).toBeNull();
});

test("a training split that never moved gives no scale for mase", () => {
  expect(scoreSplit("TEST", [columns([[5, 6, 7]])], naiveScale([5, 5, 5])).model.mase).toBeNull();
});

test("against a naive forecast that never errs, only perfection does as well", () => {
  expect(scoreSplit("TEST", [columns([[5, 5, 5]])], 1).skill).toBe(0);
  expect(scoreSplit("TEST", [columns([[5, 6, 5]])], 1).skill).toBe(-1);
});

test("the naive scale is the mean absolute change from one price to the next", () => {
  expect(naiveScale([1, 3, 2, 6])).toBe(7 / 3);
  expect(naiveScale([4])).toBe(0);
});

test("whatever is predicted: mae <= rmse, and skill is above 0 exactly where the model errs less than the naive forecast", () => {
  const price = fc.integer({ min: 1, max: 1000 });
  fc.assert(
    fc.property(fc.array(fc.tuple(price, price, price), { minLength: 1 }), (rows) => {
      const { model, naive, skill } = scoreSplit("TEST", [columns(rows)], 1);
      expect(model.mae).toBeLessThanOrEqual(model.rmse + 1e-9);
      expect(skill > 0).toBe(model.mae < naive.mae);
    }),
  );
});
