/**
 * Do intervals hold what they promise? The proportion-of-failures test: the likelihood of the misses that were seen
 * against that of the share promised. Kupiec, "Techniques for verifying the accuracy of risk measurement models",
 * Journal of Derivatives 3(2), 1995, equation 6. It looks at how many missed, not at whether they come in clusters.
 */
import { chiSquareOneTail } from "./distributions.ts";

export interface Kupiec {
  /** Likelihood ratio: 0 where exactly the promised share missed. */
  readonly statistic: number;
  /** Chi-square with one degree of freedom. Two-sided: too wide intervals are found as well as too narrow ones. */
  readonly pValue: number;
}

/**
 * @param misses targets outside their interval
 * @param count all targets
 * @param missRate share of misses promised: 0.05 of a 95 % interval
 * @returns null without targets
 */
export function kupiec(misses: number, count: number, missRate: number): Kupiec | null {
  if (!(missRate > 0 && missRate < 1))
    throw new RangeError(`the promised share of misses must be between 0 and 1, got ${missRate}`);
  if (!(misses >= 0 && misses <= count))
    throw new RangeError(`misses must be 0..${count}, the number of targets, got ${misses}`);
  if (count === 0) return null;
  const hits = count - misses;
  // Below 0 by rounding only.
  const statistic = Math.max(
    0,
    2 * (surprise(misses, count, missRate) + surprise(hits, count, 1 - missRate)),
  );
  return { statistic, pValue: chiSquareOneTail(statistic) };
}

const surprise = (seen: number, count: number, promised: number): number =>
  seen === 0 ? 0 : seen * Math.log(seen / count / promised);
