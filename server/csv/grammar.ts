/** What CSV is, for all who read it: rows, delimiters, quotes, and how long a line may be. Knows nothing of prices. */
import { InvalidInput } from "../domain/errors.ts";

export interface CsvRow {
  /** From 1, blank lines included. */
  readonly line: number;
  readonly cells: readonly string[];
  /** Lines that a quoted cell took along; 0 for a row of one line. */
  readonly moreLines: number;
}

export const delimiters = [",", ";", "\t", "|"] as const;
export type Delimiter = (typeof delimiters)[number];

export const maxLineCharacters = 10_000;

/** A line of a million empty cells would cost a gigabyte. @throws InvalidInput */
export function checkLine(line: number, length: number): void {
  if (length <= maxLineCharacters) return;
  throw new InvalidInput(
    "csv",
    `line ${line} has ${length} characters, and a row may have ${maxLineCharacters}: is this a CSV file?`,
  );
}

/** What a cell says that a quote opens, blanks before it or not; else the cell itself. A stray quote is just a character. */
export function unquoted(raw: string): string {
  const cell = raw.replace(/\r\n?/g, "\n").replace(/^[ \t]+/, "");
  if (!cell.startsWith('"')) return cell;
  let end = cell.indexOf('"', 1);
  while (end >= 0 && cell[end + 1] === '"') end = cell.indexOf('"', end + 2);
  return end >= 0 && cell.slice(end + 1).trim() === "" ? cell.slice(1, end).replaceAll('""', '"') : cell;
}
