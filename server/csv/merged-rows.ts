/** Runs of rows, each sorted by itself, as one sequence in the order of time; of one time in that of the file. */
import { type Row, type RowPiece, type Run, rowColumns } from "./row-store.ts";

/** Of each run so many are in memory. */
const windowRows = 256;

/** Sorts the runs. @returns one object again and again, which is the next row. */
export function* mergedRows(runs: readonly Run[]): Generator<Row> {
  for (const run of runs) sortRun(run);
  const heap = new CursorHeap(runs.filter(({ length }) => length > 0).map((run) => new Cursor(run)));
  const row = {} as Row;
  for (;;) {
    const next = heap.first();
    if (next === undefined) return;
    next.copyTo(row);
    yield row;
    if (next.advance()) heap.sink();
    else heap.dropFirst();
  }
}

/** Of one time the earlier of the file stays before the later. */
function sortRun(run: Run): void {
  const { time } = run.piece(0, run.length);
  const { length } = run;
  let [ascends, descends] = [true, true];
  for (let at = 1; at < length; at++) {
    if (!(time[at]! >= time[at - 1]!)) ascends = false;
    if (!(time[at]! < time[at - 1]!)) descends = false;
  }
  if (ascends) return;
  const order = new Uint32Array(length);
  for (let at = 0; at < length; at++) order[at] = descends ? length - 1 - at : at;
  // A file with the newest row first need only be turned.
  run.reorder(descends ? order : order.sort((a, b) => time[a]! - time[b]!));
}

class Cursor {
  time = 0;
  line = 0;
  private window: RowPiece;
  private from = 0;
  private at = 0;
  private end: number;

  constructor(private readonly run: Run) {
    this.end = Math.min(windowRows, run.length);
    this.window = run.piece(0, this.end);
    this.look();
  }

  /** False after the last row. */
  advance(): boolean {
    this.at++;
    if (this.from + this.at === this.end) {
      if (this.end === this.run.length) return false;
      [this.from, this.at] = [this.end, 0];
      this.end = Math.min(this.from + windowRows, this.run.length);
      this.window = this.run.piece(this.from, this.end);
    }
    this.look();
    return true;
  }

  copyTo(row: Row): void {
    for (const column of rowColumns) row[column] = this.window[column][this.at]!;
  }

  isBefore(other: Cursor): boolean {
    return this.time < other.time || (this.time === other.time && this.line < other.line);
  }

  private look(): void {
    this.time = this.window.time[this.at]!;
    this.line = this.window.line[this.at]!;
  }
}

/** A binary heap: each cursor is before the two below it. */
class CursorHeap {
  constructor(private readonly cursors: Cursor[]) {
    for (let at = (cursors.length >> 1) - 1; at >= 0; at--) this.sink(at);
  }

  first(): Cursor | undefined {
    return this.cursors[0];
  }

  dropFirst(): void {
    const last = this.cursors.pop()!;
    if (this.cursors.length === 0) return;
    this.cursors[0] = last;
    this.sink();
  }

  /** Moves a cursor that has gone on to its place. */
  sink(from = 0): void {
    const { cursors } = this;
    const moved = cursors[from]!;
    let at = from;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= cursors.length) break;
      if (below + 1 < cursors.length && cursors[below + 1]!.isBefore(cursors[below]!)) below++;
      if (!cursors[below]!.isBefore(moved)) break;
      cursors[at] = cursors[below]!;
      at = below;
    }
    cursors[at] = moved;
  }
}
