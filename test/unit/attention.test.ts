/** What of a run needs a person. */
import { describe, expect, test } from "vitest";
import { attentionOf, lossesAfter, type RunSoFar } from "../../server/domain/attention.ts";

const training: RunSoFar = {
  status: "RUNNING",
  isDiverged: false,
  epoch: 30,
  epochs: 100,
  naiveLoss: 0.1,
  lowestLoss: 0.05,
  lowestLossEpoch: 29,
  newestLoss: 0.06,
  bestEpoch: null,
  isConstant: false,
  testSkill: null,
  testPValue: null,
};
const scored: RunSoFar = { ...training, status: "SUCCEEDED", epoch: 100, bestEpoch: 60, testSkill: 0.02 };
const kindsOf = (run: RunSoFar) => attentionOf(run).map(({ kind }) => kind);

test("a training that gets better, and one that waits, need nobody", () => {
  expect(kindsOf(training)).toEqual([]);
  expect(kindsOf(scored)).toEqual([]);
  const waiting = { lowestLoss: null, lowestLossEpoch: null, newestLoss: null, naiveLoss: null };
  expect(kindsOf({ ...training, ...waiting, status: "QUEUED", epoch: 0 })).toEqual([]);
});

test("a loss above its best for a fifth of the epochs is rising, and says since when", () => {
  expect(kindsOf({ ...training, lowestLossEpoch: 11 })).toEqual([]);
  const [rising] = attentionOf({ ...training, lowestLossEpoch: 10 });
  expect(rising).toMatchObject({ kind: "RISING", sinceEpoch: 10 });
  expect(rising!.message).toContain("epoch 10 for 20 epochs");
});

test("of few epochs, ten without a gain must pass before a loss counts as rising", () => {
  expect(kindsOf({ ...training, epochs: 20, epoch: 12, lowestLossEpoch: 3 })).toEqual([]);
  expect(kindsOf({ ...training, epochs: 20, epoch: 13, lowestLossEpoch: 3, naiveLoss: null })).toEqual([
    "RISING",
  ]);
});

test("a loss of ten times its best has diverged, and so has a run that failed for it", () => {
  expect(kindsOf({ ...training, newestLoss: 0.49 })).toEqual([]);
  expect(kindsOf({ ...training, newestLoss: 0.5 })).toEqual(["DIVERGED"]);
  expect(kindsOf({ ...training, status: "FAILED", isDiverged: true })).toEqual(["DIVERGED"]);
  expect(kindsOf({ ...training, status: "FAILED" })).toEqual([]);
});

test("worse than the naive forecast is said at half time, and again by the test", () => {
  const worse = { ...training, lowestLoss: 0.3, lowestLossEpoch: 49, newestLoss: 0.3 };
  expect(kindsOf({ ...worse, epoch: 49 })).toEqual([]);
  const [found] = attentionOf({ ...worse, epoch: 50 });
  expect(found).toMatchObject({ kind: "WORSE_THAN_NAIVE", sinceEpoch: null });
  expect(found!.message).toContain("3 times the naive forecast's");
  expect(kindsOf({ ...scored, testSkill: -0.01 })).toEqual(["WORSE_THAN_NAIVE"]);
});

test("a difference that the verdict calls a tie needs nobody", () => {
  expect(kindsOf({ ...scored, testSkill: -0.01, testPValue: 0.049 })).toEqual(["WORSE_THAN_NAIVE"]);
  expect(kindsOf({ ...scored, testSkill: -0.01, testPValue: 0.05 })).toEqual([]);
});

test("a constant forecast and a first epoch that was the best are told once the run is scored", () => {
  expect(kindsOf({ ...scored, isConstant: true, bestEpoch: 1, testSkill: -1 })).toEqual([
    "CONSTANT",
    "WORSE_THAN_NAIVE",
    "BEST_AT_FIRST",
  ]);
  expect(kindsOf({ ...scored, bestEpoch: 1, epoch: 9 })).toEqual([]);
  expect(kindsOf({ ...training, isConstant: true })).toEqual([]);
});

describe("losses so far", () => {
  const none = { lowestLoss: null, lowestLossEpoch: null, newestLoss: null };

  test("keep the lowest with its first epoch, and the newest", () => {
    const first = lossesAfter(none, [
      { epoch: 1, validationLoss: 3 },
      { epoch: 2, validationLoss: 1 },
      { epoch: 3, validationLoss: 1 },
    ]);
    expect(first).toEqual({ lowestLoss: 1, lowestLossEpoch: 2, newestLoss: 1 });
    expect(lossesAfter(first, [{ epoch: 4, validationLoss: 2 }])).toEqual({ ...first, newestLoss: 2 });
  });

  test("stay unknown where nothing validates", () => {
    expect(lossesAfter(none, [{ epoch: 1, validationLoss: null }])).toEqual(none);
  });
});
