/** The forms of dates that mean one thing only, those that begin with the day or the month, and numbers as times. */
import { quote } from "../domain/quote.ts";
import { readNumericTime } from "./numeric-times.ts";
import type { WrittenTime } from "./written-time.ts";

/** What a file as a whole settles about cells that could mean two things. */
export interface DateHabits {
  /** Which stands first in 04/05/2020. */
  readonly first: "day" | "month" | null;
  /** Numbers such as 45383 are a spreadsheet's days. */
  readonly dayNumbers: boolean;
}

const clock = String.raw`(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,](?<fraction>\d{1,9}))?)?(?:\s?(?<half>[ap])\.?m\.?)?`;
const zone = String.raw`(?<zone>Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)`;
const timeAfter = String.raw`(?:(?:T|,?\s{1,2})${clock}\s?${zone}?)?`;
const yearFirst = new RegExp(
  String.raw`^(?<year>\d{4})(?<mark>[-/.])(?<month>\d{1,2})\k<mark>(?<day>\d{1,2})${timeAfter}$`,
  "i",
);
const digitsOnly =
  /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})(?:(?<hour>\d{2})(?<minute>\d{2})(?<second>\d{2}))?(?:\.0{1,9})?$/;
const forms: readonly RegExp[] = [
  // 2020-04-24, 2020/4/24, 2020.04.24, 2020-04-24 15:30:00, 2020-04-24T15:30:00.123+08:00
  yearFirst,
  // 20200424, 20200424153000, and 20200424.0 where a program took it for a number
  digitsOnly,
  // 20200424 15:30:00
  new RegExp(String.raw`^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})${timeAfter}$`, "i"),
  // 2020年4月24日
  /^(?<year>\d{4})年(?<month>\d{1,2})月(?<day>\d{1,2})日$/,
  // Apr 24, 2020 and Friday, April 24, 2020
  new RegExp(
    String.raw`^(?:[a-z]{3,9},?\s{1,2})?(?<month>[a-z]{3,9})\.?\s{1,2}(?<day>\d{1,2}),?\s{1,2}(?<year>\d{4})${timeAfter}$`,
    "i",
  ),
  // 24-Apr-2020, 24 April 2020 and 24-Apr-20
  new RegExp(
    String.raw`^(?:[a-z]{3,9},?\s{1,2})?(?<day>\d{1,2})[-\s/](?<month>[a-z]{3,9})\.?,?[-\s/](?<year>\d{4}|\d{2})${timeAfter}$`,
    "i",
  ),
];
const twoWays = new RegExp(
  String.raw`^(?<one>\d{1,2})(?<mark>[/.-])(?<two>\d{1,2})\k<mark>(?<year>\d{4}|\d{2})${timeAfter}$`,
  "i",
);
const clockAlone = new RegExp(`^${clock}$`, "i");
const clockDigits = /^(?<hour>\d{2})(?<minute>\d{2})(?<second>\d{2})?$/;
const offset = /^(?<sign>[+-])(?<hours>\d{2}):?(?<minutes>\d{2})?$/;

/** All that meet a cell of a file: each takes a time that grows no faster than the cell (see the test of all of them). */
export const dateExpressions: readonly RegExp[] = [...forms, twoWays, clockAlone, clockDigits, offset];

// Nobody wrote prices down before, and further ahead it is a slip of the pen (0201, 20220).
const firstYear = 1500;
const lastYear = 2199;
const monthNames = [
  ...["january", "february", "march", "april", "may", "june"],
  ...["july", "august", "september", "october", "november", "december"],
];

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** A trimmed cell of at most longestCell characters, or why it is no date. */
export function readUsualDate(text: string, { first, dayNumbers }: DateHabits): WrittenTime | string {
  for (const form of forms) {
    const parts = form.exec(text)?.groups;
    if (parts) return timeOf(text, parts);
  }
  const number = readNumericTime(text, dayNumbers);
  if (number !== null) return number;
  const parts = twoWays.exec(text)?.groups;
  if (!parts)
    return `${quote(text)} is not a date that can be read: write it as 2020-04-24, or name the form of the dates`;
  if (first === null) return howToName(text, parts);
  const [day, month] = first === "day" ? [parts.one, parts.two] : [parts.two, parts.one];
  if (Number(month) > 12) {
    return `${quote(text)} is not a day of the calendar, with the ${first} first as in the rest of the file`;
  }
  return timeOf(text, { ...parts, day, month });
}

/** The parts of a date that begins with the day or the month; null for any other cell. */
export function twoWayParts(text: string): TwoWayParts | null {
  // Most files have other dates, and have many.
  const third = text.charCodeAt(2) <= 47 ? 2 : 1;
  if (text.charCodeAt(third) < 45 || text.charCodeAt(third) > 47) return null;
  const parts = twoWays.exec(text)?.groups;
  if (!parts) return null;
  return { one: Number(parts.one), two: Number(parts.two), year: parts.year!, mark: parts.mark! };
}

export interface TwoWayParts {
  readonly one: number;
  readonly two: number;
  readonly year: string;
  readonly mark: string;
}

/** Milliseconds since midnight of HH:mm, HH:mm:ss, or digits alone as Stooq and MetaTrader have them; null for else. */
export function readClock(text: string): number | null {
  if (text === "" || text === "0") return 0;
  const parts = (clockAlone.exec(text) ?? clockDigits.exec(text))?.groups;
  return parts ? clockOf(parts) : null;
}

