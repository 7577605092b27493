/** Dates of a price file to instants. A form that can be read in two ways is never guessed: the caller names it. */
import { DateTime, type TokenParser } from "luxon";
import { InvalidInput } from "../domain/errors.ts";
import { quote } from "../domain/quote.ts";
import { readClock, readUsualDate, type WrittenTime, yearFault } from "./date-forms.ts";
import { zoneClock } from "./zone-clock.ts";

/** A time in ms since 1970 UTC, and whether the file itself said the zone; or what is wrong with it. */
export type ReadTime = { readonly time: number; readonly zoned: boolean } | { readonly fault: string };

/**
 * A reader of a file's dates, and of its times of day where they have a column of their own.
 * @param timezone IANA zone for dates that say none.
 * @param pattern a luxon pattern; then nothing else is understood.
 * @throws InvalidInput when the zone or the pattern is none.
 */
export function timeReader(
  timezone: string,
  pattern?: string | null,
): (date: string, clock?: string) => ReadTime {
  const toInstant = zoneClock(timezone);
  const readDate = pattern == null ? readUsualDate : patternReader(pattern);
  return (date, clock = "") => {
    const text = date.trim();
    if (text === "") return { fault: "the date is missing" };
    const written = readDate(text);
    if (typeof written === "string") return { fault: written };
    const fault = yearFault(text, new Date(written.wallMs).getUTCFullYear());
    if (fault) return { fault };
    if (written.offsetMs !== null) return { time: written.wallMs - written.offsetMs, zoned: true };
    const clockMs = written.hasClock ? 0 : readClock(clock.trim());
    if (clockMs === null) return { fault: `${quote(clock)} is not a time of day such as 15:30 or 153000` };
    const { time, exists } = toInstant(written.wallMs + clockMs);
    const hasClock = written.hasClock || clockMs > 0;
    // Where clocks go forward at midnight, the day begins an hour later: a date alone is still that day.
    if (exists || !hasClock) return { time, zoned: false };
    return {
      fault: `${quote(text)} does not exist in ${timezone}, where clocks went forward: is that the file's zone?`,
    };
  };
}

const longestPattern = 60;

/** @throws InvalidInput */
function patternReader(pattern: string): (text: string) => WrittenTime | string {
  const parser = parserOf(pattern);
  const tokens = tokensOf(pattern);
  const saysZone = /[zZxX]/.test(tokens);
  const hasClock = /[HhxX]/.test(tokens);
  return (text) => {
    const parsed = DateTime.fromFormatParser(text, parser, { zone: "utc", locale: "en" });
    if (!parsed.isValid) return `${quote(text)} is not a date of the form ${quote(pattern)}`;
    return { wallMs: parsed.toMillis(), offsetMs: saysZone ? 0 : null, hasClock };
  };
}

function parserOf(pattern: string): TokenParser {
  if (isComplete(tokensOf(pattern)) && pattern.length <= longestPattern) {
    try {
      const parser = DateTime.buildFormatParser(pattern, { locale: "en" });
      DateTime.fromFormatParser("?", parser, { locale: "en" });
      return parser;
    } catch {
      // luxon says no more than that it does not know a token.
    }
  }
  throw new InvalidInput(
    "dateFormat",
    `dateFormat must be a luxon pattern with year, month and day such as "d/M/yyyy", got ${quote(pattern)}`,
  );
}

/** Without a year luxon would take this one, and the same file would mean other dates next year. */
const isComplete = (tokens: string): boolean =>
  /[xX]/.test(tokens) || (/y/.test(tokens) && /[ML]/.test(tokens) && /d/.test(tokens));

const tokensOf = (pattern: string): string => pattern.replace(/'[^']*'/g, "");
