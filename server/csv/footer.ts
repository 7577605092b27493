/** What stands below a price file's table: a source, a total, a note. */
import { quote } from "../domain/quote.ts";
import type { RowView } from "./row-view.ts";

const mostFooters = 20;
const noPlaces = new Int32Array();

/**
 * Holds back rows that may be footers until it is known what stands below them: those at the end of the file are none of
 * the table's. A footer is a single cell that begins like no date and no number.
 */
export function footerFilter(width: number, take: (row: RowView) => void) {
  let held: RowView[] = [];
  const release = (count: number) => {
    for (const row of held.splice(0, count)) take(row);
  };
  return {
    take(row: RowView): void {
      if (!isFooter(row, width)) {
        if (held.length > 0) release(held.length);
        take(row);
        return;
      }
      if (held.length === mostFooters) release(1);
      held.push(copyOf(row));
    },
    /** A word about the footers, if there are any. */
    warnings(): string[] {
      const [first, ...more] = held;
      held = [];
      if (!first) return [];
      const text = quote(first.cell(0).trim());
      return more.length === 0
        ? [`line ${first.line} below the prices was passed over: ${text}`]
        : [`${more.length + 1} lines below the prices were passed over, from line ${first.line}: ${text}`];
    },
  };
}

function isFooter(row: RowView, width: number): boolean {
  const { bytes, starts, ends } = row;
  const first = bytes !== null && starts[0]! < ends[0]! ? bytes[starts[0]!] : undefined;
  // Nearly every row begins with a date. One that is cut off does, too, and must be reported.
  if (width <= 1 || (first !== undefined && first >= 0x30 && first <= 0x39)) return false;
  const text = row.cell(0);
  if (/^["'+-]?\d/.test(text.slice(0, 64).trim()) || text.trim().length <= 1) return false;
  for (let at = 1; at < row.count; at++) if (row.cell(at).trim() !== "") return false;
  return true;
}

function copyOf(row: RowView): RowView {
  const { line, moreLines, offset, count } = row;
  const cells = Array.from({ length: count }, (_, index) => row.cell(index));
  const cell = (index: number) => cells[index] ?? "";
  return { line, moreLines, offset, count, cell, bytes: null, starts: noPlaces, ends: noPlaces };
}
