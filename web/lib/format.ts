/** Numbers, times and durations as the dashboard writes them, in its two languages. Pure but for the page's language. */
import { dateLocale, language, numberLocale } from "./words/language.ts";
import { said } from "./words/said.ts";
import { t } from "./words/t.ts";
import { wordOf } from "./words/word-of.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

const grouped = new Intl.NumberFormat("en-US");
export const count = (value: number): string => grouped.format(value);

/** Amounts of any size in a few signs: "12.5B", "753.3M", "840"; in Chinese "124.9亿", "7.533亿". */
export const compactCount = (value: number): string =>
  new Intl.NumberFormat(numberLocale(), { notation: "compact", maximumSignificantDigits: 4 }).format(value);

/** "840 kB", "310 MB", "1.2 GB": of 1,000 each. */
export function compactBytes(bytes: number): string {
  if (bytes < 1e6) return `${Math.round(bytes / 1e3)} kB`;
  return bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

/** Prices and errors in price units: as many decimals as four or five digits leave. */
export function price(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  const decimals =
    size >= 1000 ? 1 : size >= 1 || size === 0 ? 2 : Math.min(8, 2 - Math.floor(Math.log10(size)));
  return new Intl.NumberFormat("en-US", {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  }).format(value);
}

/** Marks on a price axis: no more decimals than the mark has. */
export const axisPrice = (value: number | null | undefined): string =>
  value === null || value === undefined || !Number.isFinite(value)
    ? ""
    : new Intl.NumberFormat("en-US", { maximumSignificantDigits: 4 }).format(value);

/** Losses span decades: three significant digits, powers of ten where the number would be all zeros. */
export function loss(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  if (value !== 0 && Math.abs(value) < 0.001) return value.toExponential(2).replace("e-", "e−");
  return value.toPrecision(3);
}

/** Marks on an axis of losses: two significant digits. */
export function lossMark(value: number): string {
  if (value !== 0 && Math.abs(value) < 0.001)
    return value.toExponential(1).replace(".0e", "e").replace("e-", "e−");
  return String(Number(value.toPrecision(2)));
}

/** A share in 0..1 as percent. */
export const percent = (share: number, decimals = 0): string => `${(share * 100).toFixed(decimals)}%`;

/** The API's sentences in the page's language, with the signs that the dashboard writes: "16%", "(−0.9%". */
export const typeset = (sentence: string): string =>
  said(sentence)
    .replace(/(\d) %/g, "$1%")
    .replace(/\(-/g, "(−");

/** "+4.2%", "−12.0%", "−32,640%". */
export function signedPercent(share: number): string {
  const size = Math.abs(share);
  const text = size < 10 ? percent(size, 1) : `${count(Math.round(size * 100))}%`;
  if (Number.parseFloat(text) === 0) return text;
  return `${share < 0 ? "−" : "+"}${text}`;
}

/** From this p value on, a difference may be luck. */
export const tieFrom = 0.05;

/** "p 0.65", "p 0.023", "p below 0.0001": none is rounded up to `tieFrom` that lies below it. */
export function pValue(value: number): string {
  if (value < 0.0001) return t("p below 0.0001");
  if (value >= tieFrom) return `p ${Number(value.toFixed(2))}`;
  return `p ${Math.min(Number(value.toPrecision(value < 0.01 ? 1 : 2)), 0.049)}`;
}

/** "850 ms", "4.2 s", "3 min 20 s", "2 h 5 min". */
export function duration(ms: number): string {
  if (ms < 1000) return t("{ms} ms", { ms: Math.round(ms) });
  if (ms < 10_000) return inSeconds((ms / 1000).toFixed(1));
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return inSeconds(seconds);
  if (seconds < 3600) {
    const [whole, rest] = [Math.floor(seconds / 60), seconds % 60];
    return rest === 0 ? inMinutes(whole) : `${inMinutes(whole)} ${inSeconds(rest)}`;
  }
  const minutes = Math.round(seconds / 60);
  const [whole, rest] = [t("{hours} h", { hours: Math.floor(minutes / 60) }), minutes % 60];
  return rest === 0 ? whole : `${whole} ${inMinutes(rest)}`;
}
const inSeconds = (seconds: number | string): string => t("{seconds} s", { seconds });
const inMinutes = (minutes: number): string => t("{minutes} min", { minutes });

/** "about 20 s left": an estimate is rounded as coarsely as it is uncertain. */
export function timeLeft(ms: number): string {
  if (ms < 5_000) return t("a few seconds left");
  const seconds = ms < minuteMs ? Math.ceil(ms / 5_000) * 5 : Math.ceil(ms / 10_000) * 10;
  const rounded = ms < 10 * minuteMs ? seconds * 1000 : Math.ceil(ms / minuteMs) * minuteMs;
  return t("about {time} left", { time: duration(rounded) });
}

/** "just now", "5 min ago", "yesterday", then the date. */
export function timeAgo(then: number, now: number): string {
  const age = now - then;
  if (age < minuteMs) return t("just now");
  if (age < hourMs) return t("{minutes} min ago", { minutes: Math.floor(age / minuteMs) });
  if (age < dayMs) return t("{hours} h ago", { hours: Math.floor(age / hourMs) });
  if (age < 2 * dayMs) return t("yesterday");
  if (age < 7 * dayMs) return t("{days} days ago", { days: Math.floor(age / dayMs) });
  return day(then);
}

/** "24 Apr 2020", of the exchange's day where its zone is given; in Chinese "2020年4月24日". */
export const day = (time: number | string, timezone?: string): string =>
  written(time, { ...date, timeZone: timezone });

const date = { day: "numeric", month: "short", year: "numeric" } as const;
const minutes = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
const seconds = { ...minutes, second: "2-digit" } as const;

/** British English alone abbreviates September to four letters. */
const written = (time: number | string, form: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(dateLocale(), form).format(new Date(time)).replace("Sept", "Sep");

/** A bar's day, and its time where it stands for less than a day: "24 Apr 2020, 15:30". */
export function barTime(time: number | string, timezone: string): string {
  const clock = written(time, { ...minutes, timeZone: timezone });
  if (clock === "00:00") return day(time, timezone);
  return `${day(time, timezone)}${language() === "zh" ? " " : ", "}${clock}`;
}

/** "24 Apr 2020, 16:03:20" in the reader's zone. */
export const moment = (time: number | string): string => written(time, { ...date, ...seconds });

/** "24 Apr 2020, 16:03" in the reader's zone. */
export const shortMoment = (time: number | string): string => written(time, { ...date, ...minutes });

/** "16:03:20" in the reader's zone. */
export const clockTime = (time: number | string): string => written(time, seconds);

/** A word of the contract as people write it: "Adjusted close". */
export const word = wordOf;
