/** Bars that come in pieces, taken in portions of another size. */
import { concatBars, emptyTable, sliceBars } from "./bar-table.ts";
import { firstAtOrAfter } from "./merge-tables.ts";
import type { BarTable } from "./price-series.ts";

export class BarFeed {
  /** How many bars were taken. */
  taken = 0;
  /** Time of the last bar that came; -Infinity before the first. */
  last = Number.NEGATIVE_INFINITY;
  private readonly pieces: Iterator<BarTable>;
  private piece = emptyTable;

  constructor(pieces: Iterable<BarTable>) {
    this.pieces = pieces[Symbol.iterator]();
  }

  /**
   * The next bars before `end`, `most` of them or all that there are.
   * @throws Error where the bars do not ascend in time.
   */
  take(end: number, most: number): BarTable {
    const taken: BarTable[] = [];
    let wanted = most;
    while (wanted > 0 && this.hasMore()) {
      const count = Math.min(wanted, firstAtOrAfter(this.piece.time, end));
      if (count === 0) break;
      taken.push(sliceBars(this.piece, 0, count));
      this.piece = sliceBars(this.piece, count, this.piece.time.length);
      wanted -= count;
    }
    this.taken += most - wanted;
    return taken.length === 0 ? emptyTable : concatBars(taken);
  }

  private hasMore(): boolean {
    while (this.piece.time.length === 0) {
      const { value, done } = this.pieces.next();
      if (done) return false;
      for (const time of (value as BarTable).time) {
        if (!(time > this.last))
          throw new Error(`bars must be ascending in time, each time once: got ${time} after ${this.last}`);
        this.last = time;
      }
      this.piece = value;
    }
    return true;
  }
}
