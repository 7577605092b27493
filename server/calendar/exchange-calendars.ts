/** The exchanges whose trading days are known, and until when: scripts/make-calendars.py wrote them. */
import data from "./calendars.json" with { type: "json" };
import { dayMs, dayOfText, isWeekday } from "./zone-days.ts";

export interface ExchangeCalendar {
  /** Market identifier code (ISO 10383). */
  readonly code: string;
  readonly name: string;
  /** IANA zone. */
  readonly timezone: string;
  /** First and last session that is known, as days since 1970. */
  readonly knownFrom: number;
  readonly knownUntil: number;
  /** Of a day that is known; weekdays of others. */
  isSession(day: number): boolean;
}

const zoneNames = new Map<string, string>();

/** One name for all spellings of a zone: Asia/Calcutta is Asia/Kolkata. A look-up costs 50 us. */
export function zoneName(timezone: string): string {
  const name =
    zoneNames.get(timezone) ??
    new Intl.DateTimeFormat("en", { timeZone: timezone }).resolvedOptions().timeZone;
  zoneNames.set(timezone, name);
  return name;
}

/** Of a year's days as MMDD, such as "0101 0704". */
const daysOfYear = ([year, days = ""]: readonly [string, string | undefined]): number[] =>
  days
    .split(" ")
    .map((day) => Date.UTC(Number(year), Number(day.slice(0, 2)) - 1, Number(day.slice(2))) / dayMs);

export const exchangeCalendars: readonly ExchangeCalendar[] = data.calendars.map(
  ({ code, name, timezone, ...known }) => {
    const years: Readonly<Record<string, string | undefined>> = known.closed;
    const closed = new Set(Object.entries(years).flatMap(daysOfYear));
    const knownFrom = dayOfText(known.knownFrom);
    const knownUntil = dayOfText(known.knownUntil);
    return {
      ...{ code, name, timezone, knownFrom, knownUntil },
      isSession: (day) => isWeekday(day) && !closed.has(day),
    };
  },
);
