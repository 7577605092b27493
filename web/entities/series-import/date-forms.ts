/** The ways in which dates are written, to choose from in words, each with the pattern that the API takes. Pure. */
import type { PreviewRow } from "./csv-preview.ts";

export interface DateForm {
  readonly pattern: string;
  readonly name: string;
}

/** The reader's own pattern. */
export const ownForm = "own";

const usual: readonly DateForm[] = [
  { pattern: "d/M/yyyy", name: "Day first: 24/04/2020" },
  { pattern: "M/d/yyyy", name: "Month first: 04/24/2020" },
  { pattern: "d.M.yyyy", name: "Day first: 24.04.2020" },
  { pattern: "d-M-yyyy", name: "Day first: 24-04-2020" },
  { pattern: "M-d-yyyy", name: "Month first: 04-24-2020" },
  { pattern: "d/M/yy", name: "Day first, short year: 24/04/20" },
  { pattern: "M/d/yy", name: "Month first, short year: 04/24/20" },
  { pattern: "d.M.yy", name: "Day first, short year: 24.04.20" },
  { pattern: "yy/M/d", name: "Short year first: 20/04/24" },
  { pattern: "yyyy-M-d", name: "Year first: 2020-04-24" },
  { pattern: "yyyy/M/d", name: "Year first: 2020/04/24" },
  { pattern: "yyyy.M.d", name: "Year first: 2020.04.24" },
  { pattern: "yyyyMMdd", name: "Digits: 20200424" },
  { pattern: "ddMMyyyy", name: "Digits, day first: 24042020" },
  { pattern: "MMddyyyy", name: "Digits, month first: 04242020" },
  { pattern: "d MMM yyyy", name: "24 Apr 2020" },
  { pattern: "d-MMM-yy", name: "24-Apr-20" },
  { pattern: "d-MMM-yyyy", name: "24-Apr-2020" },
  { pattern: "MMM d, yyyy", name: "Apr 24, 2020" },
  { pattern: "MMMM d, yyyy", name: "April 24, 2020" },
  { pattern: "d MMMM yyyy", name: "24 April 2020" },
  { pattern: "yyyy年M月d日", name: "2020年4月24日" },
];

/** All that can be chosen: those of this file first, with its signs and its time of day. */
export function dateForms(rows: readonly PreviewRow[], chosen: string): DateForm[] {
  const clock = clockOf(rows);
  const own = twoWayForms(rows);
  const others = usual.map(({ pattern, name }) => ({
    pattern: pattern + clock,
    name: clock ? `${name} ${exampleOf(clock.trim())}` : name,
  }));
  const forms = [...own, ...others.filter(({ pattern }) => !own.some((it) => it.pattern === pattern))];
  const isListed = chosen === "" || chosen === ownForm || forms.some(({ pattern }) => pattern === chosen);
  return isListed ? forms : [{ pattern: chosen, name: nameOf(chosen) }, ...forms];
}

const clockCell = /\d[T ](\d{1,2}:\d{2})(:\d{2})?(?:\s?([ap])\.?m\.?)?$/i;

/** The pattern of the time of day that stands behind the dates; empty where there is none. */
function clockOf(rows: readonly PreviewRow[]): string {
  const match = rows
    .flatMap(({ cells }) => cells)
    .map((cell) => clockCell.exec(cell))
    .find((it) => it !== null);
  if (!match) return "";
  const half = match[3] !== undefined;
  const blank = half && / [ap]\.?m\.?$/i.test(match[0]) ? " " : "";
  return ` ${half ? "h" : "H"}:mm${match[2] ? ":ss" : ""}${half ? `${blank}a` : ""}`;
}

const twoWays = /^\d{1,2}([/.-])\d{1,2}\1(\d{4}|\d{2})(?:$|[T ,])/;

/** The first date of the file that begins with the day or the month. */
export const twoWayCell = (rows: readonly PreviewRow[]): string | null =>
  rows.flatMap(({ cells }) => cells).find((cell) => twoWays.test(cell)) ?? null;

const firsts: Readonly<Record<string, string>> = { d: "Day", M: "Month", y: "Year" };

/** "Day first: 2 January 2020" of 02.01.2020; null where that is no day of the calendar. */
export function readingOf(cell: string, pattern: string): string | null {
  const numbers = (cell.match(/\d+/g) ?? []).map(Number);
  const letters = [...new Set(pattern.replace(/[^dMy]/g, ""))];
  const part = (letter: string): number => numbers[letters.indexOf(letter)] ?? 0;
  const [date, month, year] = [part("d"), part("M"), part("y")];
  const fullYear = year > 99 ? year : year > 60 ? 1900 + year : 2000 + year;
  const time = Date.UTC(fullYear, month - 1, date);
  if (month > 12 || new Date(time).getUTCDate() !== date) return null;
  const words = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" }).format(time);
  return `${firsts[letters[0]!]} first: ${words}`;
}

/** Day first and month first as this file would have them. */
function twoWayForms(rows: readonly PreviewRow[]): DateForm[] {
  const match = twoWays.exec(twoWayCell(rows) ?? "");
  if (!match) return [];
  const rest = `${match[1]}${match[2]!.length === 2 ? "yy" : "yyyy"}${clockOf(rows)}`;
  return [`d${match[1]}M${rest}`, `M${match[1]}d${rest}`].map((pattern) => ({
    pattern,
    name: nameOf(pattern),
  }));
}

/** "Day first: 24/04/2020" of d/M/yyyy. */
export function nameOf(pattern: string): string {
  const order = /^d{1,2}[^dMy']*M{1,2}([^M]|$)/.test(pattern)
    ? "Day first: "
    : /^M{1,2}[^dMy']*d/.test(pattern)
      ? "Month first: "
      : "";
  return order + exampleOf(pattern);
}

const parts: Readonly<Record<string, string>> = {
  ...{ y: "2020", yy: "20", yyyy: "2020", M: "04", MM: "04", MMM: "Apr", MMMM: "April", d: "24", dd: "24" },
  ...{
    H: "17",
    HH: "17",
    h: "5",
    hh: "05",
    m: "35",
    mm: "35",
    s: "20",
    ss: "20",
    a: "PM",
    u: "5",
    Z: "+02:00",
  },
};

/** What a date of this pattern looks like. */
export const exampleOf = (pattern: string): string =>
  pattern.replace(
    /'([^']*)'|([A-Za-z])\2*/g,
    (token, quoted: string | undefined) => quoted ?? parts[token] ?? token,
  );
