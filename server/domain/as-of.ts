/**
 * Which bar of another series is known at a bar of one's own: the newest that has ended by the end of that bar. Bars are taken
 * as stamped at their begin and as long as the series' bars usually are apart, so that
 *
 *   other time + length of the other's bars <= own time + reach of the own bars
 *
 * Days of exchanges in several zones are compared as moments: Shanghai's Tuesday has ended when New York's Tuesday ends, New
 * York's has not when Shanghai's does. A week's bar is known once the week is over, not on its Monday.
 */
import { dayMs, usualGap } from "./usual-gap.ts";

const longestDay = 1.5;
const leastMonth = 25;
/** The longest month is 31 of 30.4 days; a median may be 30. */
const longestOfMonths = 1.05;
/** A week that begins on a Tuesday, after a holiday, has six days, and a February 28 of 31. */
const shortestOfLong = 6 / 7;
const stampsJudgedBy = 12;

/** How long after its time a bar of another series has surely ended, in ms. @param time of its newest bars at least */
export function lengthOfBars(time: ArrayLike<number>): number {
  const gap = usualGap(time);
  return gap < leastMonth * dayMs ? gap : longestOfMonths * gap;
}

/**
 * How far after its time a bar of the run's own series surely goes, in ms: what has ended by then is known at it. Of bars
 * longer than a day that are not stamped on a Monday or Tuesday, or early in a month, nobody can tell whether they are
 * stamped at their end: of those it is the stamped day.
 */
export function reachOfBars(time: ArrayLike<number>): number {
  const gap = usualGap(time);
  if (gap <= longestDay * dayMs) return gap;
  return isStampedAtBegin(time, gap) ? shortestOfLong * gap : dayMs;
}

function isStampedAtBegin(time: ArrayLike<number>, gap: number): boolean {
  const newest = Array.from(
    { length: Math.min(time.length, stampsJudgedBy) },
    (_, back) => time[time.length - 1 - back]!,
  );
  // Half a day on, midnight of any zone lies within its own day of UTC.
  const days = newest.map((at) => new Date(at + dayMs / 2));
  if (gap >= leastMonth * dayMs) return days.every((day) => day.getUTCDate() <= 7);
  const isWeek = Math.round(gap / dayMs) === 7;
  return isWeek && days.every((day) => day.getUTCDay() === 1 || day.getUTCDay() === 2);
}

/**
 * Index of the other's bar that is known at each of the own bars; -1 before the first.
 * @param own ascending, in ms, as `other`
 */
export function knownBars(
  own: Float64Array,
  reachMs: number,
  other: Float64Array,
  lengthMs: number,
): Int32Array {
  const known = new Int32Array(own.length);
  let next = 0;
  for (let bar = 0; bar < own.length; bar++) {
    while (next < other.length && other[next]! + lengthMs <= own[bar]! + reachMs) next++;
    known[bar] = next - 1;
  }
  return known;
}
