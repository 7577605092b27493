/** A result in portions, each small enough for a transaction of seconds. */
import type { SplitPredictions } from "../domain/results.ts";

/** Measured on 2 processors: 500,000 take 1.3 to 3 s, 7.5 million in portions 27 s, a single million 3.3 s; a transaction may take 15 s. */
const mostPredictionsAPortion = 500_000;

/** Keeps the order. A step with more predictions than `most` is a portion by itself. */
export function portionsOf(
  predictions: readonly SplitPredictions[],
  most = mostPredictionsAPortion,
): SplitPredictions[][] {
  const portions: SplitPredictions[][] = [];
  let room = 0;
  for (const step of predictions) {
    const size = step.actual.length;
    if (portions.length === 0 || size > room) {
      portions.push([]);
      room = most;
    }
    portions.at(-1)!.push(step);
    room -= size;
  }
  return portions;
}
