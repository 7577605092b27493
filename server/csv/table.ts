/** The table of a price file: its rows, what each column means, and what the file as a whole settles. */
import { integerIn } from "../domain/checks.ts";
import { InvalidInput } from "../domain/errors.ts";
import { type ChosenColumns, type ColumnChoice, chooseColumns, columnsAt } from "./columns.ts";
import type { DateHabits } from "./date-forms.ts";
import { refuseDisproved, settleDates } from "./date-habits.ts";
import { type DatePattern, datePattern } from "./date-pattern.ts";
import { delimiterOf } from "./delimiter.ts";
import { withoutFooters } from "./footer.ts";
import { type CsvRow, readLines, readRows } from "./grammar.ts";
import { aboveWarning, findHeader, type Header, withoutHeader } from "./header.ts";
import type { RowProblem } from "./import-report.ts";
import { columnsOfInstrument, type OneInstrument, rowsOfInstrument } from "./instruments.ts";
import { refuseOtherThanCsv } from "./not-prices.ts";
import type { NumberStyle } from "./numbers.ts";
import type { CsvOptions } from "./read-bars.ts";
import { chooseVolume, styleOf } from "./rows.ts";

export interface PriceTable {
  /** Those of the instrument that is taken. */
  readonly rows: readonly CsvRow[];
  /** How many cells a row has. */
  readonly width: number;
  /** All columns of the file. */
  readonly header: readonly ColumnChoice[];
  readonly columns: ChosenColumns;
  readonly volume: ColumnChoice | null;
  readonly instrument: OneInstrument;
  readonly style: NumberStyle;
  readonly pattern: DatePattern | null;
  readonly habits: DateHabits;
  /** Patterns of which one must be named before the dates can be read. */
  readonly dateChoices: readonly string[] | null;
  /** Rows that are no CSV. */
  readonly unreadable: readonly RowProblem[];
  readonly warnings: readonly string[];
}

/** @throws InvalidInput when text, header or options are unusable, or the file has several instruments. */
export async function readTable(csv: string, options: CsvOptions): Promise<PriceTable> {
  const pattern = options.dateFormat == null ? null : datePattern(options.dateFormat);
  checkTogether(options);
  const lines = await readLines(csv);
  refuseOtherThanCsv(lines);
  const delimiter = delimiterOf(lines, options.columns ?? {}, options.headerLine ?? null);
  const { rows: all, unreadable } = await readRows(lines, delimiter);
  const header = headerOf(all, unreadable, options);
  const width = header.columns.length;
  const wanted = options.instrument ?? null;
  const own = columnsOfInstrument(header.columns, header.instruments, wanted);
  const columns = options.columnPositions
    ? columnsAt(options.columnPositions, width)
    : chooseColumns(own.columns, options.columns ?? {});
  const { rows: body, warnings: below } = withoutFooters(header.rows, width);
  const taken = new Set(
    Object.values(columns).flatMap((it: ColumnChoice | readonly ColumnChoice[] | null) =>
      it === null ? [] : "index" in it ? [it.index] : it.map(({ index }) => index),
    ),
  );
  const instrument = await rowsOfInstrument(header.columns, taken, body, wanted, own.isChosen);
  const { rows } = instrument;
  const { time } = columns;
  if (pattern) await refuseDisproved(pattern, options.dateFormat!, rows, time.index);
  const hasName = time.name !== "" || options.columnPositions != null;
  const dates = pattern ? noHabits : await settleDates(rows, time.index, hasName);
  const style = await styleOf(rows, columns, delimiter === ",");
  const volume = await chooseVolume(rows, columns.volumes, style);
  const above = aboveWarning(header.above);
  const warnings = [...(above ? [above] : []), ...below, ...instrument.warnings, ...dates.warnings];
  return {
    ...{ rows, width, header: header.columns, columns, volume, instrument, style, pattern },
    ...{ habits: dates.habits, dateChoices: dates.choices, unreadable, warnings },
  };
}

const noHabits = { habits: { first: null, dayNumbers: false }, choices: null, warnings: [] } as const;

function checkTogether({ columnPositions, columns, headerLine }: CsvOptions): void {
  if (headerLine != null) integerIn("headerLine", headerLine, 1);
  if (columnPositions == null) return;
  if (headerLine != null) {
    throw new InvalidInput(
      "headerLine",
      "the line of a header is given, and positions for a file without one: leave one of them out",
    );
  }
  if (Object.values(columns ?? {}).some((name) => name != null)) {
    throw new InvalidInput(
      "columns",
      "names of columns are given, and positions for a file without a header: leave one of them out",
    );
  }
}

function headerOf(rows: readonly CsvRow[], unreadable: readonly RowProblem[], options: CsvOptions): Header {
  if (rows.length > 0) {
    return options.columnPositions
      ? withoutHeader(rows)
      : findHeader(rows, options.columns ?? {}, options.headerLine ?? null);
  }
  const what = unreadable[0] ? `has no header: ${unreadable[0].message}` : "is empty";
  throw new InvalidInput("csv", `csv ${what}; expected a header row, then one row a bar`);
}
