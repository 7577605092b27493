/** How far apart the bars of a series usually are. */

export const dayMs = 86_400_000;
/** Gaps that tell it: the newest. A time more is needed. */
export const gapsJudgedBy = 500;

/** Median gap of the newest bars, in ms; a day where there are fewer than two. */
export function usualGap(time: ArrayLike<number>): number {
  const gaps = Array.from({ length: Math.max(0, Math.min(time.length - 1, gapsJudgedBy)) }, (_, back) => {
    const at = time.length - 1 - back;
    return time[at]! - time[at - 1]!;
  });
  return gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? dayMs;
}
