/** Whether the newest bars have all that a forecast is made of. */
import { Conflict } from "../../domain/errors.ts";

/** Index after the last bar without a finite value in one of the columns. */
export function firstComplete(columns: readonly Float64Array[]): number {
  let first = 0;
  for (const column of columns) {
    let bar = column.length;
    while (bar > first && Number.isFinite(column[bar - 1]!)) bar--;
    first = bar;
  }
  return first;
}

export const tooFewBars = (needed: number, has: number, of: readonly string[]): Conflict =>
  new Conflict(
    `a forecast needs the last ${needed} bars with ${[...new Set(of)].join(", ")} in each, ` +
      `and of the series' newest version only the last ${has} have that: import what lacks, or go back to an earlier version`,
  );
