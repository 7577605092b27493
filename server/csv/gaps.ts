/** Long pauses between the bars of a file: which of them stay where the bars go to a series that has bars itself, and what is said of them. Pure. */
import { andMore, shownAtMost } from "./and-more.ts";
import { dayMs, dayText } from "./trading-days.ts";
import { wallClockIn } from "./zone-clock.ts";

export interface FileGap {
  /** The bar before it, and the bar after it. */
  readonly from: number;
  readonly to: number;
}
export interface FileGaps {
  readonly found: readonly FileGap[];
  /** No shorter pause is a gap beside the rhythm of the file's bars. */
  readonly leastMs: number;
}

/** What is left of a gap among the bars that a series has there. @param times of those, ascending */
export function gapLeft({ from, to }: FileGap, times: ArrayLike<number>, leastMs: number): FileGap[] {
  const left: FileGap[] = [];
  let before = from;
  for (let at = 0; at <= times.length; at++) {
    const next = times[at] ?? to;
    if (next - before > leastMs) left.push({ from: before, to: next });
    before = next;
  }
  return left;
}

/** @param timezone of the exchange, whose days are told */
export function gapWords(gaps: readonly FileGap[], timezone: string): string[] {
  const wallClock = wallClockIn(timezone);
  const day = (time: number) => dayText(wallClock(time));
  const first = gaps.slice(0, shownAtMost).map(({ from, to }) => {
    const days = Math.round((to - from) / dayMs);
    return `there is no bar for ${days} days, from ${day(from)} to ${day(to)}`;
  });
  return andMore(first, gaps.length, "long gaps");
}
