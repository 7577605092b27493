/** One row of a price file to a bar, or to the first thing that is wrong with it. */
import type { BarRow } from "../domain/bar-table.ts";
import { quote } from "../domain/quote.ts";
import type { ChosenColumns, ColumnChoice } from "./columns.ts";
import type { ReadTime } from "./dates.ts";
import type { CsvRow, CsvSheet } from "./grammar.ts";
import type { RowProblem } from "./import-report.ts";
import { type NumberFault, numberStyleOf, readNumber, readVolume } from "./numbers.ts";

export type RowFault = Omit<RowProblem, "line">;

/**
 * A bar needs a time and four prices, the high not below the low. Open and close may lie outside of low and high,
 * because sources round each price by itself. Volume and adjusted close may be unknown (NaN).
 */
export function rowReader(
  { header, rows, delimiter }: CsvSheet,
  columns: ChosenColumns,
  readTime: (date: string, clock?: string) => ReadTime,
): (cells: readonly string[]) => BarRow | RowFault {
  const { time, clock, high, volume } = columns;
  const fields = numericFields(columns);
  const style = numberStyleOf(cellsOf(rows, fields), delimiter === ",");
  return (cells) => {
    const misfit = misfitOf(cells, header.cells.length);
    if (misfit) return { column: null, message: misfit };
    const when = readTime(cellOf(cells, time), clock ? cellOf(cells, clock) : undefined);
    if ("fault" in when) return faultIn(time, when.fault);
    const bar: BarRow = { ...unknownBar, time: when.time };
    for (const { field, column, read, needed } of fields) {
      const value = read(cellOf(cells, column), style);
      if (typeof value === "number") bar[field] = value;
      else if (needed || value !== "missing") return faultIn(column, describe[value](cellOf(cells, column)));
    }
    if (bar.high < bar.low) return faultIn(high, `the high ${bar.high} is below the low ${bar.low}`);
    if (volume && bar.volume < 0) return faultIn(volume, `the volume ${bar.volume} is negative`);
    return bar;
  };
}

const unknownBar = {
  time: Number.NaN,
  open: Number.NaN,
  high: Number.NaN,
  low: Number.NaN,
  close: Number.NaN,
  adjustedClose: Number.NaN,
  volume: Number.NaN,
} satisfies BarRow;

const describe = {
  missing: (cell) => (cell.trim() === "" ? "the value is missing" : `the value is missing: ${quote(cell)}`),
  "not a number": (cell) => `${quote(cell)} is not a number`,
  "not finite": (cell) => `${quote(cell)} is not a finite number`,
  ambiguous: (cell) =>
    `${quote(cell)} may mean thousands or a fraction: write it without separators of thousands`,
} satisfies Record<NumberFault, (cell: string) => string>;

interface NumericField {
  readonly field: Exclude<keyof BarRow, "time">;
  readonly column: ColumnChoice;
  readonly read: typeof readNumber;
  readonly needed: boolean;
}

function numericFields({ open, high, low, close, adjustedClose, volume }: ChosenColumns): NumericField[] {
  const price = { read: readNumber, needed: true };
  return [
    { field: "open", column: open, ...price },
    { field: "high", column: high, ...price },
    { field: "low", column: low, ...price },
    { field: "close", column: close, ...price },
    ...(adjustedClose
      ? [{ field: "adjustedClose", column: adjustedClose, read: readNumber, needed: false } as const]
      : []),
    ...(volume ? [{ field: "volume", column: volume, read: readVolume, needed: false } as const] : []),
  ];
}

function* cellsOf(rows: readonly CsvRow[], fields: readonly NumericField[]): Generator<string> {
  for (const { cells } of rows) for (const { column } of fields) yield cellOf(cells, column);
}

const cellOf = (cells: readonly string[], { index }: ColumnChoice): string => cells[index] ?? "";

const faultIn = ({ name }: ColumnChoice, message: string): RowFault => ({ column: name || null, message });

/** Cells beyond the header are harmless while they are empty: some sources end each row with a delimiter. */
function misfitOf(cells: readonly string[], expected: number): string | null {
  if (cells.length === expected) return null;
  if (cells.length < expected) {
    return `the row has ${cells.length} cells where the header has ${expected}: is it cut off?`;
  }
  if (cells.slice(expected).every((cell) => cell.trim() === "")) return null;
  return `the row has ${cells.length} cells where the header has ${expected}: a value that contains the delimiter must be quoted`;
}
