/** What the exchange's calendar says of a bar's day. Known beforehand, so it can give nothing away. */
import { dayMs, wallClock } from "../forecasters/wall-clock.ts";

/** Days since 1970-01-01, by the clocks of the exchange. */
const daysOf = (time: Float64Array, timezone: string): Float64Array =>
  wallClock(timezone, time).map((wall) => Math.floor(wall / dayMs));

/** 1970-01-01 was a Thursday. */
const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7;

/** Monday 0 to Friday 4, Saturday 5, Sunday 6. */
export const weekdays = (time: Float64Array, timezone: string): Float64Array =>
  daysOf(time, timezone).map(weekdayOf);

const lastWeekdays = 3;

/** 1 on the last three weekdays of a month, holidays counted as days; else 0. */
export const monthEnds = (time: Float64Array, timezone: string): Float64Array =>
  daysOf(time, timezone).map((day) => (isMonthEnd(day) ? 1 : 0));

function isMonthEnd(day: number): boolean {
  if (weekdayOf(day) > 4) return false;
  const date = new Date(day * dayMs);
  const nextMonth = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) / dayMs;
  let left = 0;
  // Three weekdays lie within five days, a weekend between them included.
  for (let later = day; later < Math.min(nextMonth, day + 7); later++) if (weekdayOf(later) <= 4) left++;
  return left <= lastWeekdays;
}
