/** Walks a file's rows from its bytes: where each cell begins and ends, without making a string or an object of any. */
import { isUtf8 } from "node:buffer";
import { InvalidInput } from "../domain/errors.ts";
import type { ByteSource } from "./byte-source.ts";
import { tooLong } from "./csv-text.ts";
import { type CsvRow, checkLine, type Delimiter, maxLineCharacters, unquoted } from "./grammar.ts";
import type { RowProblem } from "./import-report.ts";
import { linesIn } from "./lines.ts";

/** Where a row begins. */
export interface Place {
  readonly offset: number;
  readonly line: number;
}

/** A row as those who read it see it: of a scanner it is the current one, gone with the next. */
export interface RowView {
  readonly line: number;
  readonly moreLines: number;
  /** Of the file, where it begins. */
  readonly offset: number;
  /** How many cells it has. */
  readonly count: number;
  cell(index: number): string;
  /** Null: its cells are to be had as text only. */
  readonly bytes: Buffer | null;
  /** Of each cell within `bytes`. A cell whose text is not what stands there ends before it begins. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

const windowBytes = 1024 * 1024;
/** Of a file that is read in windows: a quote that is closed later than this is none. */
const maxRowBytes = 16 * windowBytes;
/** In bytes: a character has at most three. */
const longestLine = 3 * maxLineCharacters;

const ink = 0;
const delimiting = 1;
const ending = 2;
const quoting = 3;
const zero = 4;
const blank = 5;
const beyondAscii = 6;

function kindsOf(delimiter: Delimiter): Uint8Array {
  const kinds = new Uint8Array(256).fill(beyondAscii, 0x80);
  kinds.fill(blank, 1, 0x21);
  kinds[0] = zero;
  kinds[0x0a] = kinds[0x0d] = ending;
  kinds[0x22] = quoting;
  kinds[delimiter.charCodeAt(0)] = delimiting;
  return kinds;
}

/** How a cell stands in the file: bare, within quotes that can be cut off, or in need of `unquoted`. */
const bare = 0;
const within = 1;
const intricate = 2;

export class RowScanner implements RowView {
  line = 0;
  moreLines = 0;
  count = 0;
  bytes: Buffer;
  starts = new Int32Array(64);
  ends = new Int32Array(64);
  /** The quote that was never closed, after the last row. */
  unreadable: RowProblem | null = null;

  private readonly kinds: Uint8Array;
  private forms = new Uint8Array(64);
  private hasQuote = false;
  private isInked = false;
  private start = 0;
  private at = 0;
  private limit: number;
  /** Of the file, where `bytes` begins. */
  private base: number;
  private nextLine: number;

  constructor(
    private readonly source: ByteSource,
    delimiter: Delimiter,
    from: Place = { offset: 0, line: 1 },
    private readonly maxRows = Number.POSITIVE_INFINITY,
  ) {
    this.kinds = kindsOf(delimiter);
    this.nextLine = from.line;
    const { whole } = source;
    this.bytes = whole ?? Buffer.allocUnsafeSlow(windowBytes);
    this.limit = whole ? whole.length : 0;
    this.base = whole ? 0 : from.offset;
    this.at = whole ? from.offset : 0;
    if (from.offset > 0) return;
    if (!whole) this.more(0);
    const [first, second, third] = this.bytes;
    if (this.limit >= 3 && first === 0xef && second === 0xbb && third === 0xbf) this.at = 3;
  }

  get offset(): number {
    return this.base + this.start;
  }

  /** Where the row after the current one begins. */
  get next(): Place {
    return { offset: this.base + this.at, line: this.nextLine };
  }

  /**
   * To the next row that has anything in it; false after the last.
   * @throws InvalidInput where the file is no text or a line too long; LimitExceeded beyond maxRows.
   */
  advance(): boolean {
    while (this.scan()) if (this.isInked || this.hasText()) return true;
    return false;
  }

