/** Making tables of bars: from rows, from a choice of their rows, from other tables. */
import type { BarTable } from "./price-series.ts";

export const tableColumns = ["time", "open", "high", "low", "close", "adjustedClose", "volume"] as const;
export type TableColumn = (typeof tableColumns)[number];

/** One bar; NaN where a table has NaN. */
export type BarRow = Record<TableColumn, number>;

/** A table of `length` bars, each value as `valueAt` says. */
export function tableOf(length: number, valueAt: (column: TableColumn, index: number) => number): BarTable {
  // Float64Array.from with a function takes five times as long.
  return mapColumns((column) => {
    const values = new Float64Array(length);
    for (let index = 0; index < length; index++) values[index] = valueAt(column, index);
    return values;
  });
}

/** A table of these columns, which must be of equal length. */
export const mapColumns = (column: (name: TableColumn) => Float64Array): BarTable => ({
  time: column("time"),
  open: column("open"),
  high: column("high"),
  low: column("low"),
  close: column("close"),
  adjustedClose: column("adjustedClose"),
  volume: column("volume"),
});

export const emptyTable: BarTable = tableOf(0, () => Number.NaN);

/** Rows in any order to a table in the order of time. No two rows may have one time. */
export function barTableOf(rows: readonly BarRow[]): BarTable {
  const isSorted = rows.every((row, at) => at === 0 || row.time > rows[at - 1]!.time);
  const sorted = isSorted ? rows : rows.toSorted((a, b) => a.time - b.time);
  return tableOf(sorted.length, (column, index) => sorted[index]![column]);
}

/** The bars at these indices. */
export const pickBars = (table: BarTable, indices: ArrayLike<number>): BarTable =>
  tableOf(indices.length, (column, index) => table[column][indices[index]!]!);

/** Bars [from, to) without a copy of them. */
export const sliceBars = (table: BarTable, from: number, to: number): BarTable =>
  mapColumns((column) => table[column].subarray(from, to));

/** One table after the other. */
export function concatBars(tables: readonly BarTable[]): BarTable {
  if (tables.length === 1) return tables[0]!;
  const length = tables.reduce((sum, { time }) => sum + time.length, 0);
  return mapColumns((column) => {
    const values = new Float64Array(length);
    let at = 0;
    for (const table of tables) {
      values.set(table[column], at);
      at += table.time.length;
    }
    return values;
  });
}
