/** Dates of a form that the caller names in Luxon's tokens, read from left to right without ever going back. */
import { InvalidInput } from "../domain/errors.ts";
import { quote } from "../domain/quote.ts";
import { clockMsOf, dayOf, fullYear, monthOf, offsetOf } from "./date-forms.ts";
import { ianaZone } from "./iana-zone.ts";
import type { WrittenTime } from "./written-time.ts";
import { type ZoneClock, zoneClock } from "./zone-clock.ts";

export interface DatePattern {
  /** A trimmed cell of at most longestCell characters, or why it is no such date. */
  readonly read: (text: string) => WrittenTime | string;
  /** True for a cell that has this form and is a date only with day and month exchanged. */
  readonly isDisprovedBy: (text: string) => boolean;
}

type Part = keyof typeof tokens;
/** Letters of the tokens that name each part, as Luxon has them. */
const tokens = {
  year: ["y", "yy", "yyyy", "yyyyy", "yyyyyy"],
  month: ["M", "MM", "MMM", "MMMM", "L", "LL", "LLL", "LLLL"],
  day: ["d", "dd"],
  hour: ["H", "HH", "h", "hh"],
  minute: ["m", "mm"],
  second: ["s", "ss"],
  fraction: ["S", "SSS", "u", "uu", "uuu"],
  half: ["a"],
  weekday: ["EEE", "EEEE", "ccc", "cccc"],
  zone: ["Z", "ZZ", "ZZZ", "z"],
} as const satisfies Record<string, readonly string[]>;

type Digits = readonly [least: number, most: number];
/** How many digits a token takes; the others take letters or an offset. */
const digitsOf: { readonly [token: string]: Digits } = {
  ...{ y: [1, 6], yy: [2, 4], yyyy: [4, 4], yyyyy: [4, 6], yyyyyy: [6, 6] },
  ...{ M: [1, 2], MM: [2, 2], L: [1, 2], LL: [2, 2], d: [1, 2], dd: [2, 2] },
  ...{ H: [1, 2], HH: [2, 2], h: [1, 2], hh: [2, 2], m: [1, 2], mm: [2, 2], s: [1, 2], ss: [2, 2] },
  ...{ S: [1, 3], SSS: [3, 3], u: [1, 9], uu: [1, 2], uuu: [1, 1] },
};

const longestPattern = 60;

/** @throws InvalidInput when the pattern is none, lacks a part of a date, or names one twice. */
export function datePattern(pattern: string): DatePattern {
  const steps = stepsOf(pattern);
  const saysHalfDays = steps.some(({ token }) => token === "h" || token === "hh");
  const hasZone = steps.some(({ part }) => part === "zone");
  const hasClock = steps.some(({ part }) => part === "hour");
  const clockOf = zoneClocks();
  const misfit = (text: string) => `${quote(text)} is not a date of the form ${quote(pattern)}`;
  const swaps = steps.some(({ token }) => /^(M|MM|L|LL)$/.test(token));
  return {
    read: (text) => {
      const parts = partsOf(text, steps);
      const midnight =
        parts && dayOf(fullYear(parts.year!), monthOf(withoutDot(parts.month!)), Number(parts.day));
      const clockMs = parts && clockIn(parts, saysHalfDays);
      if (!parts || midnight === null || clockMs === null) return misfit(text);
      const wallMs = midnight + clockMs;
      const offsetMs = hasZone ? offsetIn(parts.zone!, wallMs, clockOf) : null;
      return Number.isNaN(offsetMs) ? misfit(text) : { wallMs, offsetMs, hasClock };
    },
    isDisprovedBy: (text) => {
      const parts = swaps ? partsOf(text, steps) : null;
      if (!parts) return false;
      const [year, month, day] = [fullYear(parts.year!), Number(parts.month), Number(parts.day)];
      return dayOf(year, month, day) === null && dayOf(year, day, month) !== null;
    },
  };
}

interface Step {
  /** Null for text that stands there as it is. */
  readonly part: Part | null;
  readonly token: string;
}

