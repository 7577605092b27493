/** How good predictions are, in price units, always beside the naive forecast's on the same targets. */
import type { PredictionColumns, Scores, SplitScores } from "../domain/results.ts";
import type { Split } from "../domain/run.ts";

type Step = Omit<PredictionColumns, "time">;

/**
 * Scores all steps of the horizon together.
 * @param steps one entry a step, at least one target in all
 * @param scale one-step naive mae within the training split, see `naiveScale`
 */
export function scoreSplit(split: Split, steps: readonly Step[], scale: number): SplitScores {
  const model = {
    ...errorScores(steps, "predicted", scale),
    directionalAccuracy: directionalAccuracy(steps),
  };
  const naive = { ...errorScores(steps, "naive", scale), directionalAccuracy: null };
  return { split, count: targetCount(steps), model, naive, skill: skill(model.mae, naive.mae) };
}

const targetCount = (steps: readonly Step[]): number =>
  steps.reduce((count, { actual }) => count + actual.length, 0);

/** Mean absolute change from one price to the next: what the naive forecast errs by one step ahead. 0 for fewer than two prices. */
export function naiveScale(prices: ArrayLike<number>): number {
  let sum = 0;
  for (let bar = 1; bar < prices.length; bar++) sum += Math.abs(prices[bar]! - prices[bar - 1]!);
  return prices.length > 1 ? sum / (prices.length - 1) : 0;
}

function errorScores(
  steps: readonly Step[],
  forecast: "predicted" | "naive",
  scale: number,
): Omit<Scores, "directionalAccuracy"> {
  let absolute = 0;
  let squared = 0;
  let relative = 0;
  for (const step of steps)
    step.actual.forEach((price, index) => {
      const error = step[forecast][index]! - price;
      absolute += Math.abs(error);
      squared += error * error;
      // A price of 0 makes it infinite or, predicted exactly, not a number: then there is no percentage.
      relative += Math.abs(error / price);
    });
  const count = targetCount(steps);
  const mae = absolute / count;
  return {
    mae,
    rmse: Math.sqrt(squared / count),
    mape: Number.isFinite(relative) ? (100 * relative) / count : null,
    mase: scale > 0 ? mae / scale : null,
  };
}

function directionalAccuracy(steps: readonly Step[]): number | null {
  let moved = 0;
  let right = 0;
  for (const { actual, predicted, naive } of steps)
    actual.forEach((price, index) => {
      const last = naive[index]!;
      if (price === last) return;
      moved++;
      if (Math.sign(predicted[index]! - last) === Math.sign(price - last)) right++;
    });
  return moved > 0 ? right / moved : null;
}

/** Where the naive forecast never errs no ratio exists: 0 for a model that never errs either, -1 for any other. */
export function skill(modelMae: number, naiveMae: number): number {
  if (naiveMae > 0) return 1 - modelMae / naiveMae;
  return modelMae === 0 ? 0 : -1;
}
