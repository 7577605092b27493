/** The forms of dates that mean one thing only, and what to tell about those that may mean two. */
import { quote } from "../domain/quote.ts";

/** What a date cell says. */
export interface WrittenTime {
  /** The wall clock in milliseconds since 1970, as if it were UTC. */
  readonly wallMs: number;
  /** What the wall clock is ahead of UTC; null where the cell does not say. */
  readonly offsetMs: number | null;
  /** False for a date alone. */
  readonly hasClock: boolean;
}

const clock = String.raw`(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,](?<fraction>\d{1,9}))?)?`;
const zone = String.raw`(?<zone>Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)`;
const forms = [
  // 2020-04-24, 2020/4/24, 2020.04.24, 2020-04-24 15:30:00, 2020-04-24T15:30:00.123+08:00
  new RegExp(
    String.raw`^(?<year>\d{4})(?<mark>[-/.])(?<month>\d{1,2})\k<mark>(?<day>\d{1,2})(?:(?:T|\s+)${clock}\s*${zone}?)?$`,
    "i",
  ),
  // 20200424, 20200424153000, and 20200424.0 where a program took it for a number
  /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})(?:(?<hour>\d{2})(?<minute>\d{2})(?<second>\d{2}))?(?:\.0+)?$/,
  // 2020年4月24日
  /^(?<year>\d{4})年(?<month>\d{1,2})月(?<day>\d{1,2})日$/,
  // Apr 24, 2020 and Friday, April 24, 2020
  /^(?:[a-z]{3,9},?\s+)?(?<month>[a-z]{3,9})\.?\s+(?<day>\d{1,2}),?\s+(?<year>\d{4})$/i,
  // 24-Apr-2020 and 24 April 2020
  /^(?<day>\d{1,2})[-\s](?<month>[a-z]{3,9})\.?,?[-\s](?<year>\d{4})$/i,
] as const;
// Seconds since 1973 or milliseconds since 2001: shorter ones could be a date in digits.
const unixTime = /^(\d{9,10}|\d{13})(\.0+)?$/;
const twoWays =
  /^(?<first>\d{1,2})(?<mark>[/.-])(?<second>\d{1,2})\k<mark>(?<year>\d{4}|\d{2})(?<time>\s+\d{1,2}:\d{2}(?<seconds>:\d{2})?)?$/;
const clockAlone = new RegExp(`^${clock}$`);
const clockDigits = /^(?<hour>\d{2})(?<minute>\d{2})(?<second>\d{2})?$/;

// Nobody wrote prices down before, and further ahead it is a slip of the pen (0201, 20220).
const firstYear = 1500;
const lastYear = 2199;
const monthNames = [
  ...["january", "february", "march", "april", "may", "june"],
  ...["july", "august", "september", "october", "november", "december"],
];

/** A trimmed cell, or why it is no date. */
export function readUsualDate(text: string): WrittenTime | string {
  for (const form of forms) {
    const parts = form.exec(text)?.groups;
    if (parts) return timeOf(text, parts);
  }
  if (unixTime.test(text)) {
    const value = Number(text);
    return { wallMs: value >= 1e12 ? value : value * 1000, offsetMs: 0, hasClock: true };
  }
  const parts = twoWays.exec(text)?.groups;
  if (parts) return howToName(text, parts);
  return `${quote(text)} is not a date that can be read: write it as 2020-04-24, or set dateFormat`;
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

type Parts = { readonly [name: string]: string | undefined };

function timeOf(text: string, parts: Parts): WrittenTime | string {
  const [year, month, day] = [Number(parts.year), monthOf(parts.month ?? ""), Number(parts.day)];
  const fault = yearFault(text, year);
  if (fault) return fault;
  // Date.UTC makes the 31st of April the 1st of May.
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!exists) return `${quote(text)} is not a day of the calendar`;
  const clockMs = clockOf(parts);
  if (clockMs === null) return `${quote(text)} has a time of day that no clock shows`;
  const offsetMs = parts.zone === undefined ? null : offsetOf(parts.zone);
  return { wallMs: date.getTime() + clockMs, offsetMs, hasClock: parts.hour !== undefined };
}

/** From 1; 0, which no calendar has, for a name that is no month's. */
function monthOf(text: string): number {
  if (/^\d/.test(text)) return Number(text);
  return monthNames.findIndex((name) => name.startsWith(text.toLowerCase())) + 1;
}

function clockOf({ hour, minute, second, fraction }: Parts): number | null {
  const [h, m, s] = [Number(hour ?? 0), Number(minute ?? 0), Number(second ?? 0)];
  if (h > 23 || m > 59 || s > 59) return null;
  const milliseconds = Number((fraction ?? "").padEnd(3, "0").slice(0, 3));
  return ((h * 60 + m) * 60 + s) * 1000 + milliseconds;
}

function offsetOf(text: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})?$/.exec(text) ?? [];
  if (sign === undefined) return 0;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes ?? 0)) * 60_000;
}

/** Even where only one way is possible it must be named: of the other rows it may leave both. */
function howToName(text: string, { first, mark, second, year, time, seconds }: Parts): string {
  const rest = `${mark}${year?.length === 2 ? "yy" : "yyyy"}${time ? ` H:mm${seconds ? ":ss" : ""}` : ""}`;
  const dayThenMonth = `"d${mark}M${rest}"`;
  const monthThenDay = `"M${mark}d${rest}"`;
  if (Number(first) > 12) return `${quote(text)} begins with the day: set dateFormat to ${dayThenMonth}`;
  if (Number(second) > 12) return `${quote(text)} begins with the month: set dateFormat to ${monthThenDay}`;
  return `${quote(text)} may begin with the day or the month: set dateFormat to ${dayThenMonth} or ${monthThenDay}`;
}
