/** CSV text to rows of cells, each with the line on which it begins. Knows nothing of prices. */
import { InvalidInput, LimitExceeded } from "../domain/errors.ts";
import type { RowProblem } from "./import-report.ts";
import { startTurn } from "./turns.ts";

export interface CsvRow {
  /** From 1, blank lines included. */
  readonly line: number;
  readonly cells: readonly string[];
  /** Lines that a quoted cell took along; 0 for a row of one line. */
  readonly moreLines: number;
}

export interface CsvRows {
  /** Every row that has anything in it. */
  readonly rows: readonly CsvRow[];
  /** Rows that are no CSV. */
  readonly unreadable: readonly RowProblem[];
}

export const delimiters = [",", ";", "\t", "|"] as const;
export type Delimiter = (typeof delimiters)[number];

// An import adds to its series, so that a longer file can come in parts.
const maxCsvCharacters = 50_000_000;
const maxCsvRows = 1_000_000;
export const maxLineCharacters = 10_000;
const pieceCharacters = 1_000_000;

/**
 * The text with one line end for all and without a byte order mark.
 * @throws LimitExceeded beyond maxCsvCharacters or maxCsvRows; InvalidInput when it is no text, or a line is too long.
 */
export async function readLines(text: string): Promise<string> {
  if (text.length > maxCsvCharacters) throw tooLong("characters", maxCsvCharacters, text.length);
  if (text.includes("\0")) {
    throw new InvalidInput("csv", "csv is not text: it has bytes that are zero. Save it as CSV in UTF-8");
  }
  const bare = text.startsWith("\ufeff") ? text.slice(1) : text;
  const lines = bare.includes("\r") ? await withNewlines(bare) : bare;
  await checkLines(lines);
  return lines;
}

/** A stray quote inside a cell is just a character; a quote that is never closed takes all that follows with it. */
export async function readRows(lines: string, delimiter: Delimiter): Promise<CsvRows> {
  const turn = startTurn();
  const rows: CsvRow[] = [];
  const readQuoted = quotedRowReader(lines, delimiter);
  const newlineFrom = seeker(lines, "\n");
  const quoteFrom = seeker(lines, '"');
  let line = 1;
  for (let at = 0; at < lines.length; ) {
    if (turn.isOver()) await turn.next();
    const end = Math.min(newlineFrom(at), lines.length);
    const isPlain = quoteFrom(at) >= end;
    const { cells, next, openedAt } = isPlain
      ? { cells: lines.slice(at, end).split(delimiter), next: end + 1, openedAt: null }
      : readQuoted(at);
    if (openedAt !== null) {
      const opened = line + newlinesIn(lines, at, openedAt);
      const swallowed = newlinesIn(lines, openedAt, lines.length) - (lines.endsWith("\n") ? 1 : 0);
      return { rows, unreadable: [neverClosed(opened, swallowed)] };
    }
    const moreLines = next <= end + 1 ? 0 : newlinesIn(lines, end, next - 1);
    if (cells.some((cell) => cell.trim() !== "")) rows.push({ line, cells, moreLines });
    line += 1 + moreLines;
    at = next;
  }
  return { rows, unreadable: [] };
}

function neverClosed(line: number, swallowed: number): RowProblem {
  const rest =
    swallowed === 0
      ? "nothing after it could be read"
      : `the ${swallowed} ${swallowed === 1 ? "line" : "lines"} after it could not be read`;
  return { line, column: null, message: `a quote that opens here is never closed, and ${rest}` };
}

interface ReadRow {
  readonly cells: readonly string[];
  /** Where the next row begins. */
  readonly next: number;
  /** The quote that is never closed, if there is one. */
  readonly openedAt: number | null;
}

/** Rows with quotes in them. Positions only ever grow, so that no part of the text is searched twice. */
function quotedRowReader(text: string, delimiter: Delimiter): (at: number) => ReadRow {
  const newlineFrom = seeker(text, "\n");
  const delimiterFrom = seeker(text, delimiter);
  const quoteFrom = seeker(text, '"');
  const cellEnd = (at: number) => Math.min(newlineFrom(at), delimiterFrom(at), text.length);
  const afterBlanks = (at: number): number => {
    let here = at;
    while ((text[here] === " " || text[here] === "\t") && text[here] !== delimiter) here++;
    return here;
  };
  /** After the closing quote; null where there is none. */
  const closed = (opening: number): number | null => {
    for (let from = opening + 1; ; ) {
      const quote = quoteFrom(from);
      if (quote >= text.length) return null;
      if (text[quote + 1] !== '"') return quote + 1;
      from = quote + 2;
    }
  };
  return (at) => {
    const cells: string[] = [];
    for (let here = at; ; here++) {
      const start = afterBlanks(here);
      let end: number;
      if (text[start] === '"') {
        const after = closed(start);
        if (after === null) return { cells, next: text.length, openedAt: start };
        end = cellEnd(after);
        const isWhole = text.slice(after, end).trim() === "";
        cells.push(isWhole ? text.slice(start + 1, after - 1).replaceAll('""', '"') : text.slice(start, end));
      } else {
        end = cellEnd(start);
        cells.push(text.slice(start, end));
      }
      here = end;
      if (end >= text.length || text[end] === "\n") return { cells, next: end + 1, openedAt: null };
    }
  };
}

/** The next place of `sign` from a position that never goes back; Infinity where there is none. */
function seeker(text: string, sign: string): (from: number) => number {
  let found = -1;
  return (from) => {
    if (found < from) {
      const place = text.indexOf(sign, from);
      found = place < 0 ? Number.POSITIVE_INFINITY : place;
    }
    return found;
  };
}

function newlinesIn(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf("\n", from); at >= 0 && at < to; at = text.indexOf("\n", at + 1)) count++;
  return count;
}

async function withNewlines(text: string): Promise<string> {
  const turn = startTurn(1);
  const pieces: string[] = [];
  for (let start = 0; start < text.length; ) {
    if (turn.isOver()) await turn.next();
    const cut = start + pieceCharacters;
    // Both characters of one line end stay in one piece.
    const end = text[cut - 1] === "\r" && text[cut] === "\n" ? cut + 1 : cut;
    pieces.push(text.slice(start, end).replace(/\r\n?/g, "\n"));
    start = end;
  }
  return pieces.join("");
}

/** A row of a million empty cells would cost a gigabyte and seconds in which nothing else is answered. */
async function checkLines(lines: string): Promise<void> {
  const turn = startTurn();
  let count = 0;
  for (let start = 0; start < lines.length; count++) {
    if (turn.isOver()) await turn.next();
    const newline = lines.indexOf("\n", start);
    const end = newline < 0 ? lines.length : newline;
    if (end - start > maxLineCharacters) {
      throw new InvalidInput(
        "csv",
        `line ${count + 1} has ${end - start} characters, and a row may have ${maxLineCharacters}: is this a CSV file?`,
      );
    }
    start = end + 1;
  }
  if (count - 1 > maxCsvRows) throw tooLong("rows", maxCsvRows, count - 1);
}

const tooLong = (unit: string, most: number, got: number): LimitExceeded =>
  new LimitExceeded(`csv may have ${most} ${unit}, got ${got}: import it in parts, each with the header row`);
