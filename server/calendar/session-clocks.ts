/** At which times of day an intraday series has bars: its usual hours, weekday by weekday. */
import { type Wall, weekdayOf } from "./zone-days.ts";

/** Clocks of a day's usual bars, ascending; none where bars come at no usual time. */
export type SessionClocks = (day: number) => readonly number[];

/**
 * A time of day is usual where at least half of the days have it, and on a weekday only where one like it had it: a market
 * that opens on Sunday evening opens at no Sunday's morning.
 * @param walls of the newest bars, ascending
 */
export function sessionClocks(walls: readonly Wall[]): SessionClocks {
  const byDay = new Map<number, number[]>();
  for (const { day, clock } of walls) {
    const clocks = byDay.get(day) ?? [];
    clocks.push(clock);
    byDay.set(day, clocks);
  }
  const days = wholeDays([...byDay.keys()]);
  const counts = new Map<number, number>();
  const seenOn = new Map<number, Set<number>>();
  for (const day of days) {
    const clocks = byDay.get(day)!;
    for (const clock of clocks) counts.set(clock, (counts.get(clock) ?? 0) + 1);
    const weekday = weekdayOf(day);
    seenOn.set(weekday, new Set([...(seenOn.get(weekday) ?? []), ...clocks]));
  }
  const usual = [...counts]
    .filter(([, count]) => 2 * count >= days.length)
    .map(([clock]) => clock)
    .sort((a, b) => a - b);
  return (day) => {
    const seen = seenOn.get(weekdayOf(day));
    return seen ? usual.filter((clock) => seen.has(clock)) : usual;
  };
}

/** The first may begin, and the last end, in the middle. */
const wholeDays = (days: readonly number[]): readonly number[] =>
  days.length > 3 ? days.slice(1, -1) : days;
