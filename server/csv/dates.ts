/** Dates of a price file to instants, and to the day that they name. A form with two meanings is never guessed. */
import { quote } from "../domain/quote.ts";
import { longestCell } from "./cell.ts";
import { type DateHabits, readClock, readUsualDate, yearFault } from "./date-forms.ts";
import type { DatePattern } from "./date-pattern.ts";
import type { WrittenTime } from "./written-time.ts";
import { wallClockIn, zoneClock } from "./zone-clock.ts";

export interface FoundTime {
  /** Milliseconds since 1970 UTC. */
  readonly time: number;
  /** The second time that clocks showed it, in the night in which they went back; null otherwise. */
  readonly again: number | null;
  /** True where the file itself said the zone. */
  readonly zoned: boolean;
  /**
   * The wall clock that names the trading day, in ms as if it were UTC: as written; the exchange's for a time in UTC
   * that is no midnight. NaN where that is not known, because the series has no zone but UTC.
   */
  readonly wall: number;
  /** False for a date alone. */
  readonly hasClock: boolean;
}

/** What a date cell means, or what is wrong with it. */
export type ReadTime = FoundTime | { readonly fault: string };

export interface DateReading {
  /** IANA zone for dates that say none. */
  readonly timezone: string;
  /** IANA zone of the series that the bars are for. */
  readonly seriesTimezone: string;
  readonly pattern: DatePattern | null;
  readonly habits: DateHabits;
}

const dayMs = 86_400_000;

/**
 * A reader of a file's dates, and of its times of day where they have a column of their own.
 * @throws InvalidInput when a zone is none.
 */
export function timeReader(reading: DateReading): (date: string, clock?: string) => ReadTime {
  const { timezone, seriesTimezone, pattern, habits } = reading;
  const toInstant = zoneClock(timezone);
  const exchangeClock = wallClockIn(seriesTimezone);
  const knowsExchange = seriesTimezone !== "UTC";
  const readDate = pattern ? pattern.read : (text: string) => readUsualDate(text, habits);
  return (date, clock = "") => {
    const text = date.trim();
    if (text === "") return { fault: "the date is missing" };
    if (text.length > longestCell)
      return { fault: `${quote(text)} is not a date: it has ${text.length} characters` };
    const written = readDate(text);
    if (typeof written === "string") return { fault: written };
    const fault = yearFault(text, new Date(written.wallMs).getUTCFullYear());
    if (fault) return { fault };
    if (written.offsetMs !== null) return zonedTime(written.wallMs, written.offsetMs);
    const clockText = clock.trim();
    const clockMs = written.hasClock ? 0 : clockText.length > longestCell ? null : readClock(clockText);
    if (clockMs === null) return { fault: `${quote(clock)} is not a time of day such as 15:30 or 153000` };
    const wall = written.wallMs + clockMs;
    const { time, exists, again } = toInstant(wall);
    const hasClock = written.hasClock || (clockText !== "" && clockText !== "0");
    // Where clocks go forward at midnight, the day begins an hour later: a date alone is still that day.
    if (exists || !(written.hasClock || clockMs > 0)) return { time, again, zoned: false, wall, hasClock };
    return {
      fault: `${quote(text)} does not exist in ${timezone}, where clocks went forward: is that the file's zone?`,
    };
  };

  function zonedTime(wallMs: WrittenTime["wallMs"], offsetMs: number): FoundTime {
    const time = wallMs - offsetMs;
    const isMidnight = wallMs % dayMs === 0;
    const wall = offsetMs !== 0 || isMidnight ? wallMs : knowsExchange ? exchangeClock(time) : Number.NaN;
    return { time, again: null, zoned: true, wall, hasClock: true };
  }
}
