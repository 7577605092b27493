/** Whether intervals hold what they promise, in all and in their worst stretch, and how wide they are for it. */
import type { Coverage } from "../../domain/results.ts";
import { winkler } from "../statistics/interval-scores.ts";

const blockBars = 50;

/** Intervals of one step on the targets of one split, and what came; all of one length. */
export interface BoundedOutcomes {
  readonly actual: ArrayLike<number>;
  readonly lower: ArrayLike<number>;
  readonly upper: ArrayLike<number>;
}

/** Of one step, and of these targets alone; see the domain's for the rest. */
export interface StepCoverage extends Omit<Coverage, "split" | "kupiecPValue"> {
  /** Of those that had an interval, outside it. */
  readonly misses: number;
}

/** @returns null where no outcome had an interval */
export function coverageOf(level: number, step: number, outcomes: BoundedOutcomes): StepCoverage | null {
  const { actual, lower, upper } = withInterval(outcomes);
  const count = actual.length;
  if (count === 0) return null;
  const missed = actual.map((value, i) => value < lower[i]! || value > upper[i]!);
  const misses = missed.filter(Boolean).length;
  return {
    level,
    step,
    count,
    misses,
    covered: 1 - misses / count,
    worstBlock: worstBlock(missed),
    meanWidth: upper.reduce((sum, bound, i) => sum + bound - lower[i]!, 0) / count,
    winkler: winkler(lower, upper, actual, 1 - level),
  };
}

function withInterval({ actual, lower, upper }: BoundedOutcomes) {
  const has = (_: number, i: number) => !Number.isNaN(lower[i]!) && !Number.isNaN(upper[i]!);
  return {
    actual: Array.from(actual).filter(has),
    lower: Array.from(lower).filter(has),
    upper: Array.from(upper).filter(has),
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
