/** Numbers, times and durations as the dashboard writes them. Pure; the locale is English throughout. */

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

const grouped = new Intl.NumberFormat("en-US");
export const count = (value: number): string => grouped.format(value);

const compact = new Intl.NumberFormat("en-US", { notation: "compact", maximumSignificantDigits: 4 });
/** Amounts of any size in a few signs: "12.5B", "753.3M", "840". */
export const compactCount = (value: number): string => compact.format(value);

/** "840 kB", "310 MB", "1.2 GB": of 1,000 each. */
export function compactBytes(bytes: number): string {
  if (bytes < 1e6) return `${Math.round(bytes / 1e3)} kB`;
  return bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

/** "1 bar", "2,126 bars". */
export const plural = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`;

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

/** The API's sentences with the signs that the dashboard writes: "16%", "(−0.9%". */
export const typeset = (sentence: string): string => sentence.replace(/(\d) %/g, "$1%").replace(/\(-/g, "(−");

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
  if (value < 0.0001) return "p below 0.0001";
  if (value >= tieFrom) return `p ${Number(value.toFixed(2))}`;
  return `p ${Math.min(Number(value.toPrecision(value < 0.01 ? 1 : 2)), 0.049)}`;
}

/** "850 ms", "4.2 s", "3 min 20 s", "2 h 5 min". */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return withRest(Math.floor(seconds / 60), "min", seconds % 60, "s");
  const minutes = Math.round(seconds / 60);
  return withRest(Math.floor(minutes / 60), "h", minutes % 60, "min");
}
const withRest = (whole: number, unit: string, rest: number, restUnit: string) =>
  rest === 0 ? `${whole} ${unit}` : `${whole} ${unit} ${rest} ${restUnit}`;

/** "about 20 s left": an estimate is rounded as coarsely as it is uncertain. */
export function timeLeft(ms: number): string {
  if (ms < 5_000) return "a few seconds left";
  const seconds = ms < minuteMs ? Math.ceil(ms / 5_000) * 5 : Math.ceil(ms / 10_000) * 10;
  return `about ${duration(ms < 10 * minuteMs ? seconds * 1000 : Math.ceil(ms / minuteMs) * minuteMs)} left`;
}

/** "just now", "5 min ago", "yesterday", then the date. */
export function timeAgo(then: number, now: number): string {
  const age = now - then;
  if (age < minuteMs) return "just now";
  if (age < hourMs) return `${Math.floor(age / minuteMs)} min ago`;
  if (age < dayMs) return `${Math.floor(age / hourMs)} h ago`;
  if (age < 2 * dayMs) return "yesterday";
  if (age < 7 * dayMs) return `${Math.floor(age / dayMs)} days ago`;
  return day(then);
}

/** "24 Apr 2020", of the exchange's day where its zone is given. */
export const day = (time: number | string, timezone?: string): string =>
  withShortMonth(
    new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: timezone }),
    time,
  );

/** British English alone abbreviates September to four letters. */
const withShortMonth = (format: Intl.DateTimeFormat, time: number | string): string =>
  format.format(new Date(time)).replace("Sept", "Sep");

/** A bar's day, and its time where it stands for less than a day: "24 Apr 2020, 15:30". */
export function barTime(time: number | string, timezone: string): string {
  const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: timezone });
  const hours = clock.format(new Date(time));
  return hours === "00:00" ? day(time, timezone) : `${day(time, timezone)}, ${hours}`;
}

/** "24 Apr 2020, 16:03:20" in the reader's zone. */
export const moment = (time: number | string): string =>
  withShortMonth(
    new Intl.DateTimeFormat("en-GB", {
      day: "numeric",
      month: "short",
      year: "numeric",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    }),
    time,
  );

/** "24 Apr 2020, 16:03" in the reader's zone. */
export const shortMoment = (time: number | string): string =>
  withShortMonth(
    new Intl.DateTimeFormat("en-GB", {
      day: "numeric",
      month: "short",
      year: "numeric",
      hour: "2-digit",
      minute: "2-digit",
    }),
    time,
  );

/** "16:03:20" in the reader's zone. */
export const clockTime = (time: number | string): string =>
  new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" }).format(
    new Date(time),
  );

const words: Readonly<Record<string, string>> = {
  LOG_RETURN: "Log return",
  ADJUSTED_CLOSE: "Adjusted close",
  EACH_SPLIT: "Each split on its own",
  WEBGPU: "WebGPU",
  TENSORFLOW: "TensorFlow",
  WASM: "WebAssembly",
};

/** A word of the contract as people write it: "Adjusted close". */
export const word = (name: string): string => words[name] ?? name.charAt(0) + name.slice(1).toLowerCase();
