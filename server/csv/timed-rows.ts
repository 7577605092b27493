/**
 * A file's good rows in the order of time, one bar a time: the hour that clocks show twice is two.
 *
 *   runs of rows ─► each is sorted by itself ─► merged, a part of each at hand ─► of one time the first of the file
 */
import { mergedRows } from "./merged-rows.ts";
import { type Row, RowStore, rowColumns, type Scratch, type StoreSizes } from "./row-store.ts";

export interface OrderedRows {
  /** Ascending in time, no two of one time. */
  readonly rows: RowStore;
  /** Whether an hour came twice. */
  readonly hadHourTwice: boolean;
}

/** A row and an earlier one of the file: by their lines, and where the former begins. */
export type RejectTwin = (row: Pick<Row, "line" | "offset">, earlier: Pick<Row, "line">) => void;

/** @param reject takes a row whose time an earlier one of the file has. */
export function inOrderOfTime(
  rows: RowStore,
  reject: RejectTwin,
  scratch: Scratch | null,
  sizes?: StoreSizes,
): OrderedRows {
  if (rows.ascends) return { rows, hadHourTwice: false };
  const ordered = new RowStore(scratch, sizes);
  const twins = oneOfEachTime(rows.isNewestFirst, (row) => ordered.append(row), reject);
  for (const row of mergedRows(rows.runs())) twins.take(row);
  twins.end();
  return { rows: ordered, hadHourTwice: twins.hadHourTwice() };
}

const copy = (from: Row, into: Row): Row => {
  for (const column of rowColumns) into[column] = from[column];
  return into;
};
const emptyRow = (): Row => copy({} as Row, {} as Row);

/**
 * Of rows that come in the order of time, those of one time in that of the file, one a time goes on. Where clocks showed a
 * time twice, one of the first two rows that say it is the later: the second of the file, or the first of one that descends.
 */
function oneOfEachTime(isNewestFirst: boolean, keep: (row: Row) => void, reject: RejectTwin) {
  /** The last row that came: the next one tells whether it stays where it is. */
  let pending = emptyRow();
  let spare = emptyRow();
  let hasPending = false;
  /** Line of the row of the pending one's time that was kept; null before. */
  let kept: { readonly line: number } | null = null;
  let isSpread = false;
  let hadHourTwice = false;
  /** Rows that are an hour later than they said, in order. */
  const later: Row[] = [];

  const settle = () => {
    if (kept === null) {
      keep(pending);
      kept = { line: pending.line };
    } else reject(pending, kept);
  };
  const replace = (row: Row) => {
    [pending, spare] = [copy(row, spare), pending];
    hasPending = true;
  };
  const follow = (row: Row) => {
    if (hasPending && row.time === pending.time) {
      const second = isSpread ? Number.NaN : pending.again;
      if (Number.isNaN(second)) {
        settle();
        return replace(row);
      }
      [isSpread, hadHourTwice] = [true, true];
      // The row has its time now, and shows the same hour no third time.
      const moved = { ...(isNewestFirst ? pending : row), time: second, again: Number.NaN };
      later.push(moved);
      if (isNewestFirst) replace(row);
      return;
    }
    if (hasPending) settle();
    kept = null;
    isSpread = false;
    replace(row);
  };
  const followLater = (until: number) => {
    while (later[0] !== undefined && later[0].time <= until) follow(later.shift()!);
  };
  return {
    take(row: Row): void {
      if (later.length > 0) followLater(row.time);
      follow(row);
    },
    end(): void {
      followLater(Number.POSITIVE_INFINITY);
      if (hasPending) settle();
    },
    hadHourTwice: () => hadHourTwice,
  };
}
