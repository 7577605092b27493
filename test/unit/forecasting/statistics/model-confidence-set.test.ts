/** The model confidence set, against PyPI's arch: exactly on the same resamples, nearly on our own. */
import { expect, test } from "vitest";
import { modelConfidenceSet } from "../../../../server/forecasting/statistics/model-confidence-set.ts";
import { stationaryResamples } from "../../../../server/forecasting/statistics/stationary-resamples.ts";
import { golden } from "./golden.ts";
import { normals } from "./normals.ts";

interface Case {
  readonly losses: number[][];
  readonly blockLength: number;
  readonly pValues: number[];
  readonly included: number[];
}
const cases = golden<{ givenResamples: (Case & { resamples: number[][] })[]; ownResamples: Case[] }>(
  "model-confidence-set",
);
const membersOf = (included: readonly boolean[]) =>
  included.flatMap((isIn, forecaster) => (isIn ? [forecaster] : []));

test("on arch's resamples every p value is arch's", () => {
  for (const { losses, resamples, pValues, included } of cases.givenResamples) {
    const got = modelConfidenceSet(losses, resamples);
    expect(got.pValues).toEqual(pValues.map((pValue) => expect.closeTo(pValue, 12)));
    expect(membersOf(got.included)).toEqual(included);
  }
});

test("20,000 resamples of our own come within 0.02 of 20,000 of arch's, and 1,000 to the same set", () => {
  for (const { losses, blockLength, pValues, included } of cases.ownResamples) {
    const of = (resamples: number) =>
      modelConfidenceSet(losses, stationaryResamples(250, { seed: 1, resamples, blockLength }));
    of(20_000).pValues.forEach((pValue, forecaster) => {
      expect(Math.abs(pValue - pValues[forecaster]!)).toBeLessThan(0.02);
    });
    expect(membersOf(of(1000).included)).toEqual(included);
  }
});

test("the same seed gives the same set, another seed other p values", () => {
  const { losses } = cases.ownResamples[1]!;
  const of = (seed: number) => modelConfidenceSet(losses, stationaryResamples(250, { seed })).pValues;
  expect(of(5)).toEqual(of(5));
  expect(of(5)).not.toEqual(of(6));
});

test("forecasters with the same losses stay or leave together", () => {
  const next = normals(4);
  const losses = Array.from({ length: 100 }, () => Math.abs(next()));
  const worse = losses.map((loss) => loss + 1 + 0.1 * next());
  const resamples = () => stationaryResamples(100, { seed: 2 });
  expect(modelConfidenceSet([losses, losses, losses], resamples()).pValues).toEqual([1, 1, 1]);
  expect(modelConfidenceSet([worse, losses, worse, losses], resamples())).toEqual({
    pValues: [0, 1, 0, 1],
    included: [false, true, false, true],
  });
});

test("a forecaster that is worse by the same amount at every target leaves", () => {
  const losses = Array.from({ length: 64 }, (_, i) => i % 7);
  const resamples = stationaryResamples(64, { seed: 3 });
  expect(modelConfidenceSet([losses.map((loss) => loss + 1), losses], resamples).pValues).toEqual([0, 1]);
});

test("one forecaster is the best there is", () => {
  expect(modelConfidenceSet([[1, 2]], [[0, 1]])).toEqual({ pValues: [1], included: [true] });
  expect(modelConfidenceSet([], [[]])).toEqual({ pValues: [], included: [] });
});

test("losses that cannot be compared are refused", () => {
  expect(() => modelConfidenceSet([[1, 2], [1]], [[0, 1]])).toThrow("got 2 and 1");
  expect(() =>
    modelConfidenceSet(
      [
        [1, Number.NaN],
        [1, 2],
      ],
      [[0, 1]],
    ),
  ).toThrow("forecaster 0 has a mean of NaN");
  expect(() => modelConfidenceSet([[], []], [[]])).toThrow("every loss must be a number");
  expect(() =>
    modelConfidenceSet(
      [
        [1, 2],
        [1, 3],
      ],
      [],
    ),
  ).toThrow("at least one resample");
});

test("resamples draw every place as often, in blocks of the mean length asked for", () => {
  const count = 40;
  const drawn = new Array<number>(count).fill(0);
  let breaks = 0;
  for (const indices of stationaryResamples(count, { seed: 9, resamples: 5000, blockLength: 8 }))
    indices.forEach((index, i) => {
      drawn[index]!++;
      if (i > 0 && index !== (indices[i - 1]! + 1) % count) breaks++;
    });
  // A new block begins with probability 1 / 8, and 1 / 40 of those happen to go on where the last one ended.
  expect(breaks / (5000 * (count - 1))).toBeCloseTo((1 / 8) * (39 / 40), 2);
  for (const times of drawn) expect(Math.abs(times / 5000 - 1)).toBeLessThan(0.1);
});

test("blocks of one are single draws", () => {
  const [indices] = stationaryResamples(1000, { seed: 1, blockLength: 1 });
  const goesOn = indices!.filter((index, i) => i > 0 && index === (indices![i - 1]! + 1) % 1000).length;
  expect(goesOn).toBeLessThan(10);
  expect(Math.max(...indices!)).toBeLessThan(1000);
});
