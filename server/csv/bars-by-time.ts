/** Gathers a file's good rows, one bar a time: the hour that clocks show twice is two, in the order of the file. */
import type { BarRow } from "../domain/bar-table.ts";

/** A good row: a bar, where it stands and which day it names. */
export interface TimedRow extends BarRow {
  line: number;
  /** See FoundTime. */
  wall: number;
}

export interface BarsByTime {
  /**
   * Null where the row was taken; otherwise the row that has its time already.
   * @param again the second time that clocks showed what the row says, if they did.
   */
  readonly take: (row: TimedRow, again: number | null) => TimedRow | null;
  readonly rows: readonly TimedRow[];
  /** Whether an hour came twice. */
  readonly hadHourTwice: () => boolean;
}

export function barsByTime(): BarsByTime {
  const rows: TimedRow[] = [];
  // Rows that ascend or descend all along have no time twice: the map of the others costs as much as reading them.
  let at: Map<number, TimedRow> | null = null;
  let last = Number.NaN;
  let isNewestFirst = false;
  let hadHourTwice = false;
  const put = (row: TimedRow) => {
    at?.set(row.time, row);
    rows.push(row);
    return null;
  };
  return {
    rows,
    hadHourTwice: () => hadHourTwice,
    take: (row, again) => {
      const { time } = row;
      const goesOn = rows.length < 2 ? time !== last : isNewestFirst ? time < last : time > last;
      if (!goesOn) at ??= new Map(rows.map((it) => [it.time, it]));
      const earlier = at?.get(time);
      if (!earlier) {
        isNewestFirst = time < last;
        last = time;
        return put(row);
      }
      if (again === null || at?.has(again)) return earlier;
      hadHourTwice = true;
      if (!isNewestFirst) {
        row.time = again;
        return put(row);
      }
      // The newest row comes first, so that the one before it in the file is the later of the two.
      earlier.time = again;
      at?.set(again, earlier);
      return put(row);
    },
  };
}
