/** One row of a price file to a bar, or to the first thing that is wrong with it. */
import type { BarRow } from "../domain/bar-table.ts";
import { quote } from "../domain/quote.ts";
import { cellOf } from "./cell.ts";
import { type ChosenColumns, type ColumnChoice, nameOf } from "./columns.ts";
import type { FoundTime, ReadTime } from "./dates.ts";
import type { CsvRow } from "./grammar.ts";
import type { RowProblem } from "./import-report.ts";
import { impossibility } from "./impossible.ts";
import { type NumberFault, type NumberStyle, readNumber, readVolume, styleEvidence } from "./numbers.ts";
import type { TimedRow } from "./timed-rows.ts";
import { inTurns } from "./turns.ts";

export type RowFault = Omit<RowProblem, "line">;
export interface GoodRow {
  readonly row: TimedRow;
  readonly when: FoundTime;
}

export interface RowReading {
  readonly columns: ChosenColumns;
  readonly volume: ColumnChoice | null;
  /** How many cells a row has. */
  readonly width: number;
  readonly style: NumberStyle;
  readonly readTime: (date: string, clock?: string) => ReadTime;
}

/** A bar needs a time and four prices that can be. Volume and adjusted close may be unknown (NaN). */
export function rowReader(reading: RowReading): (row: CsvRow) => GoodRow | RowFault {
  const { columns, volume, width, style, readTime } = reading;
  const { time, clock } = columns;
  const fields = numericFields(columns, volume);
  return (row) => {
    const { cells } = row;
    const misfit = misfitOf(row, width);
    if (misfit) return { column: null, message: misfit };
    const when = readTime(cellOf(cells, time.index), clock ? cellOf(cells, clock.index) : undefined);
    if ("fault" in when) return faultIn(time, when.fault);
    const bar = unknownBar(row, when);
    for (const { field, column, read, needed } of fields) {
      const cell = cellOf(cells, column.index);
      const value = read(cell, style);
      if (typeof value === "number") bar[field] = value;
      else if (needed || value !== "missing") return faultIn(column, describe[value](cell));
    }
    const fault = impossibility(bar, style, (price) => cellOf(cells, columns[price].index));
    if (fault) return faultIn(columns[fault.price], fault.message);
    if (volume && bar.volume < 0) return faultIn(volume, `the volume ${bar.volume} is negative`);
    return { row: bar, when };
  };
}

/** How the file writes its decimals, from all of its numbers together. */
export async function styleOf(
  rows: readonly CsvRow[],
  columns: ChosenColumns,
  commaQuoted: boolean,
): Promise<NumberStyle> {
  const { open, high, low, close, adjustedClose, volumes } = columns;
  const numeric = [open, high, low, close, adjustedClose, ...volumes].filter((it) => it !== null);
  const positions = [...new Set(numeric.map(({ index }) => index))];
  const { hear, style } = styleEvidence();
  await inTurns(rows, ({ cells }) => {
    for (const position of positions) hear(cellOf(cells, position));
  });
  return style(commaQuoted);
}

/** The first column that is not empty or 0 in every row; the first of all where each is. */
export async function chooseVolume(
  rows: readonly CsvRow[],
  volumes: readonly ColumnChoice[],
  style: NumberStyle,
): Promise<ColumnChoice | null> {
  for (const volume of volumes.length > 1 ? volumes : []) {
    let isAlive = false;
    await inTurns(rows, ({ cells }) => {
      const value = readVolume(cellOf(cells, volume.index), style);
      isAlive = typeof value === "number" && value !== 0;
      return !isAlive;
    });
    if (isAlive) return volume;
  }
  return volumes[0] ?? null;
}

const unknownBar = (source: CsvRow, { time, wall, again }: FoundTime): TimedRow & BarRow => ({
  time,
  open: Number.NaN,
  high: Number.NaN,
  low: Number.NaN,
  close: Number.NaN,
  adjustedClose: Number.NaN,
  volume: Number.NaN,
  source,
  wall,
  again,
});

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

function numericFields(
  { open, high, low, close, adjustedClose }: ChosenColumns,
  volume: ColumnChoice | null,
): NumericField[] {
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

const faultIn = (column: ColumnChoice, message: string): RowFault => ({
  column: column.name === "" && column.index === 0 ? null : nameOf(column),
  message,
});

/** Cells beyond the header are harmless while they are empty: some sources end each row with a delimiter. */
function misfitOf({ cells, line, moreLines }: CsvRow, expected: number): string | null {
  if (cells.length === expected) return null;
  const counted = `the row has ${cells.length} cells where the header has ${expected}`;
  const isLonger = cells.slice(expected).some((cell) => cell.trim() !== "");
  if (cells.length > expected && !isLonger) return null;
  if (moreLines > 0)
    return `${counted}: a quote in it is closed only in line ${line + moreLines}, and took the lines in between along`;
  if (cells.length < expected) return `${counted}: is it cut off?`;
  return `${counted}: a value that contains the delimiter must be quoted`;
}
