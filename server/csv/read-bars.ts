/** A CSV file to bars: every row becomes a bar or a problem that names its line. */
import { barTableOf } from "../domain/bar-table.ts";
import { InvalidInput } from "../domain/errors.ts";
import { quote } from "../domain/quote.ts";
import { barsByTime, type TimedRow } from "./bars-by-time.ts";
import { cellOf } from "./cell.ts";
import {
  type ChosenColumns,
  type ColumnChoice,
  type ColumnNames,
  type ColumnPositions,
  columnUses,
  nameOf,
} from "./columns.ts";
import { timeReader } from "./dates.ts";
import type { ColumnUse, RowProblem } from "./import-report.ts";
import { problemList } from "./problems.ts";
import { rowReader } from "./rows.ts";
import { suspicions } from "./suspicions.ts";
import { readTable } from "./table.ts";
import { daysIn, dayText, midnightOf, type StampedBars, stampingOf } from "./trading-days.ts";
import { inTurns } from "./turns.ts";
import { wallClockIn } from "./zone-clock.ts";

export interface CsvOptions {
  /** IANA zone for dates that say none. */
  readonly timezone: string;
  /** IANA zone of the series that the bars are for; when absent that of the dates. */
  readonly seriesTimezone?: string;
  readonly columns?: ColumnNames | null;
  /** For a file without a header. */
  readonly columnPositions?: ColumnPositions | null;
  /** From 1, where the header is not found by itself. */
  readonly headerLine?: number | null;
  /** A luxon pattern, for dates that could be read in two ways. */
  readonly dateFormat?: string | null;
  /** The one to take where the file has several. */
  readonly instrument?: string | null;
}

export interface CsvBars extends StampedBars {
  /** Rows with anything in them, header, titles and footers aside: bars and rejected ones together. */
  readonly rowsRead: number;
  readonly rowsRejected: number;
  /** One a rejected row, by line; the first maxProblems of them. */
  readonly problems: readonly RowProblem[];
  readonly columns: readonly ColumnUse[];
  readonly warnings: readonly string[];
  /** True when a date said no zone, so that `timezone` decided what it means. */
  readonly usedTimezone: boolean;
}

/**
 * Reads bars in any order of rows. Of two rows of one time the first counts, the other is a problem; so it is with two
 * of one day where the bars are days. Gives way to other work every 20 ms.
 * @throws InvalidInput when the file, its header or the options are unusable, or no row is; LimitExceeded when
 * the file is too long.
 */
export async function readCsvBars(csv: string, options: CsvOptions): Promise<CsvBars> {
  const { timezone, seriesTimezone = timezone } = options;
  // Settings that make no sense are told before a file of 50 MB is looked at.
  wallClockIn(timezone);
  const table = await readTable(csv, options);
  const { rows, columns, width, volume, style, pattern, habits, instrument } = table;
  const readTime = timeReader({ timezone, seriesTimezone, pattern, habits });
  const readRow = rowReader({ columns, volume, width, style, readTime });
  const problems = problemList();
  for (const problem of table.unreadable) problems.add(problem);
  const taken = barsByTime();
  const used = { timezone: false, clock: false };
  await inTurns(rows, (row) => {
    const read = readRow(row);
    if ("message" in read) return problems.add({ line: row.line, ...read });
    const { when } = read;
    used.timezone ||= !when.zoned;
    used.clock ||= when.hasClock;
    const earlier = taken.take(read.row, when.again);
    if (earlier === null) return true;
    instrument.refuseTwoNames?.();
    const date = quote(cellOf(row.cells, columns.time.index).trim());
    const message = `${date} is the time of line ${earlier.line} already`;
    return problems.add({ line: row.line, column: columns.time.name || null, message });
  });
  const ordered = inOrder(taken.rows);
  const possible = withoutZeroRows(ordered, (line) => problems.add(zeroProblem(line)));
  const stamping = stampingOf(
    possible.map(({ time }) => time),
    Float64Array.from(possible, ({ wall }) => wall),
    used.clock,
  );
  const kept = stamping.isDays
    ? onePerDay(possible, (row, earlier) =>
        problems.add({ line: row.line, column: nameOf(columns.time), message: sameDay(row, earlier) }),
      )
    : possible;
  const rowsRead = kept.length + problems.count();
  if (kept.length === 0) {
    const field = table.dateChoices === null ? "csv" : "dateFormat";
    throw new InvalidInput(field, noRowMessage(rowsRead, problems.first()), table.dateChoices);
  }
  const bars = barTableOf(kept);
  const walls = Float64Array.from(kept, ({ wall }) => wall);
  return {
    ...{ bars, walls, stamping },
    ...{ rowsRead, rowsRejected: problems.count(), problems: problems.first() },
    columns: columnUses(table.header, columns, volume, instrument.columns),
    warnings: [
      ...table.warnings,
      ...volumeWarning(columns, volume),
      ...(stamping.isDays ? daysWarning(bars.time, walls, seriesTimezone) : []),
      ...(taken.hadHourTwice() ? [hourTwiceWarning] : []),
      ...suspicions(bars),
    ],
    usedTimezone: used.timezone,
  };
}