/** A run of one letter is a token, as in Luxon; quoted text and all signs are literal. */
function stepsOf(pattern: string): Step[] {
  const wrong = (because: string) =>
    new InvalidInput(
      "dateFormat",
      `the form of the dates must be a Luxon pattern with year, month and day such as "d/M/yyyy", got ${quote(pattern)}${because}`,
    );
  if (pattern.length > longestPattern) throw wrong(`: it has more than ${longestPattern} characters`);
  const steps: Step[] = [];
  for (let at = 0; at < pattern.length; ) {
    const sign = pattern[at]!;
    let end = at + 1;
    if (sign === "'") {
      end = pattern.indexOf("'", at + 1);
      if (end < 0) throw wrong(": a quote in it is never closed");
      steps.push({ part: null, token: pattern.slice(at + 1, end) });
      at = end + 1;
      continue;
    }
    if (!/[a-z]/i.test(sign)) {
      steps.push({ part: null, token: sign });
      at = end;
      continue;
    }
    while (pattern[end] === sign) end++;
    const token = pattern.slice(at, end);
    const part = partOf(token);
    if (part === null)
      throw wrong(
        `: ${quote(token)} is no part of a date. Text is put in quotes, such as yyyy-MM-dd'T'HH:mm`,
      );
    if (steps.some((step) => step.part === part)) throw wrong(`: it names the ${part} twice`);
    const before = steps.at(-1);
    const isOpenEnded = before?.part && digitsOf[before.token] && isVariable(digitsOf[before.token]!);
    if (isOpenEnded && digitsOf[token])
      throw wrong(`: between ${before.token} and ${token} nothing tells where one ends`);
    steps.push({ part, token });
    at = end;
  }
  const named = new Set(steps.map(({ part }) => part));
  // Without a year luxon would take this one, and the same file would mean other dates next year.
  if (!named.has("year") || !named.has("month") || !named.has("day")) throw wrong("");
  if (named.has("half") && steps.some(({ token }) => token.startsWith("H")))
    throw wrong(": beside a (am, pm) the hour is h");
  return steps;
}

const isVariable = ([least, most]: Digits): boolean => least !== most;
const partOf = (token: string): Part | null =>
  (Object.keys(tokens) as Part[]).find((part) => (tokens[part] as readonly string[]).includes(token)) ?? null;

type Parts = { [part in Part]?: string };

/** What the text has for each token; null where it does not fit. Each sign is looked at once. */
function partsOf(text: string, steps: readonly Step[]): Parts | null {
  const parts: Parts = {};
  let at = 0;
  for (const { part, token } of steps) {
    const end = part === null ? afterLiteral(text, at, token) : afterToken(text, at, part, token);
    if (end === null) return null;
    if (part !== null) parts[part] = text.slice(at, end);
    at = end;
  }
  return at === text.length ? parts : null;
}

function afterLiteral(text: string, at: number, literal: string): number | null {
  const end = at + literal.length;
  const found = text.slice(at, end).replaceAll("\u00a0", " ").replaceAll("\u202f", " ");
  return found.toLowerCase() === literal.toLowerCase() ? end : null;
}

function afterToken(text: string, at: number, part: Part, token: string): number | null {
  const digits = digitsOf[token];
  if (digits) {
    const end = afterWhile(text, at, digits[1], isDigit);
    return end - at >= digits[0] ? end : null;
  }
  if (part === "zone") {
    const end = afterWhile(text, at, text.length, isOfZone);
    return end > at ? end : null;
  }
  if (part === "half") {
    const end = afterWhile(text, at, 4, (sign) => /[apm.]/i.test(sign));
    return end > at ? end : null;
  }
  const end = afterWhile(text, at, 9, isLetter);
  // "Apr." is Apr, too.
  return end - at < 3 ? null : text[end] === "." ? end + 1 : end;
}

function afterWhile(text: string, at: number, most: number, fits: (sign: string) => boolean): number {
  let end = at;
  while (end < text.length && end - at < most && fits(text[end]!)) end++;
  return end;
}

const withoutDot = (name: string): string => (name.endsWith(".") ? name.slice(0, -1) : name);
const isDigit = (sign: string): boolean => sign >= "0" && sign <= "9";
const isLetter = (sign: string): boolean => /[a-z]/i.test(sign);
const isOfZone = (sign: string): boolean => /[a-z0-9+:/_-]/i.test(sign);

function clockIn({ hour, minute, second, fraction, half }: Parts, saysHalfDays: boolean): number | null {
  const [minutes, seconds] = [Number(minute ?? 0), Number(second ?? 0)];
  if (!saysHalfDays || half === undefined) return clockMsOf(Number(hour ?? 0), minutes, seconds, fraction);
  const shown = Number(hour);
  if (shown < 1 || shown > 12) return null;
  const isAfternoon = half.toLowerCase().startsWith("p");
  return clockMsOf((shown % 12) + (isAfternoon ? 12 : 0), minutes, seconds, fraction);
}

/** NaN for a zone that is none. */
function offsetIn(zone: string, wallMs: number, clockOf: (zone: string) => ZoneClock | null): number {
  if (zone === "Z" || zone === "z") return 0;
  if (/^[+-]/.test(zone)) return /^[+-]\d{2}(:?\d{2})?$/.test(zone) ? offsetOf(zone) : Number.NaN;
  const clock = clockOf(zone);
  return clock ? wallMs - clock(wallMs).time : Number.NaN;
}

function zoneClocks(): (zone: string) => ZoneClock | null {
  const known = new Map<string, ZoneClock>();
  return (name) => {
    const zone = ianaZone(name)?.name;
    if (zone === undefined) return null;
    const clock = known.get(zone) ?? zoneClock(zone);
    known.set(zone, clock);
    return clock;
  };
}
