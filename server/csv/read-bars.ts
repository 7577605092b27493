/** A CSV file to bars: every row becomes a bar or a problem that names its line. */
import { InvalidInput } from "../domain/errors.ts";
import { quote } from "../domain/quote.ts";
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
import { possibleBars } from "./possible-bars.ts";
import { problemList } from "./problems.ts";
import { rowReader } from "./rows.ts";
import { suspicions } from "./suspicions.ts";
import { readTable } from "./table.ts";
import { inOrderOfTime, type TimedRow } from "./timed-rows.ts";
import { daysIn, type StampedBars } from "./trading-days.ts";
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
  const { columns, width, volume, style, pattern, habits, instrument } = table;
  const problems = problemList();
  for (const problem of table.unreadable) problems.add(problem);
  const readTime = timeReader({ timezone, seriesTimezone, pattern, habits });
  const readRow = rowReader({ columns, volume, width, style, readTime });
  const good: TimedRow[] = [];
  const used = { timezone: false, clock: false };
  await inTurns(table.rows, (row) => {
    const read = readRow(row);
    if ("message" in read) return problems.add({ line: row.line, ...read });
    used.timezone ||= !read.when.zoned;
    used.clock ||= read.when.hasClock;
    return good.push(read.row);
  });
  const column = columns.time.name || null;
  const { rows, hadHourTwice } = await inOrderOfTime(good, ({ source }, earlier) => {
    instrument.refuseTwoNames?.();
    const date = quote(cellOf(source.cells, columns.time.index).trim());
    const message = `${date} is the time of line ${earlier.source.line} already`;
    problems.add({ line: source.line, column, message });
  });
  const { bars, walls, stamping } = await possibleBars(rows, used.clock, ({ source }, message) =>
    problems.add({ line: source.line, column, message }),
  );
  const rowsRead = bars.time.length + problems.count();
  if (bars.time.length === 0) {
    const field = table.dateChoices === null ? "csv" : "dateFormat";
    throw new InvalidInput(field, noRowMessage(rowsRead, problems.first()), table.dateChoices);
  }
  return {
    ...{ bars, walls, stamping },
    ...{ rowsRead, rowsRejected: problems.count(), problems: problems.first() },
    columns: columnUses(table.header, columns, volume, instrument.columns),
    warnings: [
      ...table.warnings,
      ...volumeWarning(columns, volume),
      ...(stamping.isDays ? daysWarning(bars.time, walls, seriesTimezone) : []),
      ...(hadHourTwice ? [hourTwiceWarning] : []),
      ...(await suspicions(bars, stamping)),
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

function noRowMessage(rowsRead: number, problems: readonly RowProblem[]): string {
  if (rowsRead === 0) return "csv has a header and no rows: expected one row a bar";
  const shown = problems
    .slice(0, 3)
    .map(({ line, column, message }) => `line ${line}${column ? `, ${column}` : ""}: ${message}`);
  if (problems.length > shown.length) shown.push("...");
  return `none of the ${rowsRead} rows can be used. ${shown.join("; ")}`;
}
