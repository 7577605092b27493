/** What intervals are worth, against values worked out by hand. */
import { expect, test } from "vitest";
import { pinballOf } from "../../../server/domain/results.ts";
import { coverageOf } from "../../../server/forecasting/intervals/coverage.ts";
import { pinball } from "../../../server/forecasting/statistics/interval-scores.ts";

/** Outcomes of 1 (inside) or more (outside) on intervals from 0 to 2. */
const within = (actual: readonly number[]) => ({
  actual,
  lower: actual.map(() => 0),
  upper: actual.map(() => 2),
});
const hits = (count: number) => Array<number>(count).fill(1);

test("each miss costs its distance times 2 / alpha, each interval its width", () => {
  expect(coverageOf(0.8, 3, within([1, 2, 2.5, -0.25]))).toEqual({
    level: 0.8,
    step: 3,
    count: 4,
    misses: 2,
    covered: 0.5,
    worstBlock: 0.5,
    meanWidth: 2,
    winkler: expect.closeTo(2 + (10 * 0.75) / 4, 12),
  });
});

test("the mean pinball loss of both ends follows from the Winkler score", () => {
  const outcomes = within([1, 2, 2.5, -0.25, 0.1]);
  const ends = [pinball(outcomes.lower, outcomes.actual, 0.1), pinball(outcomes.upper, outcomes.actual, 0.9)];
  expect(pinballOf(coverageOf(0.8, 1, outcomes)!)).toBeCloseTo((ends[0]! + ends[1]!) / 2, 12);
});

test("the worst block of 50 is found where it is", () => {
  const outcomes = [...hits(50), ...hits(40), ...Array<number>(10).fill(3), ...hits(50)];
  expect(coverageOf(0.95, 1, within(outcomes))).toMatchObject({ covered: 140 / 150, worstBlock: 0.8 });
});

test("a last block of 24 counts with the one before, one of 25 on its own", () => {
  const missAtEnd = (count: number) => coverageOf(0.95, 1, within([...hits(count - 1), 3]))!.worstBlock;
  expect(missAtEnd(124)).toBeCloseTo(1 - 1 / 74, 12);
  expect(missAtEnd(125)).toBeCloseTo(1 - 1 / 25, 12);
  expect(missAtEnd(20)).toBeCloseTo(1 - 1 / 20, 12);
});

test("outcomes without an interval do not count, and with none there is no coverage", () => {
  const half = { actual: [1, 1], lower: [Number.NaN, 0], upper: [Number.NaN, 2] };
  expect(coverageOf(0.8, 1, half)).toMatchObject({ count: 1, covered: 1, meanWidth: 2 });
  expect(coverageOf(0.8, 1, { actual: [1], lower: [Number.NaN], upper: [Number.NaN] })).toBeNull();
});
