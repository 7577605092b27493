/** What an experiment is as a whole, and how a walk cuts a series. */
import { expect, test } from "vitest";
import { experimentStatus } from "../../server/domain/experiment.ts";
import { fillIn } from "../../server/recipe/complete-config.ts";
import { walkForward } from "../../server/recipe/walk-forward.ts";

test("an experiment is under way until all of its runs have ended, and then the worst of their ends", () => {
  expect(experimentStatus(["QUEUED", "QUEUED"])).toBe("QUEUED");
  expect(experimentStatus(["SUCCEEDED", "QUEUED"])).toBe("RUNNING");
  expect(experimentStatus(["RUNNING", "FAILED"])).toBe("RUNNING");
  expect(experimentStatus(["SUCCEEDED", "CANCELLED", "FAILED"])).toBe("FAILED");
  expect(experimentStatus(["SUCCEEDED", "CANCELLED"])).toBe("CANCELLED");
  expect(experimentStatus(["SUCCEEDED", "SUCCEEDED"])).toBe("SUCCEEDED");
});

test("the tests of a walk lie side by side and end with the series, and each fold trains on all before", () => {
  const asked = fillIn({ testBars: 30, window: 5 });
  expect(walkForward(asked, 330, { folds: 3 })).toEqual([
    { skipFirstBars: 0, skipLastBars: 20, testBars: 10, validationBars: 30 },
    { skipFirstBars: 0, skipLastBars: 10, testBars: 10, validationBars: 31 },
    { skipFirstBars: 0, skipLastBars: 0, testBars: 10, validationBars: 32 },
  ]);
});

test("a sliding walk leaves the oldest bars behind", () => {
  const asked = fillIn({ testBars: 30, window: 5, validationBars: 20, skipLastBars: 5 });
  expect(walkForward(asked, 330, { folds: 2, refitEvery: 50, trainBars: 200 })).toEqual([
    { skipFirstBars: 25, skipLastBars: 55, testBars: 50, validationBars: 20 },
    { skipFirstBars: 75, skipLastBars: 5, testBars: 50, validationBars: 20 },
  ]);
});

test("a walk that the series is too short for, or that validates on its tests, is refused with what it needs", () => {
  expect(() => walkForward(fillIn({}), 330, { folds: 5, refitEvery: 60, trainBars: 100 })).toThrow(
    "5 folds of 60 bars with 100 bars to train on before the first of them need more than the series' 330 bars",
  );
  expect(() => walkForward(fillIn({ validateOnTest: true }), 330, {})).toThrow("each test is seen once");
  expect(() => walkForward(fillIn({ testBars: 0 }), 330, {})).toThrow(
    "testBars must be at least the 5 folds that share them, got 0: take more, or say refitEvery",
  );
  expect(() => walkForward(fillIn({}), 330, { refitEvery: 0 })).toThrow("refitEvery must be");
  expect(walkForward(fillIn({ testBars: 0 }), 330, { folds: 2, refitEvery: 20 })).toHaveLength(2);
});
