/**
 * Which of several forecasters may be the best? The model confidence set of Hansen, Lunde & Nason, "The model
 * confidence set", Econometrica 79(2), 2011, section 3.1.2: with the range statistic T_R, the worst forecaster leaves
 * until the rest can no longer be told apart. Held against `arch.bootstrap.MCS(method="R")` of PyPI.
 */

export interface ModelConfidenceSet {
  /** One a forecaster: the smallest size of a test at which it leaves the set; 1 for the last that remains. */
  readonly pValues: readonly number[];
  /** Whether its p value is above `size`: with probability 1 - size the best forecaster is among these. */
  readonly included: readonly boolean[];
}

/**
 * @param losses [K][N], one row a forecaster, on the same targets in the order of time
 * @param resamples indices of targets, [N] each, as `stationaryResamples` draws them; blocks must be as long as errors
 *   are related, so at least the step of the horizon
 * @param size of the test: 0.1 makes the 90 % set
 * @throws RangeError without targets or resamples, or where a loss is not finite
 */
export function modelConfidenceSet(
  losses: readonly ArrayLike<number>[],
  resamples: Iterable<ArrayLike<number>>,
  size = 0.1,
): ModelConfidenceSet {
  const count = losses[0]?.length ?? 0;
  const other = losses.find(({ length }) => length !== count);
  if (other)
    throw new RangeError(
      `every forecaster must have a loss for each target, got ${count} and ${other.length}`,
    );
  losses.forEach((loss, model) => {
    if (!Number.isFinite(mean(loss)))
      throw new RangeError(`every loss must be a number, forecaster ${model} has a mean of ${mean(loss)}`);
  });
  const { observed, resampled } = standardised(losses, resamples);
  const pValues = eliminated(losses.length, observed, resampled);
  return { pValues, included: pValues.map((pValue) => pValue > size) };
}

/** [K x K]: for each pair the mean of loss i minus loss j, over its standard deviation among the resamples. */
type Pairs = Float64Array;

function standardised(losses: readonly ArrayLike<number>[], resamples: Iterable<ArrayLike<number>>) {
  const means = losses.map((loss) => mean(loss));
  const observed = pairwise(means);
  const resampled: Pairs[] = [];
  for (const indices of resamples) {
    const pairs = pairwise(losses.map((loss) => meanAt(loss, indices)));
    resampled.push(pairs.map((pair, at) => pair - observed[at]!));
  }
  if (resampled.length === 0) throw new RangeError("there must be at least one resample, got none");
  const deviations = observed.map((_, at) =>
    Math.sqrt(resampled.reduce((sum, pairs) => sum + pairs[at]! ** 2, 0) / resampled.length),
  );
  // Losses that are the same everywhere differ by 0 with a deviation of 0: a tie, not a division.
  const scaled = (pairs: Pairs): Pairs => pairs.map((pair, at) => (pair === 0 ? 0 : pair / deviations[at]!));
  return { observed: scaled(observed), resampled: resampled.map(scaled) };
}

const pairwise = (means: readonly number[]): Pairs =>
  Float64Array.from({ length: means.length ** 2 }, (_, at) => {
    const row = Math.floor(at / means.length);
    return means[row]! - means[at % means.length]!;
  });

function eliminated(models: number, observed: Pairs, resampled: readonly Pairs[]): number[] {
  const pValues = new Array<number>(models).fill(1);
  const remaining = Array.from({ length: models }, (_, model) => model);
  let pValue = 0;
  while (remaining.length > 1) {
    const [statistic, worst] = largest(observed, models, remaining);
    const asLarge = resampled.filter((pairs) => largest(pairs, models, remaining)[0] >= statistic).length;
    // A set's p value is the largest so far, so that smaller sets lie in larger ones (their definition 4).
    pValue = Math.max(pValue, asLarge / resampled.length);
    pValues[worst] = pValue;
    remaining.splice(remaining.indexOf(worst), 1);
  }
  return pValues;
}

/** The largest difference among the remaining, and the forecaster with the larger loss of that pair. */
function largest(pairs: Pairs, models: number, remaining: readonly number[]): [value: number, worst: number] {
  let value = Number.NEGATIVE_INFINITY;
  let worst = remaining[0]!;
  for (const row of remaining)
    for (const column of remaining) {
      const pair = pairs[row * models + column]!;
      if (pair > value) [value, worst] = [pair, row];
    }
  return [value, worst];
}

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

function meanAt(values: ArrayLike<number>, indices: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < indices.length; i++) sum += values[indices[i]!]!;
  return sum / indices.length;
}
