/** Gathers a file's good rows, one bar a time: the hour that clocks show twice is two, in the order of the file. */
import type { BarRow } from "../domain/bar-table.ts";
import type { FoundTime } from "./dates.ts";

export interface TimedRow {
  readonly line: number;
  readonly bar: BarRow;
  /** See FoundTime. */
  readonly wall: number;
}

export interface BarsByTime {
  /** The row that has this time already; null where the row was taken. */
  readonly take: (line: number, bar: BarRow, when: FoundTime) => TimedRow | null;
  readonly rows: readonly TimedRow[];
  /** Whether an hour came twice. */
  readonly hadHourTwice: () => boolean;
}

export function barsByTime(): BarsByTime {
  const rows: TimedRow[] = [];
  const at = new Map<number, TimedRow>();
  let last = Number.NaN;
  let isNewestFirst = false;
  let hadHourTwice = false;
  const put = (row: TimedRow) => {
    at.set(row.bar.time, row);
    rows.push(row);
    return null;
  };
  return {
    rows,
    hadHourTwice: () => hadHourTwice,
    take: (line, bar, { time, again, wall }) => {
      const earlier = at.get(time);
      if (!earlier) {
        isNewestFirst = time < last;
        last = time;
        return put({ line, bar, wall });
      }
      if (again === null || at.has(again)) return earlier;
      hadHourTwice = true;
      if (!isNewestFirst) return put({ line, bar: { ...bar, time: again }, wall });
      // The newest row comes first, so that the one before it in the file is the later of the two.
      earlier.bar.time = again;
      at.set(again, earlier);
      return put({ line, bar, wall });
    },
  };
}
