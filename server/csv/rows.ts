/** One row of a price file to a bar, or to the first thing that is wrong with it. */
import { quote } from "../domain/quote.ts";
import { type ChosenColumns, type ColumnChoice, nameOf } from "./columns.ts";
import type { FoundTime, ReadTime } from "./dates.ts";
import type { FileEvidence } from "./evidence.ts";
import { PlainNumber, type PlainTime } from "./fast-cells.ts";
import type { RowProblem } from "./import-report.ts";
import { impossibility } from "./impossible.ts";
import { type NumberFault, type NumberStyle, readNumber, readVolume } from "./numbers.ts";
import type { RowStore } from "./row-store.ts";
import type { RowView } from "./row-view.ts";

export type RowFault = Omit<RowProblem, "line">;

export interface RowReading {
  readonly columns: ChosenColumns;
  readonly volume: ColumnChoice | null;
  /** How many cells a row has. */
  readonly width: number;
  readonly style: NumberStyle;
  readonly readTime: (date: string, clock?: string) => ReadTime;
  /** Null: dates are of a form that it does not know. */
  readonly plainTime: PlainTime | null;
  /** Hears every cell, whatever is wrong with others of its row. */
  readonly evidence: FileEvidence;
  /** Where good rows go. */
  readonly into: RowStore;
}

/** What good rows had. */
export interface RowsRead {
  /** Null: the row is among the good ones. A bar needs a time and four prices that can be; the rest may be unknown. */
  readonly read: (row: RowView) => RowFault | null;
  /** Whether a date said no zone. */
  usedTimezone: boolean;
  hasClock: boolean;
  /** Whether any volume was read that is not 0. */
  hasVolume: boolean;
}

export function rowReader(reading: RowReading): RowsRead {
  const { columns, volume, width, style, readTime, plainTime, evidence, into } = reading;
  const { time, clock } = columns;
  const fields = numericFields(columns, volume);
  const number = new PlainNumber();
  /** Of the row that is being read. */
  let [isZoned, hasClock] = [false, false];
  const values = new Float64Array(slots.length).fill(Number.NaN);

  /** True where the bytes say it plainly; the time is in plainTime then. */
  const isPlainTime = ({ bytes, starts, ends }: RowView): boolean => {
    if (plainTime === null || bytes === null) return false;
    const { index } = time;
    if (!plainTime.read(bytes, starts[index]!, ends[index]!)) return false;
    if (clock && !plainTime.addClock(bytes, starts[clock.index]!, ends[clock.index]!)) return false;
    evidence.dates.hearPlain(plainTime.unit);
    return true;
  };
  const place = (at: number, when: Omit<FoundTime, "again">, again: number | null) => {
    into.time[at] = when.time;
    into.wall[at] = when.wall;
    into.again[at] = again ?? Number.NaN;
    isZoned = when.zoned;
    hasClock = when.hasClock;
  };
  const placeTime = (row: RowView, at: number): RowFault | null => {
    if (isPlainTime(row)) {
      place(at, plainTime!, null);
      return null;
    }
    const date = row.cell(time.index);
    evidence.hearDate(row.line, date);
    const when = readTime(date, clock ? row.cell(clock.index) : undefined);
    if ("fault" in when) return faultIn(time, when.fault);
    place(at, when, when.again);
    return null;
  };
  const readFields = (row: RowView): RowFault | null => {
    const { bytes, starts, ends } = row;
    for (let field = 0; field < fields.length; field++) {
      const { slot, index } = fields[field]!;
      if (bytes !== null && style === "point" && number.read(bytes, starts[index]!, ends[index]!)) {
        evidence.style.hearPlain(number.decimals);
        values[slot] = number.value;
        continue;
      }
      const { column, read, needed } = fields[field]!;
      const cell = row.cell(index);
      evidence.style.hear(cell);
      const value = read(cell, style);
      if (typeof value === "number") values[slot] = value;
      else if (needed || value !== "missing") return faultIn(column, describe[value](cell));
      else values[slot] = Number.NaN;
    }
    return null;
  };
  const isPlainBar = (): boolean => {
    const [open, high, low, close] = [values[0]!, values[1]!, values[2]!, values[3]!];
    return (low > 0 || high < 0) && open <= high && open >= low && close <= high && close >= low;
  };

  const faultOf = (row: RowView, at: number): RowFault | null => {
    if (row.count !== width) {
      const misfit = misfitOf(row, width);
      if (misfit) return { column: null, message: misfit };
    }
    const untimed = placeTime(row, at) ?? readFields(row);
    if (untimed) return untimed;
    if (!isPlainBar()) {
      const [open, high, low, close] = values as unknown as [number, number, number, number];
      const fault = impossibility({ open, high, low, close }, style, (price) =>
        row.cell(columns[price].index),
      );
      if (fault) return faultIn(columns[fault.price], fault.message);
    }
    const traded = values[volumeSlot]!;
    return volume && traded < 0 ? faultIn(volume, `the volume ${traded} is negative`) : null;
  };
  const reader: RowsRead = {
    ...{ usedTimezone: false, hasClock: false, hasVolume: false },
    read: (row) => {
      into.makeRoom();
      const { at } = into;
      const fault = faultOf(row, at);
      if (fault) {
        evidence.hearRow(row);
        return fault;
      }
      evidence.hearOtherVolumes(row);
      reader.usedTimezone ||= !isZoned;
      reader.hasClock ||= hasClock;
      reader.hasVolume ||= values[volumeSlot]! > 0;
      into.open[at] = values[0]!;
      into.high[at] = values[1]!;
      into.low[at] = values[2]!;
      into.close[at] = values[3]!;
      into.adjustedClose[at] = values[4]!;
      into.volume[at] = values[volumeSlot]!;
      into.line[at] = row.line;
      into.offset[at] = row.offset;
      into.add();
      return null;
    },
  };
  return reader;
}

