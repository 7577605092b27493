/** Dates as price files write them. A form that can be read in two ways is never guessed: the caller names it. */
import { DateTime, type TokenParser } from "luxon";
import { InvalidInput } from "./errors.ts";
import { type ZoneClock, zoneClock } from "./zone-clock.ts";

/** A time in ms since 1970 UTC, and whether the file itself said the zone; or what is wrong with it. */
export type ReadTime = { readonly time: number; readonly zoned: boolean } | { readonly fault: string };

/** What a date cell says: a wall clock (ms as if UTC), its offset if it has one, and whether it has a time of day. */
interface Written {
  readonly wallMs: number;
  readonly offsetMs: number | null;
  readonly hasClock: boolean;
}

// Nobody wrote prices down before, and further ahead it is a slip of the pen (0201, 20220).
const firstYear = 1500;
const lastYear = 2199;

const clockPart = String.raw`(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?`;
const iso = new RegExp(
  String.raw`^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:(?:T|\s+)${clockPart}\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?$`,
  "i",
);
const digits = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2}))?$/;
const chinese = /^(\d{4})年(\d{1,2})月(\d{1,2})日$/;
const monthFirst = /^(?:[a-z]{3,9},?\s+)?([a-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})$/i;
const dayFirst = /^(\d{1,2})[-\s]([a-z]{3,9})\.?,?[-\s](\d{4})$/i;
const twoWays = /^\d{1,2}([/.-])\d{1,2}\1(\d{4}|\d{2})(\s+\d{1,2}:\d{2}(:\d{2})?)?$/;
const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/**
 * A reader of a file's dates (and of its times of day, where they have a column of their own).
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
  return (date, clock) => {
    const bare = date.trim();
    if (bare === "") return { fault: "the date is missing" };
    const written = readDate(bare);
    if (typeof written === "string") return { fault: written };
    if (!isInRange(new Date(written.wallMs).getUTCFullYear())) return { fault: outOfRange(bare) };
    if (written.offsetMs !== null) return { time: written.wallMs - written.offsetMs, zoned: true };
    const clockMs = clock === undefined || written.hasClock ? 0 : readClock(clock.trim());
    if (clockMs === null)
      return { fault: `${show(clock ?? "")} is not a time of day such as 15:30 or 153000` };
    return settle(written.wallMs + clockMs, written.hasClock || clockMs > 0, toInstant, { bare, timezone });
  };
}

function settle(
  wallMs: number,
  hasClock: boolean,
  toInstant: ZoneClock,
  { bare, timezone }: { bare: string; timezone: string },
): ReadTime {
  const { time, exists } = toInstant(wallMs);
  // Where clocks go forward at midnight, the day begins an hour later: a date alone is still that day.
  if (exists || !hasClock) return { time, zoned: false };
  return {
    fault: `${show(bare)} does not exist in ${timezone}, where clocks went forward: is that the file's zone?`,
  };
}

function readUsualDate(text: string): Written | string {
  const isoParts = iso.exec(text);
  if (isoParts) {
    const [, year, , month, day, hour, minute, second, fraction, zone] = isoParts;
    const clockMs = hour === undefined ? 0 : clockOf(hour, minute, second, fraction);
    return written(text, [year, month, day], clockMs, hour !== undefined, zone);
  }
  const numeric = text.replace(/\.0+$/, "");
  const digitParts = digits.exec(numeric);
  if (digitParts) {
    const [, year, month, day, hour, minute, second] = digitParts;
    const clockMs = hour === undefined ? 0 : clockOf(hour, minute, second);
    return written(text, [year, month, day], clockMs, hour !== undefined);
  }
  // Unix seconds since 1973, or milliseconds since 2001: shorter ones could be a date in digits.
  if (/^(\d{9,10}|\d{13})$/.test(numeric)) {
    return { wallMs: Number(numeric) * (numeric.length > 10 ? 1 : 1000), offsetMs: 0, hasClock: true };
  }
  const [, year, month, day] = chinese.exec(text) ?? [];
  if (year) return written(text, [year, month, day], 0, false);
  const [, monthName, dayAfter, yearAfter] = monthFirst.exec(text) ?? [];
  if (monthName) return written(text, [yearAfter, monthNumber(monthName), dayAfter], 0, false);
  const [, dayBefore, nameBetween, yearLast] = dayFirst.exec(text) ?? [];
  if (nameBetween) return written(text, [yearLast, monthNumber(nameBetween), dayBefore], 0, false);
  return (
    twoWaysFault(text) ??
    `${show(text)} is not a date that can be read: write it as 2020-04-24, or set dateFormat`
  );
}

function twoWaysFault(text: string): string | null {
  const [, separator, year, clock, seconds] = twoWays.exec(text) ?? [];
  if (separator === undefined) return null;
  const rest = `${year?.length === 2 ? "yy" : "yyyy"}${clock ? ` H:mm${seconds ? ":ss" : ""}` : ""}`;
  const [dayThenMonth, monthThenDay] = ["d_M_", "M_d_"].map((form) => form.replaceAll("_", separator) + rest);
  return `${show(text)} may begin with the day or with the month: set dateFormat to "${dayThenMonth}" or "${monthThenDay}"`;
}

function written(
  text: string,
  [year, month, day]: readonly (string | number | undefined)[],
  clockMs: number | null,
  hasClock: boolean,
  zone?: string,
): Written | string {
  if (!isInRange(Number(year))) return outOfRange(text);
  const dateMs = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const offsetMs = zone === undefined ? null : offsetOf(zone);
  // Date.UTC makes the 31st of April the 1st of May.
  const found = new Date(dateMs);
  const isDay = found.getUTCMonth() === Number(month) - 1 && found.getUTCDate() === Number(day);
  if (!isDay) return `${show(text)} is not a day of the calendar`;
  if (clockMs === null) return `${show(text)} has a time of day that no clock shows`;
  return { wallMs: dateMs + clockMs, offsetMs, hasClock };
}

/** -1, which no calendar has, for a name that is no month's. */
const monthNumber = (name: string): number => months.indexOf(name.slice(0, 3).toLowerCase()) + 1 || -1;

