/** The ways in which dates are written, to choose from in words, each with the pattern that the API takes. Pure but for the page's language. */
import { dateLocale } from "../../lib/words/language.ts";
import { t } from "../../lib/words/t.ts";
import type { PreviewRow } from "./csv-preview.ts";

export interface DateForm {
  readonly pattern: string;
  readonly name: string;
}

/** The reader's own pattern. */
export const ownForm = "own";

type Name = (example: string) => string;
const dayFirst: Name = (example) => t("Day first: {example}", { example });
const monthFirst: Name = (example) => t("Month first: {example}", { example });
const yearFirst: Name = (example) => t("Year first: {example}", { example });
const shortYear = {
  dayFirst: (example) => t("Day first, short year: {example}", { example }),
  monthFirst: (example) => t("Month first, short year: {example}", { example }),
  yearFirst: (example) => t("Short year first: {example}", { example }),
} satisfies Record<string, Name>;
const digits = {
  yearFirst: (example) => t("Digits: {example}", { example }),
  dayFirst: (example) => t("Digits, day first: {example}", { example }),
  monthFirst: (example) => t("Digits, month first: {example}", { example }),
} satisfies Record<string, Name>;
/** A month in letters says itself what comes first. */
const plain: Name = (example) => example;

/** By their patterns, in the order of the list. */
const usual: Readonly<Record<string, Name>> = {
  "d/M/yyyy": dayFirst,
  "M/d/yyyy": monthFirst,
  "d.M.yyyy": dayFirst,
  "d-M-yyyy": dayFirst,
  "M-d-yyyy": monthFirst,
  "d/M/yy": shortYear.dayFirst,
  "M/d/yy": shortYear.monthFirst,
  "d.M.yy": shortYear.dayFirst,
  "yy/M/d": shortYear.yearFirst,
  "yyyy-M-d": yearFirst,
  "yyyy/M/d": yearFirst,
  "yyyy.M.d": yearFirst,
  yyyyMMdd: digits.yearFirst,
  ddMMyyyy: digits.dayFirst,
  MMddyyyy: digits.monthFirst,
  "d MMM yyyy": plain,
  "d-MMM-yy": plain,
  "d-MMM-yyyy": plain,
  "MMM d, yyyy": plain,
  "MMMM d, yyyy": plain,
  "d MMMM yyyy": plain,
  yyyy年M月d日: () => "2020年4月24日",
};

/** All that can be chosen: those of this file first, with its signs and its time of day. */
export function dateForms(rows: readonly PreviewRow[], chosen: string): DateForm[] {
  const clock = clockOf(rows);
  const own = twoWayForms(rows);
  const others = Object.entries(usual).map(([pattern, name]) => ({
    pattern: pattern + clock,
    name: name(exampleOf(pattern)) + (clock && ` ${exampleOf(clock.trim())}`),
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

const firsts: Readonly<Record<string, Name>> = { d: dayFirst, M: monthFirst, y: yearFirst };

/** "Day first: 2 January 2020" of 02.01.2020; null where that is no day of the calendar. */
export function readingOf(cell: string, pattern: string): string | null {
  const numbers = (cell.match(/\d+/g) ?? []).map(Number);
  const letters = [...new Set(pattern.replace(/[^dMy]/g, ""))];
  const part = (letter: string): number => numbers[letters.indexOf(letter)] ?? 0;
  const [date, month, year] = [part("d"), part("M"), part("y")];
  const fullYear = year > 99 ? year : year > 60 ? 1900 + year : 2000 + year;
  const time = Date.UTC(fullYear, month - 1, date);
  if (month > 12 || new Date(time).getUTCDate() !== date) return null;
  const words = new Intl.DateTimeFormat(dateLocale(), { dateStyle: "long", timeZone: "UTC" }).format(time);
  return firsts[letters[0]!]!(words);
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
  const example = exampleOf(pattern);
  if (/^d{1,2}[^dMy']*M{1,2}([^M]|$)/.test(pattern)) return dayFirst(example);
  return /^M{1,2}[^dMy']*d/.test(pattern) ? monthFirst(example) : example;
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
