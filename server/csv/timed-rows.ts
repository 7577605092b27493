/** A file's good rows in the order of time, one bar a time: the hour that clocks show twice is two. */
import type { BarRow } from "../domain/bar-table.ts";
import type { BarTable } from "../domain/price-series.ts";
import type { CsvRow } from "./grammar.ts";
import { inTurns, startTurn } from "./turns.ts";

/** A good row: a bar, where it stands and which day it names. */
export interface TimedRow extends BarRow {
  readonly source: CsvRow;
  /** See FoundTime. */
  readonly wall: number;
  /** The second time that clocks showed what the row says; null where they showed it once. */
  readonly again: number | null;
}

export interface OrderedRows {
  /** Ascending in time, no two of one time. */
  readonly rows: readonly TimedRow[];
  /** Whether an hour came twice. */
  readonly hadHourTwice: boolean;
}

/** @param reject takes a row whose time an earlier one of the file has. */
export async function inOrderOfTime(
  rows: readonly TimedRow[],
  reject: (row: TimedRow, earlier: TimedRow) => void,
): Promise<OrderedRows> {
  if (await isAscending(rows)) return { rows, hadHourTwice: false };
  const isNewestFirst = await descendsMostly(rows);
  const sorted = await sortInTurns(rows);
  const hadHourTwice = await spreadHourTwice(sorted, isNewestFirst);
  const ordered = hadHourTwice ? await sortInTurns(sorted) : sorted;
  const kept: TimedRow[] = [];
  await inTurns(ordered, (row) => {
    const earlier = kept.at(-1);
    if (earlier?.time === row.time) reject(row, earlier);
    else kept.push(row);
  });
  return { rows: kept, hadHourTwice };
}

/** The bars of rows in the order of time, with the wall clocks that name their days. */
export async function toTable(rows: readonly TimedRow[]): Promise<{ bars: BarTable; walls: Float64Array }> {
  const column = () => new Float64Array(rows.length);
  const [time, open, high, low, close] = [column(), column(), column(), column(), column()];
  const [adjustedClose, volume, walls] = [column(), column(), column()];
  await inTurns(rows, (row, at) => {
    time[at] = row.time;
    open[at] = row.open;
    high[at] = row.high;
    low[at] = row.low;
    close[at] = row.close;
    adjustedClose[at] = row.adjustedClose;
    volume[at] = row.volume;
    walls[at] = row.wall;
  });
  return { bars: { time, open, high, low, close, adjustedClose, volume }, walls };
}

async function isAscending(rows: readonly TimedRow[]): Promise<boolean> {
  let last = Number.NEGATIVE_INFINITY;
  let ascends = true;
  await inTurns(rows, ({ time }) => {
    ascends = time > last;
    last = time;
    return ascends;
  });
  return ascends;
}

async function descendsMostly(rows: readonly TimedRow[]): Promise<boolean> {
  let [last, balance] = [Number.NaN, 0];
  await inTurns(rows, ({ time }) => {
    if (time !== last) balance += time < last ? -1 : 1;
    last = time;
  });
  // The first row has none before it and counts as one up.
  return balance < 0;
}

/** Of two rows of a time that clocks showed twice, one is the later: the second of the file, or the first of one that descends. */
async function spreadHourTwice(sorted: TimedRow[], isNewestFirst: boolean): Promise<boolean> {
  let spread: number | null = null;
  await inTurns(sorted, (row, at) => {
    const next = sorted[at + 1];
    if (row.again === null || next?.time !== row.time || row.time === spread) return;
    const [later, index] = isNewestFirst ? [row, at] : [next, at + 1];
    sorted[index] = { ...later, time: row.again };
    spread = row.time;
  });
  return spread !== null;
}

const chunkRows = 8192;

/** A stable merge sort by time. One call of sort() for a million rows would keep everybody waiting for a second. */
async function sortInTurns(rows: readonly TimedRow[]): Promise<TimedRow[]> {
  const turn = startTurn(1);
  let runs: TimedRow[][] = [];
  for (let start = 0; start < rows.length; start += chunkRows) {
    if (turn.isOver()) await turn.next();
    runs.push(rows.slice(start, start + chunkRows).sort((a, b) => a.time - b.time));
  }
  while (runs.length > 1) {
    const merged: TimedRow[][] = [];
    for (let at = 0; at < runs.length; at += 2) merged.push(await merge(runs[at]!, runs[at + 1] ?? []));
    runs = merged;
  }
  return runs[0] ?? [];
}

async function merge(a: readonly TimedRow[], b: readonly TimedRow[]): Promise<TimedRow[]> {
  const turn = startTurn();
  const merged: TimedRow[] = [];
  for (let [left, right] = [0, 0]; left < a.length || right < b.length; ) {
    if (turn.isOver()) await turn.next();
    const takesLeft = right >= b.length || (left < a.length && a[left]!.time <= b[right]!.time);
    merged.push(takesLeft ? a[left++]! : b[right++]!);
  }
  return merged;
}
