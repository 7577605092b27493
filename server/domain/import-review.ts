/** What people look at before bars are stored: which bars change and how, where the price jumps, how the new bars run. Pure. */
import { type TableColumn, tableColumns } from "./bar-table.ts";
import type { BarTable } from "./price-series.ts";

export interface ChangedValue {
  readonly column: TableColumn;
  /** NaN: not known. */
  readonly before: number;
  readonly after: number;
}
export interface ChangedBar {
  readonly time: number;
  readonly changes: readonly ChangedValue[];
}
/** From one bar to the next the close changes by more than 30 %. */
export interface PriceJump {
  /** Of the bar after the jump. */
  readonly time: number;
  readonly before: number;
  readonly after: number;
}
/** Stretches of the bars that came, the oldest first, with their lowest, highest and last price. */
export interface Outline {
  readonly time: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly close: readonly number[];
}
export interface ImportReview {
  /** The first of them; how many there are is the number of updated bars. */
  readonly changedBars: readonly ChangedBar[];
  /** The first of those that the bars that came bring with them, among themselves or beside stored ones. */
  readonly jumps: readonly PriceJump[];
  readonly jumpCount: number;
  readonly outline: Outline;
}

const mostChangedBars = 100;
const mostJumps = 20;
const mostStretches = 240;

const [jumpUp, jumpDown] = [1.3, 0.7] as const;
/** Prices at or below 0 have no ratio. */
export const isJump = (before: number, after: number): boolean =>
  before > 0 && after > 0 && (after > jumpUp * before || after < jumpDown * before);

const splitRatios = [1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 25, 30, 40, 50, 100, 1000];
const splitTolerance = 0.03;

/** 2 of a price that halves or doubles; null where no usual split is near. */
export function splitNear(before: number, after: number): number | null {
  const ratio = Math.max(before / after, after / before);
  return splitRatios.find((it) => Math.abs(ratio / it - 1) <= splitTolerance) ?? null;
}

/** Hears what is done to the bars of a series, in the order of time. */
export class ImportReviewer {
  private readonly changed: ChangedBar[] = [];
  private readonly jumps: PriceJump[] = [];
  private jumpCount = 0;
  private last: { readonly close: number; readonly isTouched: boolean } | null = null;
  private stretches: { time: number; low: number; high: number; close: number; bars: number }[] = [];
  private perStretch = 1;

  /** A bar is about to become another one. */
  changing(bars: BarTable, index: number, changes: readonly ChangedValue[]): void {
    if (this.changed.length < mostChangedBars) this.changed.push({ time: bars.time[index]!, changes });
  }

  /** Bars that came. */
  came({ time, low, high, close }: BarTable): void {
    for (let at = 0; at < time.length; at++) {
      const open = this.stretches.at(-1);
      if (open && open.bars < this.perStretch) {
        open.low = Math.min(open.low, low[at]!);
        open.high = Math.max(open.high, high[at]!);
        open.close = close[at]!;
        open.bars++;
        continue;
      }
      if (this.stretches.length === 2 * mostStretches) this.halve();
      this.stretches.push({ time: time[at]!, low: low[at]!, high: high[at]!, close: close[at]!, bars: 1 });
    }
  }

  /** A stretch of the series before and after; stretches follow each other. */
  woven(before: BarTable, after: BarTable): void {
    for (let at = 0, known = 0; at < after.time.length; at++) {
      while (known < before.time.length && before.time[known]! < after.time[at]!) known++;
      const close = after.close[at]!;
      const isTouched = before.time[known] !== after.time[at] || before.close[known] !== close;
      const { last } = this;
      if (last && (isTouched || last.isTouched) && isJump(last.close, close)) {
        this.jumpCount++;
        if (this.jumps.length < mostJumps)
          this.jumps.push({ time: after.time[at]!, before: last.close, after: close });
      }
      this.last = { close, isTouched };
    }
  }

  /** Whether the newest bar of what was woven is new, or has another close. */
  get endsTouched(): boolean {
    return this.last?.isTouched ?? false;
  }

  /** Bars follow that were not looked at. */
  skipped(): void {
    this.last = null;
  }

  review(): ImportReview {
    const { changed: changedBars, jumps, jumpCount, stretches } = this;
    const column = (name: "time" | "low" | "high" | "close") => stretches.map((stretch) => stretch[name]);
    const outline = {
      time: column("time"),
      low: column("low"),
      high: column("high"),
      close: column("close"),
    };
    return { changedBars, jumps, jumpCount, outline };
  }

  private halve(): void {
    this.perStretch *= 2;
    this.stretches = this.stretches.flatMap((first, at, all) => {
      const second = all[at + 1];
      if (at % 2 === 1) return [];
      if (!second) return [first];
      const low = Math.min(first.low, second.low);
      const high = Math.max(first.high, second.high);
      return [{ time: first.time, low, high, close: second.close, bars: first.bars + second.bars }];
    });
  }
}

const none: readonly ChangedValue[] = [];

/** What `given` changes of a bar. */
export function changesOf(
  bars: BarTable,
  index: number,
  given: BarTable,
  givenIndex: number,
  mayBeMissing: ReadonlySet<TableColumn>,
): readonly ChangedValue[] {
  // Most bars that come again are the same: no list for each of a million.
  let changes = none;
  for (const column of tableColumns) {
    const after = given[column][givenIndex]!;
    const before = bars[column][index]!;
    if (after === before || (Number.isNaN(after) && (Number.isNaN(before) || mayBeMissing.has(column))))
      continue;
    changes = [...changes, { column, before, after }];
  }
  return changes;
}
