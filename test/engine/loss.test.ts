/** The losses and their slopes, by hand. */
import { expect, test } from "vitest";
import { type Loss, losses, lossOf, slopeOf } from "../../server/engine/loss.ts";

const table: Record<Loss, readonly (readonly [error: number, lost: number, slope: number])[]> = {
  MSE: [
    [0, 0, 0],
    [0.5, 0.25, 1],
    [-3, 9, -6],
  ],
  MAE: [
    [0, 0, 0],
    [0.5, 0.5, 1],
    [-3, 3, -1],
  ],
  HUBER: [
    [0, 0, 0],
    [0.5, 0.125, 0.5],
    [1, 0.5, 1],
    [-1, 0.5, -1],
    [-3, 2.5, -1],
    [4, 3.5, 1],
  ],
};

test("each loss of an error and its slope are as its formula says", () => {
  for (const loss of losses)
    for (const [error, lost, slope] of table[loss]) {
      expect(lossOf(loss, error), `${loss} of ${error}`).toBe(lost);
      expect(slopeOf(loss, error) + 0, `slope of ${loss} at ${error}`).toBe(slope);
    }
});

test("a slope is what the loss changes by, between its kinks", () => {
  for (const loss of losses)
    for (const error of [-2.7, -1.2, -0.9, -0.1, 0.3, 0.99, 1.01, 5]) {
      const slope = (lossOf(loss, error + 1e-6) - lossOf(loss, error - 1e-6)) / 2e-6;
      expect(slopeOf(loss, error), `${loss} at ${error}`).toBeCloseTo(slope, 6);
    }
});

test("no loss turns what is not a number into one", () => {
  for (const loss of losses)
    for (const error of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
      expect(Number.isFinite(lossOf(loss, error)), `${loss} of ${error}`).toBe(false);
});
