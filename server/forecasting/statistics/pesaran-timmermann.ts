/**
 * Is a direction called right more often than by chance? Being right in 56 % of the bars says nothing where 56 % of
 * them rose and "up" was always said: the test compares with what independent calls of the same two shares would get.
 * Pesaran & Timmermann, "A simple nonparametric test of predictive performance", JBES 10(4), 1992, equation 6.
 */
import { normalCdf } from "./distributions.ts";

export interface PesaranTimmermann {
  /** Standard normal where calls and moves have nothing to do with each other. */
  readonly statistic: number;
  /** One-sided: small where the calls are better than chance. */
  readonly pValue: number;
}

/**
 * Takes targets as independent, so beyond one step ahead, where they overlap, its p value is too small.
 * @param calledUp whether a rise was forecast, one a target
 * @param rose whether it came
 * @returns null where calls or moves are all of one direction: then nothing can be told
 */
export function pesaranTimmermann(
  calledUp: ArrayLike<boolean>,
  rose: ArrayLike<boolean>,
): PesaranTimmermann | null {
  const count = calledUp.length;
  if (rose.length !== count)
    throw new RangeError(`there must be a call for each move, got ${count} calls and ${rose.length} moves`);
  let [right, calls, rises] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    if (calledUp[i] === rose[i]) right++;
    if (calledUp[i]) calls++;
    if (rose[i]) rises++;
  }
  if (calls === 0 || calls === count || rises === 0 || rises === count) return null;
  const x = calls / count;
  const y = rises / count;
  const byChance = x * y + (1 - x) * (1 - y);
  // The paper's V(P) - V(P*), multiplied out: above 0 for two targets or more, as these are.
  const variance = (4 * x * (1 - x) * y * (1 - y) * (count - 1)) / count ** 2;
  const statistic = (right / count - byChance) / Math.sqrt(variance);
  return { statistic, pValue: normalCdf(-statistic) };
}
