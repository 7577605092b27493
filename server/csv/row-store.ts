/**
 * The good rows of a file as columns of numbers: a million of them as objects would be a gigabyte. They are kept in runs, in
 * the order in which they came: the first ones in memory, and where there is a scratch file the others there.
 */
import { readSync, writeSync } from "node:fs";
import { tableColumns } from "../domain/bar-table.ts";
import { noRoom } from "../domain/no-room.ts";

/** `again` (NaN: none) and `wall`: see FoundTime. `line` and `offset`: where a row stands in its file. */
export const rowColumns = [...tableColumns, "again", "wall", "line", "offset"] as const;
export type RowColumn = (typeof rowColumns)[number];
/** Rows one after the other, as columns of equal length. */
export type RowPiece = Readonly<Record<RowColumn, Float64Array>>;
export type Row = Record<RowColumn, number>;

export interface Rows {
  readonly length: number;
  /** All of them in order. A piece may load a column when it is asked for it. */
  pieces(): Iterable<RowPiece>;
}

/** An open file that is nobody else's, and how much of it is used. */
export interface Scratch {
  readonly fd: number;
  end: number;
}

export interface StoreSizes {
  readonly rowsPerRun: number;
  /** Where there is a scratch file. */
  readonly runsInMemory: number;
}
/** Runs of 6 MB. */
const usualSizes: StoreSizes = { rowsPerRun: 65_536, runsInMemory: 4 };
const firstCapacity = 256;
const noRows = new Float64Array();

/** Some rows that do not change any more. */
export interface Run {
  readonly length: number;
  /** Rows [from, to) of it. */
  piece(from: number, to: number): RowPiece;
  /** Puts its rows in another order. */
  reorder(order: Uint32Array): void;
}

export class RowStore implements Rows {
  time = noRows;
  open = noRows;
  high = noRows;
  low = noRows;
  close = noRows;
  adjustedClose = noRows;
  volume = noRows;
  again = noRows;
  wall = noRows;
  line = noRows;
  offset = noRows;
  /** Where the next row goes in these. */
  at = 0;

  length = 0;
  /** Whether each row is later than the one before. */
  ascends = true;
  /** How many rows are later than the one before, less those that are earlier. The first counts as later. */
  private balance = 0;
  /** Rows of which all prices are 0. */
  zeros = 0;
  /** Whether any price is below 0. */
  hasNegative = false;
  private lastTime = Number.NEGATIVE_INFINITY;
  private readonly full: Run[] = [];

  /** @param scratch null: all rows stay in memory. */
  constructor(
    private readonly scratch: Scratch | null = null,
    private readonly sizes: StoreSizes = usualSizes,
  ) {}

  get isNewestFirst(): boolean {
    return this.balance < 0;
  }

  /** Makes room for one more row. */
  makeRoom(): void {
    if (this.at < this.time.length) return;
    const { rowsPerRun } = this.sizes;
    if (this.at >= rowsPerRun) this.seal();
    else this.resize(Math.min(Math.max(firstCapacity, 4 * this.at), rowsPerRun));
  }

  /** Counts the row at `at`, whose columns are there. */
  add(): void {
    const { at } = this;
    const time = this.time[at]!;
    if (!(time > this.lastTime)) this.ascends = false;
    if (time !== this.lastTime) this.balance += time < this.lastTime ? -1 : 1;
    this.lastTime = time;
    const low = this.low[at]!;
    if (low < 0) this.hasNegative = true;
    else if (low === 0 && isZeroRow(this, at)) this.zeros++;
    this.at = at + 1;
    this.length++;
  }

  append(row: Row): void {
    this.makeRoom();
    for (const column of rowColumns) this[column][this.at] = row[column];
    this.add();
  }

  /** All rows, those of the last one included: it may get more of them. */
  runs(): readonly Run[] {
    return this.at === 0 ? this.full : [...this.full, runInMemory(this, this.at)];
  }

  *pieces(): Generator<RowPiece> {
    for (const run of this.runs()) yield run.piece(0, run.length);
  }

  private seal(): void {
    const { scratch, at } = this;
    if (scratch === null || this.full.length < this.sizes.runsInMemory) {
      this.full.push(runInMemory(this, at));
      for (const column of rowColumns) this[column] = new Float64Array(at);
    } else this.full.push(runInFile(this, at, scratch));
    this.at = 0;
  }

  private resize(capacity: number): void {
    for (const column of rowColumns) {
      const wider = new Float64Array(capacity);
      wider.set(this[column]);
      this[column] = wider;
    }
  }
}

export const isZeroRow = (
  { open, high, low, close }: Pick<RowPiece, "open" | "high" | "low" | "close">,
  at: number,
): boolean => high[at] === 0 && low[at] === 0 && open[at] === 0 && close[at] === 0;

export const mapRowColumns = (column: (name: RowColumn) => Float64Array): Record<RowColumn, Float64Array> =>
  Object.fromEntries(rowColumns.map((name) => [name, column(name)])) as Record<RowColumn, Float64Array>;

function runInMemory(from: RowPiece, length: number): Run {
  const columns = mapRowColumns((name) => from[name].subarray(0, length));
  return {
    length,
    piece: (start, end) => mapRowColumns((name) => columns[name].subarray(start, end)),
    reorder(order) {
      for (const name of rowColumns) columns[name].set(inOrder(columns[name], order));
    },
  };
}

const valueBytes = Float64Array.BYTES_PER_ELEMENT;

/** Column after column. */
function runInFile(from: RowPiece, length: number, scratch: Scratch): Run {
  const start = scratch.end;
  scratch.end += rowColumns.length * length * valueBytes;
  const placeOf = (name: RowColumn, row: number) =>
    start + (rowColumns.indexOf(name) * length + row) * valueBytes;
  const write = (name: RowColumn, values: Float64Array) => writeAll(scratch.fd, values, placeOf(name, 0));
  const read = (name: RowColumn, first: number, end: number) =>
    readAll(scratch.fd, end - first, placeOf(name, first));
  for (const name of rowColumns) write(name, from[name].subarray(0, length));
  return {
    length,
    piece: (first, end) => lazily((name) => read(name, first, end)),
    reorder(order) {
      for (const name of rowColumns) write(name, inOrder(read(name, 0, length), order));
    },
  };
}

export const inOrder = (values: Float64Array, order: Uint32Array): Float64Array => {
  const ordered = new Float64Array(order.length);
  for (let at = 0; at < order.length; at++) ordered[at] = values[order[at]!]!;
  return ordered;
};

/** Each column is read once, when it is asked for: no pass over the rows needs all of them. */
function lazily(read: (name: RowColumn) => Float64Array): RowPiece {
  const piece = {} as Record<RowColumn, Float64Array>;
  for (const name of rowColumns)
    Object.defineProperty(piece, name, {
      configurable: true,
      enumerable: true,
      get() {
        const value = read(name);
        Object.defineProperty(piece, name, { value, enumerable: true });
        return value;
      },
    });
  return piece;
}

function writeAll(fd: number, values: Float64Array, position: number): void {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at, bytes.length - at, position + at);
  } catch (error) {
    noRoom(error as NodeJS.ErrnoException);
  }
}

function readAll(fd: number, length: number, position: number): Float64Array {
  const values = new Float64Array(length);
  const bytes = new Uint8Array(values.buffer);
  for (let at = 0; at < bytes.length; ) {
    const got = readSync(fd, bytes, at, bytes.length - at, position + at);
    if (got === 0) throw new Error("the scratch file of an import is shorter than what was written to it");
    at += got;
  }
  return values;
}
