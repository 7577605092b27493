/** Whether intervals hold what they promise, in all and in their worst stretch, and how wide they are for it. */

const blockBars = 50;

/** Intervals of one step on the targets of one split, and what came; all of one length. */
export interface BoundedOutcomes {
  readonly actual: ArrayLike<number>;
  readonly lower: ArrayLike<number>;
  readonly upper: ArrayLike<number>;
}

export interface Coverage {
  readonly level: number;
  readonly step: number;
  /** Outcomes that had an interval. */
  readonly count: number;
  /** Of these, outside it. */
  readonly misses: number;
  /** Share within. */
  readonly covered: number;
  /** Lowest share in a block of 50 such outcomes; a last block shorter than 25 counts with the one before. */
  readonly worstBlock: number;
  /** In the target's unit. */
  readonly meanWidth: number;
  /**
   * Mean of width + 2 / alpha x distance outside: Winkler (1972), "A Decision-Theoretic Approach to Interval Estimation",
   * JASA 67; lower is better. In the target's unit.
   */
  readonly winkler: number;
}

/** @returns null where no outcome had an interval */
export function coverageOf(
  level: number,
  step: number,
  { actual, lower, upper }: BoundedOutcomes,
): Coverage | null {
  const missed: boolean[] = [];
  let width = 0;
  let outside = 0;
  for (let i = 0; i < actual.length; i++) {
    const distance = Math.max(lower[i]! - actual[i]!, actual[i]! - upper[i]!, 0);
    if (Number.isNaN(distance)) continue;
    missed.push(distance > 0);
    width += upper[i]! - lower[i]!;
    outside += distance;
  }
  const count = missed.length;
  if (count === 0) return null;
  const misses = missed.filter(Boolean).length;
  return {
    level,
    step,
    count,
    misses,
    covered: 1 - misses / count,
    worstBlock: worstBlock(missed),
    meanWidth: width / count,
    winkler: (width + (2 / (1 - level)) * outside) / count,
  };
}

function worstBlock(missed: readonly boolean[]): number {
  const blocks = Math.max(1, Math.round(missed.length / blockBars));
  const shares = Array.from({ length: blocks }, (_, block) => {
    const end = block === blocks - 1 ? missed.length : (block + 1) * blockBars;
    const own = missed.slice(block * blockBars, end);
    return 1 - own.filter(Boolean).length / own.length;
  });
  return Math.min(...shares);
}
