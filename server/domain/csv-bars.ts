/** A CSV file to bars: every row becomes a bar or a problem that names its line. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { type BarRow, barTableOf } from "./bar-table.ts";
import { type ChosenColumns, type ColumnChoice, type ColumnNames, chooseColumns } from "./csv-columns.ts";
import { timeReader } from "./csv-dates.ts";
import { type CsvRow, type CsvSheet, readSheet } from "./csv-grammar.ts";
import { type NumberFault, numberStyleOf, readNumber, readVolume } from "./csv-numbers.ts";
import { InvalidInput } from "./errors.ts";
import type { RowProblem } from "./import-report.ts";
import type { BarTable } from "./price-series.ts";

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
  /** True when a date said no zone, so that `timezone` decided what it means. */
  readonly usedTimezone: boolean;
}

export const maxProblems = 1000;
const rowsPerTurn = 5000;

type RowReader = (row: CsvRow) => BarRow | Omit<RowProblem, "line">;

/**
 * Reads bars in any order of rows. Of two rows of one time the first counts, the other is a problem.
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
  for (const [index, row] of sheet.rows.entries()) {
    if (index % rowsPerTurn === 0) await nextTurn();
    const read = readRow(row);
    if ("message" in read) {
      problems.push({ line: row.line, ...read });
      continue;
    }
    const earlier = lineOf.get(read.time);
    if (earlier !== undefined) {
      const date = JSON.stringify(row.cells[columns.time.index]);
      problems.push({
        line: row.line,
        column: columns.time.name,
        message: `${date} is on line ${earlier} already`,
      });
      continue;
    }
    lineOf.set(read.time, row.line);
    bars.push(read);
  }
  const rowsRead = sheet.rows.length + sheet.unreadable.length;
  problems.sort((a, b) => a.line - b.line);
  if (bars.length === 0) throw new InvalidInput("csv", noRowMessage(rowsRead, problems));
  return {
    bars: barTableOf(bars),
    rowsRead,
    rowsRejected: problems.length,
    problems: problems.slice(0, maxProblems),
    usedTimezone,
  };
}

function rowReader(
  { header, rows, delimiter }: CsvSheet,
  columns: ChosenColumns,
  readTime: ReturnType<typeof timeReader>,
): RowReader {
  const { open, high, low, close, adjustedClose, volume } = columns;
  const numeric = [open, high, low, close, adjustedClose, volume].filter((column) => column !== null);
  const style = numberStyleOf(cellsOf(rows, numeric), delimiter === ",");
  return ({ cells }) => {
    const misfit = misfitOf(cells, header.cells.length);
    if (misfit) return { column: null, message: misfit };
    const when = readTime(
      cellOf(cells, columns.time),
      columns.clock ? cellOf(cells, columns.clock) : undefined,
    );
    if ("fault" in when) return { column: columns.time.name, message: when.fault };
    const bar: BarRow = {
      time: when.time,
      open: 0,
      high: 0,
      low: 0,
      close: 0,
      adjustedClose: NaN,
      volume: NaN,
    };
    for (const [field, column] of [
      ["open", open],
      ["high", high],
      ["low", low],
      ["close", close],
    ] as const) {
      const value = readNumber(cellOf(cells, column), style);
      if (typeof value !== "number") return faultOf(cells, column, value);
      bar[field] = value;
    }
    if (bar.high < bar.low) {
      return { column: high.name, message: `the high ${bar.high} is below the low ${bar.low}` };
    }
    if (adjustedClose) {
      const value = readNumber(cellOf(cells, adjustedClose), style);
      if (typeof value === "number") bar.adjustedClose = value;
      else if (value !== "missing") return faultOf(cells, adjustedClose, value);
    }
    if (volume) {
      const value = readVolume(cellOf(cells, volume), style);
      if (typeof value === "number") bar.volume = value;
      else if (value !== "missing") return faultOf(cells, volume, value);
      if (bar.volume < 0) return { column: volume.name, message: `the volume ${bar.volume} is negative` };
    }
    return bar;
  };
}

function* cellsOf(rows: readonly CsvRow[], columns: readonly ColumnChoice[]): Generator<string> {
  for (const { cells } of rows) for (const { index } of columns) yield cells[index] ?? "";
}

const cellOf = (cells: readonly string[], { index }: ColumnChoice): string => cells[index] ?? "";

/** Cells beyond the header are harmless while they are empty: some sources end each row with a delimiter. */
function misfitOf(cells: readonly string[], expected: number): string | null {
  if (
    cells.length === expected ||
    (cells.length > expected && cells.slice(expected).every((cell) => !cell.trim()))
  ) {
    return null;
  }
  const hint =
    cells.length > expected ? "a value that contains the delimiter must be quoted" : "is the row cut off?";
  return `the row has ${cells.length} cells where the header has ${expected}: ${hint}`;
}

function faultOf(
  cells: readonly string[],
  column: ColumnChoice,
  fault: NumberFault,
): Omit<RowProblem, "line"> {
  const text = cellOf(cells, column).trim();
  const shown = JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}...` : text);
  const messages = {
    missing: text === "" ? "the value is missing" : `the value is missing: ${shown}`,
    "not a number": `${shown} is not a number`,
    "not finite": `${shown} is not a finite number`,
    ambiguous: `${shown} may be a thousand or a fraction: write it without separators of thousands`,
  } satisfies Record<NumberFault, string>;
  return { column: column.name, message: messages[fault] };
}

function noRowMessage(rowsRead: number, problems: readonly RowProblem[]): string {
  if (rowsRead === 0) return "csv has a header and no rows: expected one row a bar";
  const shown = problems.slice(0, 3).map(({ line, column, message }) => {
    return column ? `line ${line}, ${column}: ${message}` : `line ${line}: ${message}`;
  });
  return `none of the ${rowsRead} rows can be used. ${shown.join("; ")}${problems.length > 3 ? "; ..." : ""}`;
}
