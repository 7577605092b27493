/** CSV text to rows of cells, each with the line on which it begins. Knows nothing of prices. */
import { Readable } from "node:stream";
import { setImmediate as nextTurn } from "node:timers/promises";
import { parse } from "csv-parse";
import { InvalidInput, LimitExceeded } from "../domain/errors.ts";
import type { RowProblem } from "./import-report.ts";

export interface CsvRow {
  /** From 1, blank lines included. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface CsvSheet {
  readonly header: CsvRow;
  /** Every row after the header that has anything in it. */
  readonly rows: readonly CsvRow[];
  /** Rows that are no CSV. */
  readonly unreadable: readonly RowProblem[];
  readonly delimiter: Delimiter;
}

export const delimiters = [",", ";", "\t", "|"] as const;
export type Delimiter = (typeof delimiters)[number];

// An import adds to its series, so that a longer file can come in parts.
export const maxCsvCharacters = 50_000_000;
export const maxCsvRows = 1_000_000;
const maxLineCharacters = 10_000;
const chunkBytes = 65_536;
const rowsPerTurn = 5000;

/**
 * Reads CSV with a header row. Comma, semicolon, tab and bar are told apart by the header; a byte order mark,
 * any line end and quoted cells are understood, and a stray quote inside a cell is just a character.
 * Gives way to other work again and again.
 * @throws LimitExceeded beyond maxCsvCharacters or maxCsvRows; InvalidInput when it is no text with a header in it.
 */
export async function readSheet(text: string): Promise<CsvSheet> {
  if (text.length > maxCsvCharacters) throw tooLong("characters", maxCsvCharacters, text.length);
  if (text.includes("\0")) {
    throw new InvalidInput("csv", "csv is not text: it has bytes that are zero. Save it as CSV in UTF-8");
  }
  // One line end for all: csv-parse would take that of the first line for every line.
  const lines = text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
  checkLines(lines);
  const delimiter = delimiterOf(lines);
  const unreadable: RowProblem[] = [];
  const read = lines.includes('"') ? quotedRows(lines, delimiter, unreadable) : plainRows(lines, delimiter);
  let header: CsvRow | null = null;
  const rows: CsvRow[] = [];
  for await (const row of read) {
    if (row.cells.every((cell) => cell.trim() === "")) continue;
    if (header) rows.push(row);
    else header = row;
  }
  if (header) return { header, rows, unreadable, delimiter };
  const what = unreadable[0] ? `has no header: ${unreadable[0].message}` : "is empty";
  throw new InvalidInput("csv", `csv ${what}; expected a header row, then one row a bar`);
}

/** Without a quote in it, CSV is lines and delimiters, and is read eight times as fast. */
export async function* plainRows(lines: string, delimiter: Delimiter): AsyncGenerator<CsvRow> {
  for (const [index, line] of lines.split("\n").entries()) {
    if (index % rowsPerTurn === 0) await nextTurn();
    yield { line: index + 1, cells: line.split(delimiter) };
  }
}

export async function* quotedRows(
  lines: string,
  delimiter: Delimiter,
  unreadable: RowProblem[],
): AsyncGenerator<CsvRow> {
  const parser = parse({
    delimiter,
    ltrim: true,
    info: true,
    record_delimiter: "\n",
    relax_column_count: true,
    relax_quotes: true,
    skip_records_with_error: true,
    on_skip: (error) => {
      const message = "a quote that opens here is never closed, and nothing after it could be read";
      unreadable.push({ line: Number(error?.lines ?? 1), column: null, message });
    },
  });
  const records: AsyncIterable<ParsedRecord> = Readable.from(chunksOf(lines)).pipe(parser);
  let lastLine = 0;
  for await (const { record, info } of records) {
    yield { line: lastLine + 1, cells: record };
    lastLine = info.lines;
  }
}

/** What csv-parse yields with `info: true`; `lines` counts up to the record's end. */
interface ParsedRecord {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

/** In bytes, because a string cut anywhere may be cut inside a character. */
async function* chunksOf(text: string): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let start = 0; start < bytes.length; start += chunkBytes) {
    yield bytes.subarray(start, start + chunkBytes);
    await nextTurn();
  }
}

/** A row of a million empty cells would cost a gigabyte and seconds in which nothing else is answered. */
function checkLines(lines: string): void {
  let count = 0;
  for (let start = 0; start < lines.length; count++) {
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

/** The one that stands most often in the header, quoted parts aside. */
function delimiterOf(text: string): Delimiter {
  const first = Math.max(text.search(/\S/), 0);
  const end = text.indexOf("\n", first);
  const header = text.slice(first, end < 0 ? undefined : end).replace(/"[^"]*"/g, "");
  const count = (delimiter: string) => header.split(delimiter).length;
  return delimiters.reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best));
}
