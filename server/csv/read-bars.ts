/** A CSV file to bars: every row becomes a bar or a problem that names its line. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { type BarRow, barTableOf } from "../domain/bar-table.ts";
import { InvalidInput } from "../domain/errors.ts";
import type { BarTable } from "../domain/price-series.ts";
import { quote } from "../domain/quote.ts";
import { type ColumnNames, chooseColumns, columnUses } from "./columns.ts";
import { timeReader } from "./dates.ts";
import { readSheet } from "./grammar.ts";
import type { ColumnUse, RowProblem } from "./import-report.ts";
import { rowReader } from "./rows.ts";

export interface CsvOptions {
  /** IANA zone for dates that say none. */
  readonly timezone: string;
  readonly columns?: ColumnNames;
  /** A luxon pattern, for dates that could be read in two ways. */
  readonly dateFormat?: string | null;
}

export interface CsvBars {
  readonly bars: BarTable;
  /** Rows with anything in them, the header aside: bars and rejected ones together. */
  readonly rowsRead: number;
  readonly rowsRejected: number;
  /** One a rejected row, by line; the first maxProblems of them. */
  readonly problems: readonly RowProblem[];
  readonly columns: readonly ColumnUse[];
  readonly warnings: readonly string[];
  /** True when a date said no zone, so that `timezone` decided what it means. */
  readonly usedTimezone: boolean;
}

export const maxProblems = 1000;
const rowsPerTurn = 5000;

/**
 * Reads bars in any order of rows. Of two rows of one time the first counts, the other is a problem.
 * Gives way to other work every few thousand rows.
 * @throws InvalidInput when the file, its header or the options are unusable, or no row is; LimitExceeded when
 * the file is too long.
 */
export async function readCsvBars(csv: string, options: CsvOptions): Promise<CsvBars> {
  const readTime = timeReader(options.timezone, options.dateFormat);
  const sheet = await readSheet(csv);
  const columns = chooseColumns(sheet.header.cells, options.columns);
  let usedTimezone = false;
  const readRow = rowReader(sheet, columns, (date, clock) => {
    const read = readTime(date, clock);
    if ("time" in read && !read.zoned) usedTimezone = true;
    return read;
  });
  const bars: BarRow[] = [];
  const lineOf = new Map<number, number>();
  const problems: RowProblem[] = [...sheet.unreadable];
  for (const [index, { line, cells }] of sheet.rows.entries()) {
    if (index % rowsPerTurn === 0) await nextTurn();
    const read = readRow(cells);
    if ("message" in read) {
      problems.push({ line, ...read });
      continue;
    }
    const earlier = lineOf.get(read.time);
    if (earlier === undefined) {
      lineOf.set(read.time, line);
      bars.push(read);
    } else {
      const date = quote(cells[columns.time.index] ?? "");
      const message = `${date} is the time of line ${earlier} already`;
      problems.push({ line, column: columns.time.name || null, message });
    }
  }
  problems.sort((a, b) => a.line - b.line);
  const rowsRead = bars.length + problems.length;
  if (bars.length === 0) throw new InvalidInput("csv", noRowMessage(rowsRead, problems));
  return {
    bars: barTableOf(bars),
    rowsRead,
    rowsRejected: problems.length,
    problems: problems.slice(0, maxProblems),
    columns: columnUses(sheet.header.cells, columns),
    warnings: [],
    usedTimezone,
  };
}

function noRowMessage(rowsRead: number, problems: readonly RowProblem[]): string {
  if (rowsRead === 0) return "csv has a header and no rows: expected one row a bar";
  const shown = problems
    .slice(0, 3)
    .map(({ line, column, message }) => `line ${line}${column ? `, ${column}` : ""}: ${message}`);
  if (problems.length > shown.length) shown.push("...");
  return `none of the ${rowsRead} rows can be used. ${shown.join("; ")}`;
}
