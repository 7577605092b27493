/** The learning rate of each epoch, by hand. */
import { expect, test } from "vitest";
import { learningRateOf, type Plateau, plateauAfter } from "../../../server/forecasting/learning-rate.ts";
import type { TrainingConfig } from "../../../server/recipe/training-config.ts";

type Kind = TrainingConfig["learningRateSchedule"];
const schedule = (learningRateSchedule: Kind, epochs = 8) => ({
  learningRate: 0.8,
  learningRateSchedule,
  epochs,
});
const ratesOf = (kind: Kind, epochs = 8) =>
  Array.from({ length: epochs }, (_, index) => learningRateOf(schedule(kind, epochs), index + 1));

test("constant stays the very number that was asked for", () => {
  expect(ratesOf("CONSTANT")).toEqual(Array(8).fill(0.8));
});

test("step falls to a tenth after half of the epochs and to a hundredth after three quarters", () => {
  const [whole, tenth, hundredth] = [0.8, 0.8 * 0.1, 0.8 * 0.01];
  expect(ratesOf("STEP")).toEqual([whole, whole, whole, whole, tenth, tenth, hundredth, hundredth]);
  expect(ratesOf("STEP", 1)).toEqual([whole]);
  expect(ratesOf("STEP", 3)).toEqual([whole, whole, tenth]);
});

test("cosine begins at the rate, is at half of it in the middle, and never reaches 0", () => {
  const rates = ratesOf("COSINE");
  expect(rates[0]).toBe(0.8);
  expect(rates[4]).toBeCloseTo(0.4, 12);
  expect(rates[2]).toBeCloseTo(0.8 * (0.5 + Math.SQRT1_2 / 2), 12);
  expect(rates.every((rate, index) => index === 0 || rate < rates[index - 1]!)).toBe(true);
  expect(ratesOf("COSINE", 10_000).at(-1)).toBeGreaterThan(0);
});

/** What is remembered after losses, in their order. */
const after = (losses: readonly number[]) =>
  losses.reduce<Plateau | undefined>(
    (before, loss) => plateauAfter(schedule("PLATEAU"), before, loss),
    undefined,
  );
const rateAfter = (losses: readonly number[]) =>
  learningRateOf(schedule("PLATEAU"), losses.length + 1, after(losses));

test("a plateau halves the rate after five epochs without a lower loss, and again after five more", () => {
  expect(rateAfter([])).toBe(0.8);
  expect(rateAfter([3, 3, 4, 5, 3])).toBe(0.8);
  expect(rateAfter([3, 3, 4, 5, 3, 3])).toBe(0.4);
  expect(rateAfter([3, 3, 4, 5, 3, 2])).toBe(0.8);
  expect(rateAfter([3, 3, 4, 5, 3, 3, 2.9, 3, 3, 3, 3])).toBe(0.4);
  expect(rateAfter([3, 3, 4, 5, 3, 3, 4, 4, 4, 4, 4])).toBe(0.2);
});

test("a plateau of 10,000 epochs leaves a thousandth of the rate", () => {
  expect(rateAfter(Array(10_000).fill(1))).toBe(0.8 / 1024);
});

test("the other schedules look at no loss", () => {
  expect(plateauAfter(schedule("COSINE"), undefined, 1)).toBeUndefined();
});
