/** A file's good rows in the order of time, one bar a time: the hour that clocks show twice is two. */
import type { ReadColumns, RowOrder } from "./read-columns.ts";

export interface OrderedRows {
  /** Ascending in time, no two of one time. */
  readonly rows: RowOrder;
  /** Whether an hour came twice. */
  readonly hadHourTwice: boolean;
}

/** @param reject takes a row whose time an earlier one of the file has. */
export function inOrderOfTime(
  columns: ReadColumns,
  reject: (row: number, earlier: number) => void,
): OrderedRows {
  const { time, length } = columns;
  if (ascends(time, length)) return { rows: null, hadHourTwice: false };
  const isNewestFirst = descendsMostly(time, length);
  const sorted = sortedByTime(time, length);
  const hadHourTwice = spreadHourTwice(columns, sorted, isNewestFirst);
  if (hadHourTwice) sortByTime(sorted, time);
  let kept = 0;
  for (const row of sorted) {
    const earlier = sorted[kept - 1];
    if (earlier !== undefined && time[earlier] === time[row]) reject(row, earlier);
    else sorted[kept++] = row;
  }
  return { rows: sorted.subarray(0, kept), hadHourTwice };
}

function ascends(time: Float64Array, length: number): boolean {
  for (let at = 1; at < length; at++) if (!(time[at]! > time[at - 1]!)) return false;
  return true;
}

function descendsMostly(time: Float64Array, length: number): boolean {
  // The first row has none before it and counts as one up.
  let balance = 1;
  for (let at = 1; at < length; at++) {
    if (time[at] !== time[at - 1]) balance += time[at]! < time[at - 1]! ? -1 : 1;
  }
  return balance < 0;
}

function sortedByTime(time: Float64Array, length: number): Uint32Array {
  const rows = new Uint32Array(length);
  // Of a file with the newest row first this is the order already.
  let descends = true;
  for (let at = 0; at < length; at++) {
    rows[at] = length - 1 - at;
    descends &&= at === 0 || time[at]! < time[at - 1]!;
  }
  return descends ? rows : sortByTime(rows.reverse(), time);
}

/** Of one time the earlier in `rows` stays before the later. */
function sortByTime(rows: Uint32Array, time: Float64Array): Uint32Array {
  return rows.sort((a, b) => time[a]! - time[b]!);
}

/** Of two rows of a time that clocks showed twice, one is the later: the second of the file, or the first of one that descends. */
function spreadHourTwice({ time, again }: ReadColumns, sorted: Uint32Array, isNewestFirst: boolean): boolean {
  if (again.size === 0) return false;
  let spread: number | null = null;
  for (let at = 0; at < sorted.length - 1; at++) {
    const [row, next] = [sorted[at]!, sorted[at + 1]!];
    const second = again.get(row);
    if (second === undefined || time[next] !== time[row] || time[row] === spread) continue;
    spread = time[row]!;
    const later = isNewestFirst ? row : next;
    // What `again` says of the row is what it said before: both rows show the same wall clock.
    time[later] = second;
  }
  return spread !== null;
}
