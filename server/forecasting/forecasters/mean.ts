/** The mean of the newest bars, the same for every step. */
import { type Baseline, forecastEach } from "./baseline.ts";

const meanBars = 5;

export const mean: Baseline = {
  forecaster: "MEAN",
  refit: "ROLLING",
  label: `Mean of the last ${meanBars}`,
  predict: ({ values }, _training, anchors, horizon) =>
    forecastEach(anchors, horizon, (anchor) => meanOfLast(values, anchor, meanBars)),
};

/**
 * Mean of `count` values up to `bar`, or of as many as there are. Added up anew each time: a running sum would carry the
 * rounding of all bars before, and a shorter history would give another last bit.
 */
export function meanOfLast(values: Float64Array, bar: number, count: number): number {
  const first = Math.max(0, bar - count + 1);
  let sum = 0;
  for (let at = first; at <= bar; at++) sum += values[at]!;
  return sum / (bar - first + 1);
}