  cell(index: number): string {
    if (index >= this.count) return "";
    const form = this.forms[index]!;
    if (form !== intricate) {
      const text = this.bytes.toString("utf8", this.starts[index]!, this.ends[index]!);
      return this.hasQuote && form === bare ? text.replace(/^[ \t]+/, "") : text;
    }
    // See RowView: it is marked by an end before its beginning.
    return unquoted(this.bytes.toString("utf8", this.ends[index]! + 1, this.starts[index]!));
  }

  toRow(): CsvRow {
    const { line, moreLines } = this;
    return { line, moreLines, cells: Array.from({ length: this.count }, (_, index) => this.cell(index)) };
  }

  private hasText(): boolean {
    for (let index = 0; index < this.count; index++) if (this.cell(index).trim() !== "") return true;
    return false;
  }

  /** The next line, or lines where a quote takes more along. */
  private scan(): boolean {
    if (this.unreadable !== null) return false;
    for (;;) {
      if (this.at >= this.limit && !this.more(this.at)) return false;
      const outcome = this.scanFrom(this.at);
      if (outcome !== "cut off") return outcome;
      if (!this.more(this.at)) throw new Error("a row is cut off, and its file has no more");
    }
  }

  private scanFrom(start: number): boolean | "cut off" {
    const { bytes, kinds, limit } = this;
    const isLast = this.base + limit >= this.source.size;
    let [at, cell, count, more] = [start, start, 0, 0];
    let [form, closedAt, lineStart] = [bare, -1, start];
    let [isInked, hasQuote, isAscii] = [false, false, true];
    for (; ; at++) {
      if (at >= limit && !isLast) {
        if (at - lineStart > longestLine) this.checkLines(lineStart, at, this.nextLine + more);
        return "cut off";
      }
      const kind = at >= limit ? ending : kinds[bytes[at]!]!;
      if (kind === ink) {
        isInked = true;
        continue;
      }
      if (kind === delimiting || kind === ending) {
        if (count === this.starts.length) this.widen();
        if (form === bare) {
          this.starts[count] = cell;
          this.ends[count] = at;
        } else if (form === within && this.isBlank(closedAt + 1, at)) {
          this.ends[count] = closedAt;
        } else {
          form = intricate;
          this.starts[count] = at;
          this.ends[count] = cell - 1;
        }
        this.forms[count++] = form;
        form = bare;
        cell = at + 1;
        if (kind === delimiting) continue;
        break;
      }
      if (kind === quoting) {
        hasQuote = true;
        if (form === bare && this.isBlank(cell, at)) {
          const closing = this.closingQuote(at, isLast);
          if (closing === "cut off") return closing;
          if (closing < 0) return this.giveUp(at, this.nextLine + more, start);
          if (count === this.starts.length) this.widen();
          this.starts[count] = at + 1;
          const lines = linesIn(bytes, at, closing);
          const first = bytes[at + 1]!;
          isInked ||= closing > at + 1 && first > 0x20 && first < 0x80;
          const isDoubled = bytes.subarray(at + 1, closing).includes(0x22);
          form = lines > 0 || isDoubled ? intricate : within;
          if (lines > 0) this.checkLines(lineStart, closing, this.nextLine + more);
          if (lines > 0)
            lineStart = Math.max(bytes.lastIndexOf(0x0a, closing), bytes.lastIndexOf(0x0d, closing)) + 1;
          isAscii &&= isAsciiIn(bytes, at, closing);
          more += lines;
          closedAt = closing;
          at = closing;
        } else isInked = true;
        continue;
      }
      if (kind === zero) throw noText();
      if (kind === beyondAscii) isAscii = false;
    }
    // A return at the end of what is here may have its newline to come.
    if (bytes[at] === 0x0d && at + 1 >= limit && !isLast) return "cut off";
    if (at - lineStart > maxLineCharacters) this.checkLines(lineStart, at, this.nextLine + more);
    if (!isAscii && !isUtf8(bytes.subarray(start, at))) throw noUtf8(this.nextLine);
    const isPair = at + 1 < limit && bytes[at] === 0x0d && bytes[at + 1] === 0x0a;
    this.line = this.nextLine;
    this.moreLines = more;
    this.count = count;
    this.hasQuote = hasQuote;
    this.isInked = isInked;
    this.start = start;
    this.at = Math.min(at + (isPair ? 2 : 1), limit);
    this.nextLine += 1 + more;
    if (this.line - 1 > this.maxRows) throw tooLong("rows", this.maxRows, this.line - 1);
    return true;
  }

