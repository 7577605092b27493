/** What no row can tell alone: prices of 0 in a file of others, and two rows of one day. */
import { orderLength, type ReadColumns, type RowOrder } from "./read-columns.ts";
import { dayText, midnightOf, type StampedBars, stampingOf } from "./trading-days.ts";

type Reject = (row: number, message: string | (() => string)) => void;

/** @param rows in the order of time. */
export function possibleBars(
  columns: ReadColumns,
  rows: RowOrder,
  hasClock: boolean,
  reject: Reject,
): StampedBars {
  const possible = withoutZeroRows(columns, rows, reject);
  const table = columns.table(possible);
  const stamping = stampingOf(table.bars.time, table.walls, hasClock);
  if (!stamping.isDays) return { ...table, stamping };
  const kept = onePerDay(columns, possible, reject);
  return kept.length === table.walls.length ? { ...table, stamping } : { ...columns.table(kept), stamping };
}

/** All prices 0 are those of a file of zeros; beside real prices they are none. */
function withoutZeroRows(columns: ReadColumns, rows: RowOrder, reject: Reject): RowOrder {
  const { open, high, low, close } = columns;
  const length = orderLength(columns, rows);
  const isZero = (row: number) => high[row] === 0 && low[row] === 0 && open[row] === 0 && close[row] === 0;
  let zeros = 0;
  for (let at = 0; at < length; at++) {
    const row = rows === null ? at : rows[at]!;
    if (low[row]! < 0) return rows;
    if (isZero(row)) zeros++;
  }
  if (zeros === 0 || zeros * 2 > length) return rows;
  const kept = new Uint32Array(length - zeros);
  let count = 0;
  for (let at = 0; at < length; at++) {
    const row = rows === null ? at : rows[at]!;
    if (isZero(row)) reject(row, "all prices are 0, and those of other rows are not: 0 is no price here");
    else kept[count++] = row;
  }
  return kept;
}

/** Of two rows of one day the first of the file counts. */
function onePerDay(columns: ReadColumns, rows: RowOrder, reject: Reject): Uint32Array {
  const { wall, line, time } = columns;
  const ofDay = new Map<number, number>();
  const length = orderLength(columns, rows);
  for (let at = 0; at < length; at++) {
    const row = rows === null ? at : rows[at]!;
    const day = midnightOf(wall[row]!);
    const other = ofDay.get(day);
    const isFirst = other === undefined || line[row]! < line[other]!;
    if (isFirst) ofDay.set(day, row);
    if (other === undefined) continue;
    const [first, second] = isFirst ? [row, other] : [other, row];
    reject(second, () => `${dayText(wall[row]!)} is the day of line ${line[first]} already`);
  }
  return Uint32Array.from(ofDay.values()).sort((a, b) => time[a]! - time[b]!);
}
