/** What stands below a price file's table: a source, a total, a note. */
import { quote } from "../domain/quote.ts";
import type { CsvRow } from "./grammar.ts";

const mostFooters = 20;

/** The rows without their footers: rows at the end with a single cell, which begins like no date and no number. */
export function withoutFooters(
  rows: readonly CsvRow[],
  width: number,
): { rows: readonly CsvRow[]; warnings: string[] } {
  let end = rows.length;
  while (end > 0 && rows.length - end < mostFooters && isFooter(rows[end - 1]!, width)) end--;
  const [first, ...more] = rows.slice(end);
  if (!first) return { rows, warnings: [] };
  const text = quote(first.cells[0]!.trim());
  const warning =
    more.length === 0
      ? `line ${first.line} below the prices was passed over: ${text}`
      : `${more.length + 1} lines below the prices were passed over, from line ${first.line}: ${text}`;
  return { rows: rows.slice(0, end), warnings: [warning] };
}

function isFooter({ cells }: CsvRow, width: number): boolean {
  const [first = "", ...rest] = cells;
  const isAlone = rest.every((cell) => cell.trim() === "");
  // A row that is cut off begins with its date: it must be reported.
  return width > 1 && isAlone && !/^["'+-]?\d/.test(first.slice(0, 64).trim()) && first.trim().length > 1;
}
