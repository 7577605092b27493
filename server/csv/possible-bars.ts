/** What no row can tell alone: prices of 0 in a file of others, and two rows of one day. */
import { mapColumns } from "../domain/bar-table.ts";
import { inOrder, isZeroRow, mapRowColumns, type Row, type RowPiece, type Rows } from "./row-store.ts";
import { type DatedBars, daysIn, dayText, midnightOf, type SeriesBars, stampingOf } from "./trading-days.ts";

type Reject = (row: Pick<Row, "line">, message: string | (() => string)) => void;

/** What is known of the rows as a whole. */
interface OrderedRows extends Rows {
  readonly zeros: number;
  readonly hasNegative: boolean;
}

/** @param rows in the order of time. */
export function possibleBars(
  rows: OrderedRows,
  hasClock: boolean,
  seriesTimezone: string,
  reject: Reject,
): SeriesBars {
  const possible = withoutZeroRows(rows, reject);
  const pieces = () => possible.pieces();
  const stamping = stampingOf(pieces, hasClock);
  if (stamping.spacing === "finer") return { stamping, count: possible.length, pieces, dated: null };
  const all = concatRows([...possible.pieces()]);
  const kept = stamping.isDays ? onePerDay(all, reject) : all;
  const dated: DatedBars = {
    bars: mapColumns((column) => kept[column]),
    walls: kept.wall,
    dayBegins: stamping.isDays ? daysIn(kept.wall, seriesTimezone) : null,
  };
  return { stamping, count: kept.time.length, pieces: () => [dated.bars], dated };
}

/** All prices 0 are those of a file of zeros; beside real prices they are none. */
function withoutZeroRows(rows: OrderedRows, reject: Reject): Rows {
  const { zeros, hasNegative, length } = rows;
  if (zeros === 0 || hasNegative || zeros * 2 > length) return rows;
  for (const piece of rows.pieces())
    for (let at = 0; at < piece.time.length; at++)
      if (isZeroRow(piece, at))
        reject(
          { line: piece.line[at]! },
          "all prices are 0, and those of other rows are not: 0 is no price here",
        );
  return {
    length: length - zeros,
    *pieces() {
      for (const piece of rows.pieces()) yield pickRows(piece, placesWhere(piece, isPriced));
    },
  };
}
const isPriced = (piece: RowPiece, at: number): boolean => !isZeroRow(piece, at);

/** Of two rows of one day the first of the file counts. */
function onePerDay(rows: RowPiece, reject: Reject): RowPiece {
  const { wall, line, time } = rows;
  const ofDay = new Map<number, number>();
  for (let row = 0; row < time.length; row++) {
    const day = midnightOf(wall[row]!);
    const other = ofDay.get(day);
    const isFirst = other === undefined || line[row]! < line[other]!;
    if (isFirst) ofDay.set(day, row);
    if (other === undefined) continue;
    const [first, second] = isFirst ? [row, other] : [other, row];
    reject({ line: line[second]! }, () => `${dayText(wall[row]!)} is the day of line ${line[first]} already`);
  }
  if (ofDay.size === time.length) return rows;
  return pickRows(rows, Uint32Array.from(ofDay.values()).sort());
}

function placesWhere(piece: RowPiece, holds: (piece: RowPiece, at: number) => boolean): Uint32Array {
  const places = new Uint32Array(piece.time.length);
  let count = 0;
  for (let at = 0; at < places.length; at++) if (holds(piece, at)) places[count++] = at;
  return places.subarray(0, count);
}

const pickRows = (piece: RowPiece, places: Uint32Array): RowPiece =>
  mapRowColumns((name) => inOrder(piece[name], places));

function concatRows(pieces: readonly RowPiece[]): RowPiece {
  const length = pieces.reduce((sum, { time }) => sum + time.length, 0);
  return mapRowColumns((name) => {
    const values = new Float64Array(length);
    let at = 0;
    for (const piece of pieces) {
      values.set(piece[name], at);
      at += piece.time.length;
    }
    return values;
  });
}
