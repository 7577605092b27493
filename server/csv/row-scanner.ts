/** Walks a file's rows from its bytes: where each cell begins and ends, without making a string or an object of any. */
import { isUtf8 } from "node:buffer";
import type { ByteSource } from "./byte-source.ts";
import { ByteWindow } from "./byte-window.ts";
import { tooLong } from "./csv-text.ts";
import { type CsvRow, checkLine, type Delimiter, maxLineCharacters, unquoted } from "./grammar.ts";
import type { RowProblem } from "./import-report.ts";
import { noText, noUtf8, rowTooLong } from "./not-text.ts";
import { maxRowBytes, neverClosed, quotedCell } from "./quoted-cell.ts";
import type { Place, RowView } from "./row-view.ts";

/** In bytes: a character has at most three. */
const longestLine = 3 * maxLineCharacters;

// What a byte is for a row. Nearly all are ink.
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
  starts = new Int32Array(64);
  ends = new Int32Array(64);
  /** The quote that was never closed, after the last row. */
  unreadable: RowProblem | null = null;

  private readonly window: ByteWindow;
  private readonly kinds: Uint8Array;
  private forms = new Uint8Array(64);
  private hasQuote = false;
  private isInked = false;
  /** Of the current row in the window, and of the one after it. */
  private start = 0;
  private at: number;
  private nextLine: number;

  constructor(
    source: ByteSource,
    delimiter: Delimiter,
    from: Place = { offset: 0, line: 1 },
    private readonly maxRows = Number.POSITIVE_INFINITY,
  ) {
    this.kinds = kindsOf(delimiter);
    this.nextLine = from.line;
    const window = new ByteWindow(source, from.offset);
    this.window = window;
    this.at = from.offset - window.base;
    if (from.offset > 0) return;
    window.moveOn(0);
    const [first, second, third] = window.bytes;
    if (window.limit >= 3 && first === 0xef && second === 0xbb && third === 0xbf) this.at = 3;
  }

  get bytes(): Buffer {
    return this.window.bytes;
  }

  get offset(): number {
    return this.window.base + this.start;
  }

  /** Where the row after the current one begins. */
  get next(): Place {
    return { offset: this.window.base + this.at, line: this.nextLine };
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
    const [start, end] = [this.starts[index]!, this.ends[index]!];
    const form = this.forms[index]!;
    // See RowView: an intricate one is marked by an end before its beginning.
    if (form === intricate) return unquoted(this.bytes.toString("utf8", end + 1, start));
    const text = this.bytes.toString("utf8", start, end);
    return this.hasQuote && form === bare ? text.replace(/^[ \t]+/, "") : text;
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
    const { window } = this;
    if (this.unreadable !== null) return false;
    for (;;) {
      if (this.at >= window.limit && !this.moveOn()) return false;
      const outcome = this.scanRow();
      if (outcome !== "cut off") return outcome;
      if (!this.moveOn()) throw new Error("a row is cut off, and its file has no more");
    }
  }

  /** Reads on, keeping the row that begins at `at`. */
  private moveOn(): boolean {
    const { window, at } = this;
    if (window.limit - at > 2 * maxRowBytes) throw rowTooLong(this.nextLine, 2 * maxRowBytes);
    const isMore = window.moveOn(at);
    if (window.source.whole === null) this.at = 0;
    return isMore;
  }

  /** The row that begins at `at`. "cut off": its end is not in the window. */
  private scanRow(): boolean | "cut off" {
    const { kinds, window, at: start } = this;
    const { bytes, limit, isLast } = window;
    let [at, cell, count, more] = [start, start, 0, 0];
    let [form, closedAt, lineStart] = [bare, -1, start];
    let [isInked, hasQuote, isAscii] = [false, false, true];
    for (; ; at++) {
      const from = at;
      while (at < limit && kinds[bytes[at]!] === ink) at++;
      if (at > from) isInked = true;
      if (at >= limit && !isLast) {
        if (at - lineStart > longestLine) this.checkLines(lineStart, at, this.nextLine + more);
        return "cut off";
      }
      const kind = at >= limit ? ending : kinds[bytes[at]!]!;
      if (kind === delimiting || kind === ending) {
        this.endCell(count++, form, cell, at, closedAt);
        if (kind === ending) break;
        form = bare;
        cell = at + 1;
      } else if (kind === quoting) {
        hasQuote = true;
        if (form !== bare || !this.isBlank(cell, at)) {
          isInked = true;
          continue;
        }
        const quoted = quotedCell(window, at);
        if (quoted === "cut off") return quoted;
        if (quoted === "never closed") return this.giveUp(at, this.nextLine + more);
        form = quoted.isPlain ? within : intricate;
        cell = quoted.isPlain ? at + 1 : cell;
        if (quoted.lines > 0) {
          this.checkLines(lineStart, quoted.closing, this.nextLine + more);
          lineStart = quoted.lastLine;
          more += quoted.lines;
        }
        isInked ||= quoted.isInked;
        isAscii &&= quoted.isAscii;
        closedAt = quoted.closing;
        at = closedAt;
      } else if (kind === zero) throw noText();
      else if (kind === beyondAscii) isAscii = false;
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

  /** @param cell where it begins: behind its quote, where that can be cut off. */
  private endCell(index: number, form: number, cell: number, at: number, closedAt: number): void {
    if (index === this.starts.length) this.widen();
    let [start, end, now] = [cell, at, form];
    if (form === within) {
      if (this.isBlank(closedAt + 1, at)) end = closedAt;
      else {
        start = cell - 1;
        now = intricate;
      }
    }
    this.forms[index] = now;
    this.starts[index] = now === intricate ? at : start;
    this.ends[index] = now === intricate ? start - 1 : end;
  }

  /** Whether only spaces and tabs stand there. */
  private isBlank(from: number, to: number): boolean {
    const { bytes } = this;
    for (let at = from; at < to; at++) if (bytes[at] !== 0x20 && bytes[at] !== 0x09) return false;
    return true;
  }

  private giveUp(opening: number, line: number): false {
    this.unreadable = neverClosed(this.window.source, this.window.base + opening, line);
    return false;
  }

  private checkLines(from: number, to: number, line: number): void {
    const lines = this.bytes.toString("utf8", from, to).split(/\r\n|\r|\n/);
    for (const [index, { length }] of lines.entries()) checkLine(line + index, length);
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
