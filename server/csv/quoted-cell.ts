/** A cell that a quote opens: where it is closed, and what is in it. */
import type { ByteSource } from "./byte-source.ts";
import { type ByteWindow, windowBytes } from "./byte-window.ts";
import type { RowProblem } from "./import-report.ts";
import { linesIn } from "./lines.ts";
import { noText } from "./not-text.ts";

/** Of a file that is read in windows: a quote that is closed later than this is none. */
export const maxRowBytes = 16 * windowBytes;

export interface QuotedCell {
  /** Where the quote stands that closes it. */
  readonly closing: number;
  /** Lines that begin in it. */
  readonly lines: number;
  /** Where the last of them begins, if there is any. */
  readonly lastLine: number;
  /** Whether it begins with something that can be seen. */
  readonly isInked: boolean;
  readonly isAscii: boolean;
  /** Whether its text is what stands between the quotes. */
  readonly isPlain: boolean;
}

/** @throws InvalidInput for a zero in it, as for any other. */
export function quotedCell(window: ByteWindow, opening: number): QuotedCell | "cut off" | "never closed" {
  const closing = closingQuote(window, opening);
  if (typeof closing === "string") return closing;
  const { bytes } = window;
  const lines = linesIn(bytes, opening, closing);
  const first = bytes[opening + 1]!;
  const isDoubled = bytes.subarray(opening + 1, closing).includes(0x22);
  return {
    ...{ closing, lines, isAscii: isAscii(bytes, opening, closing), isPlain: lines === 0 && !isDoubled },
    lastLine: lines === 0 ? opening : lastLineIn(bytes, opening, closing),
    isInked: closing > opening + 1 && first > 0x20 && first < 0x80,
  };
}

function closingQuote({ bytes, limit, isLast }: ByteWindow, opening: number) {
  for (let from = opening + 1; ; ) {
    const found = bytes.indexOf(0x22, from);
    const isThere = found >= 0 && found < limit;
    if (isThere && found + 1 < limit && bytes[found + 1] === 0x22) {
      from = found + 2;
      continue;
    }
    if (isThere && (found + 1 < limit || isLast)) return found;
    return isLast || limit - opening > maxRowBytes ? "never closed" : "cut off";
  }
}

/** Looks no further back than the cell: a file with thousands of such cells would be gone through for each. */
function lastLineIn(bytes: Buffer, opening: number, closing: number): number {
  let at = closing;
  while (at > opening && bytes[at - 1] !== 0x0a && bytes[at - 1] !== 0x0d) at--;
  return at;
}

function isAscii(bytes: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    if (bytes[at]! < 0x80 && bytes[at] !== 0) continue;
    if (bytes.subarray(from, to).includes(0)) throw noText();
    return false;
  }
  return true;
}

/** @param opening where the quote stands in the file. */
export function neverClosed(source: ByteSource, opening: number, line: number): RowProblem {
  const swallowed = linesAfter(source, opening);
  const rest =
    swallowed === 0
      ? "nothing after it could be read"
      : `the ${swallowed} ${swallowed === 1 ? "line" : "lines"} after it could not be read`;
  return { line, column: null, message: `a quote that opens here is never closed, and ${rest}` };
}

/** Lines that begin after a place of the file; the last counts where there is anything in it. */
function linesAfter(source: ByteSource, from: number): number {
  const piece = Buffer.allocUnsafe(windowBytes);
  let [lines, last] = [0, 0];
  for (let at = from; ; ) {
    const got = source.read(piece, 0, at);
    if (got === 0) break;
    const part = piece.subarray(0, got);
    lines += linesIn(part, 0, got);
    // A pair that is cut in two is one line's end.
    if (last === 0x0d && part[0] === 0x0a) lines--;
    last = part[got - 1]!;
    at += got;
  }
  return last === 0x0a || last === 0x0d ? lines - 1 : lines;
}
