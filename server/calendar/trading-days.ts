/**
 * On which days a series has bars: those of its exchange, where a calendar fits its own bars, or the weekdays that it has had
 * them on.
 */
import { type ExchangeCalendar, exchangeCalendars, zoneName } from "./exchange-calendars.ts";
import { dayText, isMondayToFriday, isWeekday, weekdayOf } from "./zone-days.ts";

export interface TradingDays {
  trades(day: number): boolean;
  /** In words for people, where `last` is the last day that was asked for. */
  told(last: number): string;
}

/** Bars that decide whether a calendar fits: two years of days. */
export const daysJudgedBy = 500;
/** A bar on a holiday may be a mistake of the source; a series that ignores holidays has some ten a year. */
const barsAHoliday = 250;
/** Of sessions that a series lacks: more, and they are another exchange's. */
const mostLacking = 0.5;
/** UTC is nobody's zone but what imports without one get: there the days alone decide, and must be clear. */
const clearDays = 200;
const clearlyLacking = 0.02;

/** @param days on which the series has bars, ascending, each once; at least one */
export function tradingDays(days: readonly number[], timezone: string): TradingDays {
  const judged = days.slice(-daysJudgedBy);
  const zone = zoneName(timezone);
  const named = exchangeCalendars.find((calendar) => zoneName(calendar.timezone) === zone) ?? null;
  if (named && fits(named, judged)) return ofExchange(named);
  const clear = zone === zoneName("UTC") ? clearestOf(judged) : null;
  return clear ? ofExchange(clear) : ofOwn(judged, named);
}

interface Misfit {
  /** Days of the series that the calendar knows. */
  readonly compared: number;
  readonly onHolidays: number;
  /** Share of the calendar's sessions within the series' days that it has no bar on. */
  readonly lacking: number;
}

function misfitOf({ knownFrom, knownUntil, isSession }: ExchangeCalendar, days: readonly number[]): Misfit {
  const known = days.filter((day) => day >= knownFrom && day <= knownUntil);
  let sessions = 0;
  for (let day = known[0] ?? 0; day <= (known.at(-1) ?? -1); day++) if (isSession(day)) sessions++;
  const onSessions = known.filter(isSession).length;
  return {
    compared: known.length,
    onHolidays: known.length - onSessions,
    lacking: sessions > 0 ? 1 - onSessions / sessions : 0,
  };
}

const isCleanOfHolidays = ({ onHolidays, compared }: Misfit): boolean =>
  onHolidays <= Math.floor(compared / barsAHoliday);

function fits(calendar: ExchangeCalendar, days: readonly number[]): boolean {
  const misfit = misfitOf(calendar, days);
  return isCleanOfHolidays(misfit) && misfit.lacking <= mostLacking;
}

function clearestOf(days: readonly number[]): ExchangeCalendar | null {
  const clear = exchangeCalendars
    .map((calendar) => ({ calendar, misfit: misfitOf(calendar, days) }))
    .filter(
      ({ misfit }) =>
        misfit.compared >= clearDays && isCleanOfHolidays(misfit) && misfit.lacking <= clearlyLacking,
    )
    .sort((a, b) => a.misfit.onHolidays - b.misfit.onHolidays || a.misfit.lacking - b.misfit.lacking);
  return clear[0]?.calendar ?? null;
}

function ofExchange({ name, code, knownFrom, knownUntil, isSession }: ExchangeCalendar): TradingDays {
  const until = `${name} (${code}), known until ${dayText(knownUntil)}`;
  return {
    trades: (day) => (day >= knownFrom && day <= knownUntil ? isSession(day) : isWeekday(day)),
    told: (last) => (last > knownUntil ? `${until}; after that every weekday, holidays included` : until),
  };
}

const weekdayNames = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/** The weekdays on which at least half of the series' weeks have a bar; of those that never came, Monday to Friday. */
function ofOwn(days: readonly number[], unfit: ExchangeCalendar | null): TradingDays {
  const [possible, seen] = [new Int32Array(7), new Int32Array(7)];
  for (let day = days[0]!; day <= days.at(-1)!; day++) possible[weekdayOf(day)]!++;
  for (const day of days) seen[weekdayOf(day)]!++;
  const isOwn = weekdayNames.map((_, weekday) =>
    possible[weekday]! > 0 ? 2 * seen[weekday]! >= possible[weekday]! : isMondayToFriday(weekday),
  );
  const own = isOwn.includes(true) ? isOwn : weekdayNames.map((_, weekday) => isMondayToFriday(weekday));
  const why = unfit ? `, as the days of ${unfit.name} (${unfit.code}) do not fit the series` : "";
  return {
    trades: (day) => own[weekdayOf(day)]!,
    told: () => `${wordsOf(own)}${why}`,
  };
}

function wordsOf(own: readonly boolean[]): string {
  const names = weekdayNames.filter((_, weekday) => own[weekday]);
  if (names.length === 7) return "every day, as the series has it";
  if (names.length === 5 && !own[0] && !own[6]) return "every weekday, holidays included";
  return `every ${names.join(", ")}, as the series has it, holidays included`;
}