/** Why a year cannot be meant; null where it can. */
export const yearFault = (text: string, year: number): string | null =>
  year >= firstYear && year <= lastYear
    ? null
    : `${quote(text)} is outside the years ${firstYear} to ${lastYear}`;

/** As everywhere in the field: 61 is 1961, 60 is 2060. */
export const fullYear = (text: string): number => {
  const year = Number(text);
  return text.length > 2 ? year : year > 60 ? 1900 + year : 2000 + year;
};

/** From 1; 0, which no calendar has, for a name that is no month's. */
export function monthOf(text: string): number {
  const digit = text.charCodeAt(0);
  if (digit >= 48 && digit <= 57) return Number(text);
  const lower = text.toLowerCase();
  return lower.length < 3 ? 0 : monthNames.findIndex((name) => name.startsWith(lower)) + 1;
}

/** Midnight of a day as if it were UTC; null where the calendar has no such day. */
export function dayOf(year: number, month: number, day: number): number | null {
  // Date.UTC makes the 31st of April the 1st of May, and a year below 100 one of the last century.
  const isLeap = month === 2 && day === 29 && ((year % 4 === 0 && year % 100 !== 0) || year % 400 === 0);
  const exists = day >= 1 && year >= 100 && (day <= (monthLengths[month - 1] ?? 0) || isLeap);
  return exists ? Date.UTC(year, month - 1, day) : null;
}

/** Milliseconds since midnight; null where no clock shows it. */
export function clockMsOf(hour: number, minute: number, second: number, fraction = ""): number | null {
  if (hour > 23 || minute > 59 || second > 59) return null;
  const milliseconds = Number(fraction.padEnd(3, "0").slice(0, 3));
  return ((hour * 60 + minute) * 60 + second) * 1000 + milliseconds;
}

export function offsetOf(text: string): number {
  const parts = offset.exec(text)?.groups;
  if (!parts) return 0;
  const minutes = Number(parts.hours) * 60 + Number(parts.minutes ?? 0);
  return (parts.sign === "-" ? -1 : 1) * minutes * 60_000;
}

type Parts = { readonly [name: string]: string | undefined };

function timeOf(text: string, parts: Parts): WrittenTime | string {
  const year = fullYear(parts.year ?? "");
  const fault = yearFault(text, year);
  if (fault) return fault;
  const midnight = dayOf(year, monthOf(parts.month ?? ""), Number(parts.day));
  if (midnight === null) return `${quote(text)} is not a day of the calendar`;
  const clockMs = clockOf(parts);
  if (clockMs === null) return `${quote(text)} has a time of day that no clock shows`;
  const offsetMs = parts.zone === undefined ? null : offsetOf(parts.zone);
  return { wallMs: midnight + clockMs, offsetMs, hasClock: parts.hour !== undefined };
}

function clockOf({ hour, minute, second, fraction, half }: Parts): number | null {
  const shown = Number(hour ?? 0);
  if (half === undefined) return clockMsOf(shown, Number(minute ?? 0), Number(second ?? 0), fraction);
  if (shown < 1 || shown > 12) return null;
  const hours = (shown % 12) + (half.toLowerCase() === "p" ? 12 : 0);
  return clockMsOf(hours, Number(minute ?? 0), Number(second ?? 0), fraction);
}

/**
 * The patterns that read a cell such as 04/05/2020 9:30: day first, month first, and year first where years of two digits
 * may be. Null for any other cell.
 */
export function twoWayPatterns(text: string, yearMayBeFirst: boolean): readonly string[] | null {
  const parts = twoWays.exec(text)?.groups;
  if (!parts) return null;
  const [dayFirst, monthFirst] = patternsOf(text, parts);
  const possible = [Number(parts.two) <= 12 ? dayFirst : null, Number(parts.one) <= 12 ? monthFirst : null];
  const yearFirst = yearMayBeFirst ? dayFirst.replace(/^d(.)M.yy/, "yy$1M$1d") : null;
  return [yearFirst, ...possible].filter((pattern) => pattern !== null);
}

function patternsOf(text: string, { one, mark, two, year, half, zone }: Parts): [string, string] {
  const dateEnd = `${one}${mark}${two}${mark}${year}`.length;
  const clockEnd = text.length - (zone?.length ?? 0);
  const clock = text
    .slice(dateEnd, clockEnd)
    .replace(/t/i, "'$&'")
    .replace(/\d{1,2}:\d{2}/, half ? "h:mm" : "H:mm")
    .replace(/mm:\d{2}/, "mm:ss")
    .replace(/ss([.,])\d{1,9}/, "ss$1u")
    .replace(/[ap]\.?m\.?/i, "a");
  const rest = `${mark}${year?.length === 2 ? "yy" : "yyyy"}${clock}${zone ? "Z" : ""}`;
  return [`d${mark}M${rest}`, `M${mark}d${rest}`];
}

/** Nothing in the file settles which of the two it is. */
function howToName(text: string, parts: Parts): string {
  const { one, two } = parts;
  const [dayThenMonth, monthThenDay] = patternsOf(text, parts).map((pattern) => `"${pattern}"`);
  if (Number(one) > 12)
    return `${quote(text)} begins with the day: the form of the dates is to be named, ${dayThenMonth}`;
  if (Number(two) > 12)
    return `${quote(text)} begins with the month: the form of the dates is to be named, ${monthThenDay}`;
  return `${quote(text)} may begin with the day or the month: the form of the dates is to be named, ${dayThenMonth} or ${monthThenDay}`;
}