  /** Whether only spaces and tabs stand there. */
  private isBlank(from: number, to: number): boolean {
    for (let at = from; at < to; at++) if (this.bytes[at] !== 0x20 && this.bytes[at] !== 0x09) return false;
    return true;
  }

  /** Below 0: it is never closed. */
  private closingQuote(opening: number, isLast: boolean): number | "cut off" {
    const { bytes, limit } = this;
    for (let from = opening + 1; ; ) {
      const found = bytes.indexOf(0x22, from);
      const isThere = found >= 0 && found < limit;
      if (isThere && found + 1 < limit && bytes[found + 1] === 0x22) {
        from = found + 2;
        continue;
      }
      if (isThere && (found + 1 < limit || isLast)) return found;
      if (isLast || limit - opening > maxRowBytes) return -1;
      return "cut off";
    }
  }

  private giveUp(opening: number, line: number, start: number): false {
    const swallowed = linesAfter(this.source, this.base + opening);
    const rest =
      swallowed === 0
        ? "nothing after it could be read"
        : `the ${swallowed} ${swallowed === 1 ? "line" : "lines"} after it could not be read`;
    const message = `a quote that opens here is never closed, and ${rest}`;
    this.unreadable = { line, column: null, message };
    this.at = start;
    return false;
  }

  private checkLines(from: number, to: number, line: number): void {
    const lines = this.bytes.toString("utf8", from, to).split(/\r\n|\r|\n/);
    for (const [index, { length }] of lines.entries()) checkLine(line + index, length);
  }

  /** Reads on, keeping what begins at `from`. */
  private more(from: number): boolean {
    const { source, bytes } = this;
    if (source.whole !== null) return false;
    const kept = this.limit - from;
    if (kept > 2 * maxRowBytes) throw rowTooLong(this.nextLine);
    const target = kept > bytes.length / 2 ? Buffer.allocUnsafeSlow(2 * bytes.length) : bytes;
    bytes.copy(target, 0, from, this.limit);
    this.base += from;
    const got = source.read(target, kept, this.base + kept);
    this.bytes = target;
    this.at = 0;
    this.limit = kept + got;
    return got > 0;
  }

  private widen(): void {
    const [starts, ends, forms] = [this.starts, this.ends, this.forms];
    this.starts = new Int32Array(2 * starts.length);
    this.ends = new Int32Array(2 * ends.length);
    this.forms = new Uint8Array(2 * forms.length);
    this.starts.set(starts);
    this.ends.set(ends);
    this.forms.set(forms);
  }
}

function isAsciiIn(bytes: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at++)
    if (bytes[at]! >= 0x80 || bytes[at] === 0) return nothingZero(bytes, from, to);
  return true;
}

/** @throws InvalidInput for a zero within quotes, as for any other. */
function nothingZero(bytes: Buffer, from: number, to: number): false {
  if (bytes.subarray(from, to).includes(0)) throw noText();
  return false;
}

export const noText = (): InvalidInput =>
  new InvalidInput("csv", "csv is not text: it has bytes that are zero. Save it as CSV in UTF-8");

const rowTooLong = (line: number): InvalidInput =>
  new InvalidInput(
    "csv",
    `the row of line ${line} has more than ${2 * maxRowBytes} bytes, because quotes take many lines into it: is this a CSV file?`,
  );

const noUtf8 = (line: number): InvalidInput =>
  new InvalidInput(
    "csv",
    `csv is not UTF-8: line ${line} has bytes that it has not. Save it as CSV in UTF-8`,
  );

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