/** A row's numbers, in this order: an array of them is written to in half the time of an object. */
const slots = ["open", "high", "low", "close", "adjustedClose", "volume"] as const;
const volumeSlot = slots.indexOf("volume");

const describe = {
  missing: (cell) => (cell.trim() === "" ? "the value is missing" : `the value is missing: ${quote(cell)}`),
  "not a number": (cell) => `${quote(cell)} is not a number`,
  "not finite": (cell) => `${quote(cell)} is not a finite number`,
  ambiguous: (cell) =>
    `${quote(cell)} may mean thousands or a fraction: write it without separators of thousands`,
} satisfies Record<NumberFault, (cell: string) => string>;

interface NumericField {
  readonly slot: number;
  /** Of the column. */
  readonly index: number;
  readonly column: ColumnChoice;
  readonly read: typeof readNumber;
  readonly needed: boolean;
}

function numericFields(columns: ChosenColumns, volume: ColumnChoice | null): NumericField[] {
  const columnFor = { ...columns, volume };
  return slots.flatMap((name, slot): NumericField[] => {
    const column = columnFor[name];
    if (!column) return [];
    const needed = name !== "adjustedClose" && name !== "volume";
    return [{ slot, index: column.index, column, read: name === "volume" ? readVolume : readNumber, needed }];
  });
}

const faultIn = (column: ColumnChoice, message: string): RowFault => ({
  column: column.name === "" && column.index === 0 ? null : nameOf(column),
  message,
});

/** Cells beyond the header are harmless while they are empty: some sources end each row with a delimiter. */
function misfitOf(row: RowView, expected: number): string | null {
  const { count, line, moreLines } = row;
  const counted = `the row has ${count} cells where the header has ${expected}`;
  if (count > expected) {
    let isLonger = false;
    for (let at = expected; at < count && !isLonger; at++) isLonger = row.cell(at).trim() !== "";
    if (!isLonger) return null;
  }
  if (moreLines > 0)
    return `${counted}: a quote in it is closed only in line ${line + moreLines}, and took the lines in between along`;
  if (count < expected) return `${counted}: is it cut off?`;
  return `${counted}: a value that contains the delimiter must be quoted`;
}
