/** What is drawn beside the losses as they are: smoothed lines, and the best so far. Pure. */

/**
 * An exponential mean that begins at the first value without leaning to it.
 * @param weight of what came before, 0 (nothing is smoothed) to below 1
 */
export function smoothed(values: readonly (number | null)[], weight: number): (number | null)[] {
  let mean = 0;
  let share = 0;
  return values.map((value) => {
    if (value === null || !Number.isFinite(value)) return null;
    mean = weight * mean + (1 - weight) * value;
    share = weight * share + (1 - weight);
    return mean / share;
  });
}

/** The lowest up to each place; null before the first. */
export function bestSoFar(values: readonly (number | null)[]): (number | null)[] {
  let best: number | null = null;
  return values.map((value) => {
    if (value !== null && Number.isFinite(value) && (best === null || value < best)) best = value;
    return best;
  });
}
