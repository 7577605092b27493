/**
 * When the next bars of a series come: on the next days of its exchange, at the times of day at which it has its bars. Pure:
 * what it says follows from the bars' times and from the calendars alone.
 */
import { usualGap } from "../domain/usual-gap.ts";
import { isIntraday, type Rhythm, rhythmOf, spanText } from "./rhythm.ts";
import { sessionClocks } from "./session-clocks.ts";
import { daysJudgedBy, tradingDays } from "./trading-days.ts";
import { dayMs, usualOf, type Wall, type ZoneDays, zoneDays } from "./zone-days.ts";

export interface NextTimes {
  /** Milliseconds since 1970 UTC, ascending, after the last bar. */
  readonly time: readonly number[];
  /** Which calendar gave them and until when it is known, in words. */
  readonly calendar: string;
}

/** Bars whose times tell a series' rhythm: a month of minutes of an exchange. Those before are of no use here. */
export const timesJudgedBy = 10_000;
const stampsJudgedBy = 20;
/** No series rests longer: where a day's bars come at no usual time, looking for one must end. */
const longestRest = 400;

/**
 * @param time of the newest bars, ascending, at least one: `timesJudgedBy` where there are so many
 * @param timezone the series' IANA zone
 * @param steps how many bars, at least 1
 */
export function nextTimes(time: ArrayLike<number>, timezone: string, steps: number): NextTimes {
  const zone = zoneDays(timezone);
  const gapMs = usualGap(time);
  const judged = isIntraday(gapMs) ? time.length : Math.min(time.length, daysJudgedBy);
  const walls = Array.from({ length: judged }, (_, i) => zone.wallOf(time[time.length - judged + i]!));
  const rhythm = rhythmOf(gapMs, walls);
  if (rhythm.kind === "STEPS" || rhythm.kind === "MONTHS") return inSteps(zone, walls, rhythm, steps);
  const days = tradingDays([...new Set(walls.map(({ day }) => day))], timezone);
  const clocksOf = rhythm.kind === "DAYS" ? sameClock(walls) : sessionClocks(walls);
  const last = walls.at(-1)!;
  const from = time[time.length - 1]!;
  const times: number[] = [];
  let rest = 0;
  let day = rhythm.kind === "DAYS" ? last.day + 1 : last.day;
  for (; times.length < steps && rest < longestRest; day++) {
    const clocks = day === last.day || days.trades(day) ? clocksOf(day) : [];
    const before = times.length;
    for (const clock of clocks) {
      const at = zone.timeOf({ day, clock });
      // A clock that changes can show two times as one, or one before the last bar's.
      if (times.length < steps && at > (times.at(-1) ?? from)) times.push(at);
    }
    rest = times.length > before ? 0 : rest + 1;
  }
  if (rhythm.kind === "DAYS") return { time: times, calendar: days.told(day - 1) };
  const every = spanText(rhythm.gapMs);
  if (times.length < steps) {
    const evenly = Array.from({ length: steps }, (_, i) => from + (i + 1) * rhythm.gapMs);
    return {
      time: evenly,
      calendar: `every ${every} after the last bar: bars come at no usual times of day`,
    };
  }
  return { time: times, calendar: `every ${every} within its usual hours; days: ${days.told(day - 1)}` };
}

const sameClock = (walls: readonly Wall[]) => {
  const clocks = [usualClock(walls)];
  return () => clocks;
};

const usualClock = (walls: readonly Wall[]): number =>
  usualOf(walls.slice(-stampsJudgedBy).map(({ clock }) => clock))!;

function inSteps(
  zone: ZoneDays,
  walls: readonly Wall[],
  rhythm: Extract<Rhythm, { kind: "STEPS" | "MONTHS" }>,
  steps: number,
): NextTimes {
  const clock = usualClock(walls);
  const last = walls.at(-1)!.day;
  const dayAfter = (step: number) =>
    rhythm.kind === "STEPS"
      ? last + step * rhythm.days
      : monthsAfter(last, step * rhythm.months, rhythm.dayOfMonth);
  const time = Array.from({ length: steps }, (_, i) => zone.timeOf({ day: dayAfter(i + 1), clock }));
  return { time, calendar: `${stepsText(rhythm)}, as the series has it` };
}

function monthsAfter(day: number, months: number, dayOfMonth: number | "LAST"): number {
  const date = new Date(day * dayMs);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months];
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const wanted = dayOfMonth === "LAST" ? lastDay : Math.min(dayOfMonth, lastDay);
  return Date.UTC(year, month, wanted) / dayMs;
}

function stepsText(rhythm: Extract<Rhythm, { kind: "STEPS" | "MONTHS" }>): string {
  if (rhythm.kind === "STEPS") return `every ${rhythm.days} days`;
  const { months, dayOfMonth } = rhythm;
  const on = dayOfMonth === "LAST" ? "on the last day" : `on day ${dayOfMonth}`;
  return `every ${months === 1 ? "month" : `${months} months`} ${on}`;
}
