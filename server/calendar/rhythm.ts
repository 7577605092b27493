/** How far apart the bars of a series are, and when within a day or a month they come. */
import { dayMs, usualOf, type Wall } from "./zone-days.ts";

/** DAYS are trading days. STEPS are further apart, by so many days or months. */
export type Rhythm =
  | { readonly kind: "INTRADAY"; readonly gapMs: number }
  | { readonly kind: "DAYS" }
  | { readonly kind: "STEPS"; readonly days: number }
  | { readonly kind: "MONTHS"; readonly months: number; readonly dayOfMonth: number | "LAST" };

/** From one midnight to the next there are 23 hours where clocks go forward; an early close leaves 20. */
const leastDayMs = 20 * 3_600_000;
const mostADay = 1.5;
const leastAMonth = 25;
const daysAMonth = 30.44;
const stampsJudgedBy = 12;

export const isIntraday = (gapMs: number): boolean => gapMs < leastDayMs;

export function rhythmOf(gapMs: number, walls: readonly Wall[]): Rhythm {
  if (isIntraday(gapMs)) return { kind: "INTRADAY", gapMs };
  const days = gapMs / dayMs;
  if (days <= mostADay) return { kind: "DAYS" };
  if (days < leastAMonth) return { kind: "STEPS", days: Math.round(days) };
  return { kind: "MONTHS", months: Math.round(days / daysAMonth), dayOfMonth: dayOfMonthOf(walls) };
}

/** The day that most bars are stamped with; the last of a month where all are near its end. */
function dayOfMonthOf(walls: readonly Wall[]): number | "LAST" {
  const days = walls.slice(-stampsJudgedBy).map(({ day }) => new Date(day * dayMs).getUTCDate());
  return days.every((day) => day >= 28) ? "LAST" : (usualOf(days) ?? 1);
}

/** "5 minutes" */
export function spanText(ms: number): string {
  const units = [
    [dayMs, "day"],
    [3_600_000, "hour"],
    [60_000, "minute"],
    [1000, "second"],
  ] as const;
  const [unit, name] = units.find(([size]) => ms % size === 0) ?? [1, "millisecond"];
  return ms === unit ? name : `${ms / unit} ${name}s`;
}
