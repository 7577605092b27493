/** What no row can tell alone: prices of 0 in a file of others, and two rows of one day. */
import { type TimedRow, toTable } from "./timed-rows.ts";
import { dayText, midnightOf, type StampedBars, stampingOf } from "./trading-days.ts";
import { inTurns } from "./turns.ts";

type Reject = (row: TimedRow, message: string) => void;

/** @param rows in the order of time. */
export async function possibleBars(
  rows: readonly TimedRow[],
  hasClock: boolean,
  reject: Reject,
): Promise<StampedBars> {
  const possible = await withoutZeroRows(rows, reject);
  const table = await toTable(possible);
  const stamping = stampingOf(table.bars.time, table.walls, hasClock);
  if (!stamping.isDays) return { ...table, stamping };
  const kept = await onePerDay(possible, reject);
  return kept.length === possible.length ? { ...table, stamping } : { ...(await toTable(kept)), stamping };
}

const isZero = ({ open, high, low, close }: TimedRow): boolean =>
  high === 0 && low === 0 && open === 0 && close === 0;

/** All prices 0 are those of a file of zeros; beside real prices they are none. */
async function withoutZeroRows(rows: readonly TimedRow[], reject: Reject): Promise<readonly TimedRow[]> {
  let [zeros, below] = [0, false];
  await inTurns(rows, (row) => {
    if (isZero(row)) zeros++;
    else below ||= row.low < 0;
  });
  if (zeros === 0 || below || zeros * 2 > rows.length) return rows;
  const kept: TimedRow[] = [];
  await inTurns(rows, (row) => {
    if (isZero(row)) reject(row, "all prices are 0, and those of other rows are not: 0 is no price here");
    else kept.push(row);
  });
  return kept;
}

/** Of two rows of one day the first of the file counts. */
async function onePerDay(rows: readonly TimedRow[], reject: Reject): Promise<readonly TimedRow[]> {
  const ofDay = new Map<number, TimedRow>();
  await inTurns(rows, (row) => {
    const day = midnightOf(row.wall);
    const other = ofDay.get(day);
    const isFirst = !other || row.source.line < other.source.line;
    if (isFirst) ofDay.set(day, row);
    if (!other) return;
    const [first, second] = isFirst ? [row, other] : [other, row];
    reject(second, `${dayText(row.wall)} is the day of line ${first.source.line} already`);
  });
  return [...ofDay.values()].sort((a, b) => a.time - b.time);
}
