/** The good rows of a file as columns of numbers: a million of them as objects would be a gigabyte. */
import { type TableColumn, tableColumns } from "../domain/bar-table.ts";
import type { BarTable } from "../domain/price-series.ts";

const firstCapacity = 4096;

export class ReadColumns {
  length = 0;
  time = new Float64Array(firstCapacity);
  open = new Float64Array(firstCapacity);
  high = new Float64Array(firstCapacity);
  low = new Float64Array(firstCapacity);
  close = new Float64Array(firstCapacity);
  adjustedClose = new Float64Array(firstCapacity);
  volume = new Float64Array(firstCapacity);
  /** See FoundTime. */
  wall = new Float64Array(firstCapacity);
  /** Where each row stands in the file. */
  line = new Uint32Array(firstCapacity);
  offset = new Float64Array(firstCapacity);
  /** The second time that clocks showed what a row says, of rows for which they did. */
  readonly again = new Map<number, number>();

  /** Makes room for one more. */
  makeRoom(): void {
    const capacity = this.time.length;
    if (this.length < capacity) return;
    for (const column of [...tableColumns, "wall", "offset"] as const) {
      const wider = new Float64Array(2 * capacity);
      wider.set(this[column]);
      this[column] = wider;
    }
    const wider = new Uint32Array(2 * capacity);
    wider.set(this.line);
    this.line = wider;
  }

  /** The bars of these rows, with the wall clocks that name their days. */
  table(rows: RowOrder): { bars: BarTable; walls: Float64Array<ArrayBuffer> } {
    const pick = (column: Float64Array): Float64Array<ArrayBuffer> => {
      if (rows === null) return column.slice(0, this.length) as Float64Array<ArrayBuffer>;
      const picked = new Float64Array(rows.length);
      for (let at = 0; at < rows.length; at++) picked[at] = column[rows[at]!]!;
      return picked;
    };
    const bars = Object.fromEntries(tableColumns.map((column) => [column, pick(this[column])]));
    return { bars: bars as Record<TableColumn, Float64Array>, walls: pick(this.wall) };
  }
}

/** Indices of rows; null: all as they stand in the file. */
export type RowOrder = Uint32Array | null;

export const orderLength = (columns: ReadColumns, rows: RowOrder): number => rows?.length ?? columns.length;
