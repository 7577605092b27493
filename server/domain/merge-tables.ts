/** Bars that come to a stretch of a series: which are new, which change a bar, and what the stretch is afterwards. */
import { concatBars, mapColumns, sliceBars, type TableColumn, tableColumns } from "./bar-table.ts";
import { type ChangedValue, changesOf } from "./import-review.ts";
import type { BarTable } from "./price-series.ts";

export interface Merged {
  readonly bars: BarTable;
  readonly added: number;
  readonly updated: number;
}

/** Hears of each bar that is about to become another one. */
export type OnChange = (bars: BarTable, index: number, changes: readonly ChangedValue[]) => void;

/** Both ascending in time. A value that `given` does not know (NaN) is left as it is known. */
export function mergeTables(known: BarTable, given: BarTable, onChange: OnChange = () => {}): Merged {
  // Most files begin after the last bar, or end before the first: then the tables are just put together.
  const from = firstAtOrAfter(given.time, known.time[0] ?? Number.POSITIVE_INFINITY);
  const to = firstAfter(given.time, known.time.at(-1) ?? Number.NEGATIVE_INFINITY);
  const woven = weave(known, sliceBars(given, from, Math.max(from, to)), onChange);
  const added = woven.bars.time.length - known.time.length;
  const around = [
    sliceBars(given, 0, from),
    woven.bars,
    sliceBars(given, Math.max(from, to), given.time.length),
  ];
  return {
    bars: concatBars(around.filter(({ time }) => time.length > 0)),
    added: added + given.time.length - (Math.max(from, to) - from),
    updated: woven.updated,
  };
}

function weave(known: BarTable, given: BarTable, onChange: OnChange): { bars: BarTable; updated: number } {
  if (given.time.length === 0) return { bars: known, updated: 0 };
  const woven = mapColumns(() => new Float64Array(known.time.length + given.time.length));
  let length = 0;
  let updated = 0;
  const put = (table: BarTable, index: number) => {
    for (const column of tableColumns) woven[column][length] = table[column][index]!;
  };
  for (let k = 0, g = 0; k < known.time.length || g < given.time.length; length++) {
    const [knownTime, givenTime] = [known.time[k] ?? Infinity, given.time[g] ?? Infinity];
    put(knownTime <= givenTime ? known : given, knownTime <= givenTime ? k : g);
    if (knownTime === givenTime && change(woven, length, given, g, onChange)) updated++;
    if (knownTime <= givenTime) k++;
    if (givenTime <= knownTime) g++;
  }
  return { bars: sliceBars(woven, 0, length), updated };
}

/** Columns that a file may lack: it does not take away what another file brought. */
const mayBeMissing = new Set<TableColumn>(["adjustedClose", "volume"]);

/** @returns whether any value is another one. */
function change(
  bars: BarTable,
  index: number,
  given: BarTable,
  givenIndex: number,
  onChange: OnChange,
): boolean {
  const changes = changesOf(bars, index, given, givenIndex, mayBeMissing);
  if (changes.length === 0) return false;
  onChange(bars, index, changes);
  for (const { column, after } of changes) bars[column][index] = after;
  return true;
}

/** How many of ascending times lie before `time`: the place of the first that does not. */
export const firstAtOrAfter = (times: ArrayLike<number>, time: number): number =>
  firstWhere(times, (each) => each >= time);
export const firstAfter = (times: ArrayLike<number>, time: number): number =>
  firstWhere(times, (each) => each > time);

function firstWhere(times: ArrayLike<number>, holds: (time: number) => boolean): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(times[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
