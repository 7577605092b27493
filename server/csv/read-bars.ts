/** A CSV file to bars: every row becomes a bar or a problem that names its line. */
import { concatBars, mapColumns } from "../domain/bar-table.ts";
import { InvalidInput } from "../domain/errors.ts";
import type { BarTable } from "../domain/price-series.ts";
import { quote } from "../domain/quote.ts";
import { asBuffer, type ByteSource, bytesInMemory, bytesOfFile } from "./byte-source.ts";
import { type ChosenColumns, type ColumnChoice, columnUses, nameOf } from "./columns.ts";
import { type CsvText, maxTextRows, type OpenFile, textBytes } from "./csv-text.ts";
import { datePattern } from "./date-pattern.ts";
import { findFrame } from "./frame.ts";
import { type FileGaps, gapWords } from "./gaps.ts";
import type { ColumnUse, RowProblem } from "./import-report.ts";
import type { CsvOptions } from "./options.ts";
import { possibleBars } from "./possible-bars.ts";
import { dateTextAt, readTable } from "./read-table.ts";
import { suspicions } from "./suspicions.ts";
import { inOrderOfTime } from "./timed-rows.ts";
import type { SeriesBars } from "./trading-days.ts";
import { wallClockIn } from "./zone-clock.ts";

/** What became of a file's rows. */
export interface CsvReport {
  /** Rows with anything in them, header, titles and footers aside: bars and rejected ones together. */
  readonly rowsRead: number;
  readonly rowsRejected: number;
  /** One a rejected row, by line; the first maxProblems of them. */
  readonly problems: readonly RowProblem[];
  readonly columns: readonly ColumnUse[];
  /** But for those of its gaps. */
  readonly warnings: readonly string[];
  readonly gaps: FileGaps;
  /** True when a date said no zone, so that `timezone` decided what it means. */
  readonly usedTimezone: boolean;
}
export interface ReadBars extends SeriesBars {
  readonly report: CsvReport;
}
export interface CsvBars extends CsvReport {
  /** In the order of time. */
  readonly bars: BarTable;
}

/**
 * Reads bars in any order of rows. Of two rows of one time the first counts, the other is a problem; so it is with two
 * of one day where the bars are days. Keeps the thread that it runs in busy until it is done: 1,000,000 rows take about
 * half a second.
 * @throws InvalidInput when the file, its header or the options are unusable, or no row is; LimitExceeded when
 * the file is too long.
 */
export function readBars(source: ByteSource, options: CsvOptions): ReadBars {
  const { timezone, seriesTimezone = timezone } = options;
  // Settings that make no sense are told before a file of 50 MB is looked at.
  wallClockIn(timezone);
  const pattern = options.dateFormat == null ? null : datePattern(options.dateFormat);
  const frame = findFrame(source, options);
  const table = readTable(source, frame, pattern, { ...options, seriesTimezone });
  const { good, problems, volume } = table;
  const column = frame.columns.time.name || null;
  const { rows, hadHourTwice } = inOrderOfTime(
    good,
    ({ line, offset }, earlier) => {
      table.refuseTwoNames?.();
      const other = earlier.line;
      const message = () =>
        `${quote(dateTextAt(source, frame, { offset, line }).trim())} is the time of line ${other} already`;
      problems.add({ line, column, message });
    },
    options.scratch ?? null,
    options.storeSizes,
  );
  const bars = possibleBars(rows, table.hasClock, seriesTimezone, ({ line }, message) =>
    problems.add({ line, column, message }),
  );
  const { stamping, count, pieces, dated } = bars;
  const rowsRead = count + problems.count();
  const told = problems.first();
  if (count === 0) {
    const field = table.dateChoices === null ? "csv" : "dateFormat";
    throw new InvalidInput(field, noRowMessage(rowsRead, told), table.dateChoices);
  }
  const suspicious = suspicions(pieces, count, stamping, seriesTimezone);
  const instruments = new Set(frame.instruments.map(({ choice }) => choice.index));
  const report: CsvReport = {
    ...{ rowsRead, rowsRejected: problems.count(), problems: told, usedTimezone: table.usedTimezone },
    columns: columnUses(frame.header, frame.columns, volume, instruments),
    warnings: [
      ...table.warnings,
      ...volumeWarning(frame.columns, volume),
      ...(dated?.dayBegins ? daysWarning(dated.bars.time, dated.dayBegins, seriesTimezone) : []),
      ...(hadHourTwice ? [hourTwiceWarning] : []),
      ...suspicious.warnings,
    ],
    gaps: suspicious.gaps,
  };
  return { ...bars, report };
}

/** @throws as readBars. */
export const readFile = ({ fd, size, scratchFd }: OpenFile, options: CsvOptions): ReadBars =>
  readBars(bytesOfFile(fd, size), { ...options, scratch: { fd: scratchFd, end: 0 } });

/** In the thread that asks. @throws as readBars. */
export async function readCsv(csv: CsvText, options: CsvOptions): Promise<ReadBars> {
  if (typeof csv !== "string") return readFile(csv, options);
  return readBars(bytesInMemory(asBuffer(textBytes(csv))), { ...options, maxRows: maxTextRows });
}

/** The same, with all bars in memory. */
export async function readCsvBars(csv: CsvText, options: CsvOptions): Promise<CsvBars> {
  const { report, pieces } = await readCsv(csv, options);
  const gaps = gapWords(report.gaps.found, options.seriesTimezone ?? options.timezone);
  return {
    ...report,
    warnings: [...report.warnings, ...gaps],
    bars: concatBars(Array.from(pieces(), (piece) => mapColumns((column) => piece[column]))),
  };
}

function daysWarning(time: Float64Array, dayBegins: Float64Array, timezone: string): string[] {
  const isWhereStored = dayBegins.every((begin, at) => begin === time[at]);
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
