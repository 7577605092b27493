/** Numbers as price files write them: 1469.25, "1,469.25", "1.469,25", 1'469.25, "1,29,450.00", $12, 1.23M, null. */
import { longestCell } from "./cell.ts";

/** What separates the decimals. Unknown: every comma in the file has three digits after it, and 1,234 may be either. */
export type NumberStyle = "point" | "comma" | "unknown";

export type NumberFault = "missing" | "not a number" | "not finite" | "ambiguous";

const missing = new Set(["", "-", "--", "—", ".", "n/a", "#n/a", "na", "n.a.", "null", "none", "nan"]);
const infinite = /^[+-]?(inf|infinity|∞|1\.#inf)$/;
const plainest = /^\d+(\.\d+)?$/;
const plainNumber = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/;
const exponent = /e[+-]?\d+$/i;
const currencyBefore = /^([+-]?)[$€£¥₹]\s?/;
const currencyAfter = /\s?[$€£¥₹]$/;
/** Groups of three after spaces or apostrophes. */
const spaced = /^[+-]?\d{1,3}([ \u00a0\u202f'’]\d{3})+([.,]\d+)?$/;
const spaces = /[ \u00a0\u202f'’]/g;
const pointGroups = /^[+-]?\d{1,3}(\.\d{3})+(,\d*)?$/;
const commaGroups = /^[+-]?\d{1,3}(,\d{3})+(\.\d*)?$/;
/** Lakh and crore: after the last three digits groups of two. */
const lakhGroups = /^[+-]?\d{1,2}(,\d{2})+,\d{3}(\.\d*)?$/;
// What settles a file's style.
const pointFraction = /\.(\d{1,2}|\d{4,})$/;
const pointGrouped = /\d\.\d{3}\.\d{3}/;
const pointAfterGroup = /,\d{3}\.\d/;
const commaGrouped = /\d,\d{2,3},\d{3}/;
const commaAfterGroup = /\.\d{3},\d/;
const commaFraction = /^(\d+,(\d{1,2}|\d{4,})|\d{4,},\d+|0,\d+)$/;

/** All that meet a cell of a file: each takes a time that grows no faster than the cell (see the test of all of them). */
export const numberExpressions: readonly RegExp[] = [
  ...[infinite, plainest, plainNumber, exponent, currencyBefore, currencyAfter, spaced, spaces, pointGroups],
  ...[commaGroups, lakhGroups, pointFraction, pointGrouped, pointAfterGroup, commaGrouped, commaAfterGroup],
  commaFraction,
];

/** Thousands, millions, ..., and the Chinese ten thousand and hundred million. */
const magnitudes: ReadonlyMap<string, number> = new Map([
  ["k", 1e3],
  ["m", 1e6],
  ["b", 1e9],
  ["t", 1e12],
  ["万", 1e4],
  ["亿", 1e8],
]);

/** Gathers what a file's numbers say together about its style: one "1,469.25" or "12,5" settles it. */
export interface StyleEvidence {
  readonly hear: (cell: string) => void;
  /** A number of digits and perhaps a point, with so many digits after it (0: no point). */
  readonly hearPlain: (decimals: number) => void;
  /**
   * @param commaQuoted the delimiter is a comma, so a comma inside a cell was quoted: who separates cells with
   * commas separates thousands with them too, and not decimals, unless the numbers prove otherwise.
   */
  readonly style: (commaQuoted: boolean) => NumberStyle;
}

export function styleEvidence(): StyleEvidence {
  let anyComma = false;
  let point = false;
  let comma = false;
  return {
    hear: (cell) => {
      const [dot, separator] = [cell.indexOf("."), cell.indexOf(",")];
      // Without either a cell says nothing, and with one point alone only how many digits follow it.
      if ((dot < 0 && separator < 0) || cell.length > longestCell) return;
      if (separator < 0 && point && cell.indexOf(".", dot + 1) < 0) return;
      const bare = bareAmount(cell);
      if (separator < 0) {
        point ||= pointFraction.test(bare);
        comma ||= pointGrouped.test(bare);
        return;
      }
      anyComma = true;
      point ||= pointAfterGroup.test(bare) || commaGrouped.test(bare);
      comma ||= commaAfterGroup.test(bare) || commaFraction.test(bare);
    },
    hearPlain: (decimals) => {
      // Three digits after a point may be a group of thousands.
      if (decimals > 0 && decimals !== 3) point = true;
    },
    style: (commaQuoted) => {
      if (!anyComma && !comma) return "point";
      if (point !== comma) return point ? "point" : "comma";
      return point || commaQuoted ? "point" : "unknown";
    },
  };
}

/** Without sign, currency, magnitude and exponent. */
function bareAmount(cell: string): string {
  const isOfNumber = (sign: string | undefined) =>
    sign !== undefined && ((sign >= "0" && sign <= "9") || sign === "." || sign === ",");
  const text = cell.trim().replace(exponent, "");
  let [start, end] = [0, text.length];
  while (start < end && !isOfNumber(text[start])) start++;
  while (end > start && !isOfNumber(text[end - 1])) end--;
  return text.slice(start, end);
}

/** A price: a finite number of any sign, because adjusted prices and futures do go below zero. */
export function readNumber(text: string, style: NumberStyle): number | NumberFault {
  // The common case first: 100,000 rows have 600,000 of them.
  if (style === "point" && text.length <= longestCell && plainest.test(text)) return Number(text);
  const trimmed = text.trim();
  if (trimmed.length > longestCell) return "not a number";
  const bare = trimmed.toLowerCase().replace("−", "-");
  if (missing.has(bare)) return "missing";
  if (infinite.test(bare)) return "not finite";
  const amount = withoutGroups(bare.replace(currencyBefore, "$1").replace(currencyAfter, ""), style);
  if (amount === null) return "ambiguous";
  if (!plainNumber.test(amount)) return "not a number";
  const value = Number(amount);
  // + 0 turns -0 into 0: the database does not tell them apart, so the hash must not either.
  return Number.isFinite(value) ? value + 0 : "not finite";
}

/** A volume, which may be shortened: 1.23M, 45.6K, 3.4亿. */
export function readVolume(text: string, style: NumberStyle): number | NumberFault {
  const bare = text.trim();
  const magnitude = magnitudes.get(bare.slice(-1).toLowerCase());
  if (magnitude === undefined) return readNumber(bare, style);
  const value = readNumber(bare.slice(0, -1), style);
  // 1.23 * 1e6 is 1230000; 45.67 * 1e6 is not quite 45670000, and a volume has no such fractions.
  return typeof value === "number"
    ? Math.round(value * magnitude)
    : value === "missing"
      ? "not a number"
      : value;
}

/** One unit of the last digit that is printed: 0.01 of "12.50", 1 of "12". Of a number that readNumber has read. */
export function printedUnit(text: string, style: NumberStyle): number {
  const bare = text.trim().toLowerCase();
  const tail = exponent.exec(bare)?.[0] ?? "";
  const amount = bare.slice(0, bare.length - tail.length);
  const last = amount.lastIndexOf(style === "comma" ? "," : ".");
  const decimals = last < 0 ? 0 : amount.length - last - 1;
  return 10 ** (Number(tail.slice(1) || 0) - decimals);
}

/** Thousands separators out, a point before the decimals; null where the style would have to be guessed. */
function withoutGroups(amount: string, style: NumberStyle): string | null {
  if (spaced.test(amount)) {
    return withoutGroups(amount.replace(spaces, ""), style === "unknown" ? "comma" : style);
  }
  if (style === "comma") {
    const grouped = pointGroups.test(amount);
    return (grouped ? amount.replaceAll(".", "") : amount).replace(
      ",",
      amount.includes(".") && !grouped ? "," : ".",
    );
  }
  if (!amount.includes(",")) return amount;
  if (style === "unknown") return null;
  return commaGroups.test(amount) || lakhGroups.test(amount) ? amount.replaceAll(",", "") : amount;
}
