/** Making tables of bars: from rows, from a choice of their rows, and the hash that says when two are the same. */
import { createHash } from "node:crypto";
import type { BarTable } from "./price-series.ts";

export const tableColumns = ["time", "open", "high", "low", "close", "adjustedClose", "volume"] as const;
export type TableColumn = (typeof tableColumns)[number];

/** One bar; NaN where a table has NaN. */
export type BarRow = Record<TableColumn, number>;

/** A table of `length` bars, each value as `valueAt` says. */
export function tableOf(length: number, valueAt: (column: TableColumn, index: number) => number): BarTable {
  // Float64Array.from with a function takes five times as long.
  const filled = (column: TableColumn) => {
    const values = new Float64Array(length);
    for (let index = 0; index < length; index++) values[index] = valueAt(column, index);
    return values;
  };
  return {
    time: filled("time"),
    open: filled("open"),
    high: filled("high"),
    low: filled("low"),
    close: filled("close"),
    adjustedClose: filled("adjustedClose"),
    volume: filled("volume"),
  };
}

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

const hashVersion = "gatecast bars 1\n";

/**
 * SHA-256 in hex over a table: the same bars, the same hash, on any machine. Hashed are the version line, then each
 * column as little-endian float64 in the order of tableColumns, unknown values as the one quiet NaN.
 */
export function contentHashOf(table: BarTable): string {
  const hash = createHash("sha256").update(hashVersion);
  for (const column of tableColumns) hash.update(littleEndian(table[column]));
  return hash.digest("hex");
}

function littleEndian(values: Float64Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 8));
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    // NaN has many bit patterns, and 0 has two.
    if (Number.isNaN(value)) view.setBigUint64(index * 8, 0x7ff8000000000000n, true);
    else view.setFloat64(index * 8, value + 0, true);
  }
  return new Uint8Array(view.buffer);
}