function offsetOf(zone: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone) ?? [];
  if (sign === undefined) return 0;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes ?? 0)) * 60_000;
}

/** HH:mm, HH:mm:ss, or as digits alone, as Stooq and MetaTrader have them. */
function readClock(text: string): number | null {
  const [, hour, minute, second, fraction] =
    new RegExp(`^${clockPart}$`).exec(text) ?? /^(\d{2})(\d{2})(\d{2})?$/.exec(text) ?? [];
  if (hour !== undefined) return clockOf(hour, minute, second, fraction);
  return text === "" || text === "0" ? 0 : null;
}

function clockOf(hour: string, minute?: string, second?: string, fraction?: string): number | null {
  const [h, m, s] = [Number(hour), Number(minute ?? 0), Number(second ?? 0)];
  if (h > 23 || m > 59 || s > 59) return null;
  return ((h * 60 + m) * 60 + s) * 1000 + Math.floor(Number(`0.${fraction ?? 0}`) * 1000);
}

function patternReader(pattern: string): (text: string) => Written | string {
  const parser = parserOf(pattern);
  const tokens = pattern.replace(/'[^']*'/g, "");
  const hasZone = /[zZxX]/.test(tokens);
  const hasClock = /[HhxX]/.test(tokens);
  return (text) => {
    const parsed = DateTime.fromFormatParser(text, parser, { zone: "utc", locale: "en" });
    if (!parsed.isValid) return `${show(text)} is not a date of the form ${show(pattern)}`;
    return { wallMs: parsed.toMillis(), offsetMs: hasZone ? 0 : null, hasClock };
  };
}

function parserOf(pattern: string): TokenParser {
  const tokens = pattern.replace(/'[^']*'/g, "");
  // Without a year luxon would take this one, and the same file would mean other dates next year.
  const complete =
    /[xX]/.test(tokens) ||
    (/y/.test(tokens) && ((/[ML]/.test(tokens) && /d/.test(tokens)) || /o/.test(tokens)));
  if (complete && pattern.length <= 60) {
    try {
      const parser = DateTime.buildFormatParser(pattern, { locale: "en" });
      DateTime.fromFormatParser("?", parser, { locale: "en" });
      return parser;
    } catch {
      // Told below.
    }
  }
  throw new InvalidInput(
    "dateFormat",
    `dateFormat must be a luxon pattern with year, month and day such as "d/M/yyyy", got ${show(pattern)}`,
  );
}

const isInRange = (year: number): boolean => year >= firstYear && year <= lastYear;
const outOfRange = (text: string): string => `${show(text)} is outside the years ${firstYear} to ${lastYear}`;
const show = (text: string): string => JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}...` : text);