function daysWarning(time: Float64Array, walls: Float64Array, timezone: string): string[] {
  const isWhereStored = daysIn(walls, timezone).every((begin, at) => begin === time[at]);
  return isWhereStored ? [] : [`the bars are days, each stored where its day begins in ${timezone}`];
}
const hourTwiceWarning =
  "an hour comes twice where clocks went back: its rows are read in the order of the file, the earlier hour first in time";

function volumeWarning({ volumes }: ChosenColumns, volume: ColumnChoice | null): string[] {
  const [first] = volumes;
  if (!first || !volume || first === volume) return [];
  return [
    `${quote(nameOf(volume))} is read as the volume, because ${quote(nameOf(first))} is 0 or empty in every row`,
  ];
}

/** Ascending in time. */
function inOrder(rows: readonly TimedRow[]): readonly TimedRow[] {
  const isAscending = rows.every((row, at) => at === 0 || row.time > rows[at - 1]!.time);
  if (isAscending) return rows;
  // Sorting numbers takes a tenth of the time of sorting rows, which would keep others waiting.
  const rowAt = new Map(rows.map((row) => [row.time, row]));
  return Array.from(Float64Array.from(rowAt.keys()).sort(), (time) => rowAt.get(time)!);
}

/** All prices 0 are those of a file of zeros; beside real prices they are none. */
function withoutZeroRows(rows: readonly TimedRow[], reject: (line: number) => void): readonly TimedRow[] {
  const isZero = ({ open, high, low, close }: TimedRow) =>
    high === 0 && low === 0 && open === 0 && close === 0;
  if (!rows.some(isZero)) return rows;
  const zeros = rows.filter(isZero);
  if (zeros.length * 2 > rows.length || rows.some(({ low }) => low < 0)) return rows;
  for (const { line } of zeros) reject(line);
  return rows.filter((row) => !isZero(row));
}

function onePerDay(
  rows: readonly TimedRow[],
  reject: (row: TimedRow, earlier: TimedRow) => void,
): readonly TimedRow[] {
  const ofDay = new Map<number, TimedRow>();
  for (const row of rows) {
    const day = midnightOf(row.wall);
    const other = ofDay.get(day);
    if (other) reject(row.line > other.line ? row : other, row.line > other.line ? other : row);
    if (!other || row.line < other.line) ofDay.set(day, row);
  }
  return ofDay.size === rows.length ? rows : rows.filter((row) => ofDay.get(midnightOf(row.wall)) === row);
}

const sameDay = (row: TimedRow, earlier: TimedRow): string =>
  `${dayText(row.wall)} is the day of line ${earlier.line} already`;
const zeroProblem = (line: number): RowProblem => ({
  line,
  column: null,
  message: "all prices are 0, beside prices in other rows that are not: 0 is no price here",
});

function noRowMessage(rowsRead: number, problems: readonly RowProblem[]): string {
  if (rowsRead === 0) return "csv has a header and no rows: expected one row a bar";
  const shown = problems
    .slice(0, 3)
    .map(({ line, column, message }) => `line ${line}${column ? `, ${column}` : ""}: ${message}`);
  if (problems.length > shown.length) shown.push("...");
  return `none of the ${rowsRead} rows can be used. ${shown.join("; ")}`;
}
