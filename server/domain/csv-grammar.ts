/** CSV text to rows of cells, each with the line on which it begins. Knows nothing of prices. */
import { Readable } from "node:stream";
import { setImmediate as nextTurn } from "node:timers/promises";
import { parse } from "csv-parse";
import { InvalidInput, LimitExceeded } from "./errors.ts";
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

/** About a million daily bars. An import adds to its series, so that a longer file can come in parts. */
export const maxCsvCharacters = 50_000_000;
const chunkBytes = 65_536;

/**
 * Reads CSV with a header row. Comma, semicolon, tab and bar are told apart by the header; a byte order mark,
 * any line end and quoted cells are understood, and a stray quote inside a cell is just a character.
 * Gives way to other work after every 64 KiB.
 * @throws LimitExceeded beyond maxCsvCharacters; InvalidInput when there is no text with a header in it.
 */
export async function readSheet(text: string): Promise<CsvSheet> {
  if (text.length > maxCsvCharacters) {
    throw new LimitExceeded(
      `csv may have ${maxCsvCharacters} characters at most, got ${text.length}: import it in parts, each with the header row`,
    );
  }
  if (text.includes("\0")) {
    throw new InvalidInput("csv", "csv is not text: it has bytes that are zero. Save it as CSV in UTF-8");
  }
  // One line end for all: csv-parse would take that of the first line for every line.
  const lines = text.replace(/\r\n?/g, "\n");
  const delimiter = delimiterOf(lines);
  const unreadable: RowProblem[] = [];
  const parser = parse({
    delimiter,
    bom: true,
    info: true,
    record_delimiter: "\n",
    relax_column_count: true,
    relax_quotes: true,
    skip_records_with_error: true,
    on_skip: (error) => {
      unreadable.push({
        line: Number(error?.lines ?? 1),
        column: null,
        message: "a quote that opens here is never closed, and nothing after it could be read",
      });
    },
  });
  let header: CsvRow | null = null;
  const rows: CsvRow[] = [];
  let lastLine = 0;
  const records: AsyncIterable<ParsedRecord> = Readable.from(chunksOf(lines)).pipe(parser);
  for await (const { record, info } of records) {
    const row: CsvRow = { line: lastLine + 1, cells: record };
    lastLine = info.lines;
    if (row.cells.every((cell) => cell.trim() === "")) continue;
    if (header) rows.push(row);
    else header = row;
  }
  if (!header) throw new InvalidInput("csv", "csv is empty: expected a header row, then one row a bar");
  return { header, rows, unreadable, delimiter };
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

/** The one that stands most often in the header, quoted parts aside. */
function delimiterOf(text: string): Delimiter {
  const header = (/[^\n]*\S[^\n]*/.exec(text)?.[0] ?? "").replace(/"[^"]*"/g, "");
  const count = (delimiter: string) => header.split(delimiter).length;
  return delimiters.reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best));
}
