/** Numbers as price files write them: 1469.25, "1,469.25", "1.469,25", 1'469.25, $12, 1.23M, null. */

/** What separates the decimals. Unknown: every comma in the file has three digits after it, and 1,234 may be either. */
export type NumberStyle = "point" | "comma" | "unknown";

export type NumberFault = "missing" | "not a number" | "not finite" | "ambiguous";

const missing = new Set(["", "-", "--", "—", ".", "n/a", "#n/a", "na", "n.a.", "null", "none", "nan"]);
const infinite = /^[+-]?(inf|infinity|∞|1\.#inf)$/;
const plainNumber = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/;
/** Thousands, millions, ..., and the Chinese ten thousand and hundred million. */
const magnitudes: ReadonlyMap<string, number> = new Map([
  ["k", 1e3],
  ["m", 1e6],
  ["b", 1e9],
  ["t", 1e12],
  ["万", 1e4],
  ["亿", 1e8],
]);

/**
 * How a file writes its decimals, from all of its numbers together: one "1,469.25" or "12,5" settles it.
 * @param commaQuoted the delimiter is a comma, so a comma inside a cell was quoted: who separates cells with
 * commas separates thousands with them too, and not decimals, unless the numbers prove otherwise.
 */
export function numberStyleOf(cells: Iterable<string>, commaQuoted: boolean): NumberStyle {
  let anyComma = false;
  let point = false;
  let comma = false;
  for (const cell of cells) {
    if (!cell.includes(",")) {
      // Only a fraction that cannot be a group of thousands says anything, and only where commas come up.
      point ||= /\.(\d{1,2}|\d{4,})\D*$/.test(cell);
      comma ||= /\d\.\d{3}\.\d{3}/.test(cell);
      continue;
    }
    anyComma = true;
    point ||= /,\d{3}\.\d/.test(cell) || /\d,\d{3},\d{3}/.test(cell);
    comma ||= /\.\d{3},\d/.test(cell) || /^\D*(\d+,(\d{1,2}|\d{4,})|\d{4,},\d+|0,\d+)\D*$/.test(cell);
  }
  if (!anyComma && !comma) return "point";
  if (point !== comma) return point ? "point" : "comma";
  return point || commaQuoted ? "point" : "unknown";
}

/** A price: a finite number of any sign, because adjusted prices and futures do go below zero. */
export function readNumber(text: string, style: NumberStyle): number | NumberFault {
  // The common case first: 100,000 rows have 600,000 of them.
  if (text.length < 300 && /^\d+(\.\d+)?$/.test(text) && style === "point") return Number(text);
  const bare = text.trim().toLowerCase().replace("−", "-");
  if (missing.has(bare)) return "missing";
  if (infinite.test(bare)) return "not finite";
  const amount = withoutGroups(bare.replace(/^([+-]?)[$€£¥]\s*/, "$1"), style);
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

/** Thousands separators out, a point before the decimals; null where the style would have to be guessed. */
function withoutGroups(amount: string, style: NumberStyle): string | null {
  if (/^[+-]?\d{1,3}([ \u00a0\u202f'’]\d{3})+([.,]\d+)?$/.test(amount)) {
    return withoutGroups(amount.replace(/[ \u00a0\u202f'’]/g, ""), style === "unknown" ? "comma" : style);
  }
  if (style === "comma") {
    const grouped = /^[+-]?\d{1,3}(\.\d{3})+(,\d*)?$/.test(amount);
    return (grouped ? amount.replaceAll(".", "") : amount).replace(
      ",",
      amount.includes(".") && !grouped ? "," : ".",
    );
  }
  if (!amount.includes(",")) return amount;
  if (style === "unknown") return null;
  return /^[+-]?\d{1,3}(,\d{3})+(\.\d*)?$/.test(amount) ? amount.replaceAll(",", "") : amount;
}
