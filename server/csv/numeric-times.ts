/** Times written as one number: Unix time in its units, and a spreadsheet's days. */
import type { WrittenTime } from "./written-time.ts";

/** The unit of a Unix time by its digits: shorter ones could be a date in digits. */
const unixUnits: ReadonlyMap<number, string> = new Map([
  [9, "seconds"],
  [10, "seconds"],
  [13, "milliseconds"],
  [16, "microseconds"],
  [19, "nanoseconds"],
]);
const dayMs = 86_400_000;
/** Day 0 of spreadsheets, which take 1900 for a leap year: right from March 1900 on. */
const spreadsheetEpoch = Date.UTC(1899, 11, 30);

/** Digits with or without decimals; null for any other text. */
function digitsOf(text: string): { whole: string; decimals: string } | null {
  const point = text.indexOf(".");
  const whole = point < 0 ? text : text.slice(0, point);
  const decimals = point < 0 ? "" : text.slice(point + 1);
  return whole !== "" && isDigits(whole) && isDigits(decimals) ? { whole, decimals } : null;
}

function isDigits(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 48 || code > 57) return false;
  }
  return true;
}

/** The unit of a Unix time, or null for any other text. */
export function unixUnitOf(text: string): string | null {
  const digits = digitsOf(text);
  return digits ? (unixUnits.get(digits.whole.length) ?? null) : null;
}

/** 45383 is 2024-04-01: five digits, 1927 to 2173. */
export function isDayNumber(text: string): boolean {
  const digits = digitsOf(text);
  return digits !== null && digits.whole.length === 5 && digits.whole >= "10000";
}

export function readNumericTime(text: string, dayNumbers: boolean): WrittenTime | null {
  const unit = unixUnitOf(text);
  if (unit !== null) {
    const digits = digitsOf(text)!;
    // A nanosecond does not fit into a float64 beside 55 years; a millisecond is all that is kept of it.
    const wallMs =
      unit === "seconds"
        ? Number(digits.whole) * 1000 + Number(digits.decimals.padEnd(3, "0").slice(0, 3))
        : Number(digits.whole.slice(0, 13));
    return { wallMs, offsetMs: 0, hasClock: true };
  }
  if (!dayNumbers || !isDayNumber(text)) return null;
  const seconds = Math.round(Number(text) * 86_400);
  const wallMs = spreadsheetEpoch + seconds * 1000;
  return { wallMs, offsetMs: null, hasClock: wallMs % dayMs !== 0 };
}
