/** The frame of a price file's table: its delimiter, its header, what each column means, and where its rows begin. */
import { integerIn } from "../domain/checks.ts";
import { InvalidInput } from "../domain/errors.ts";
import { type ByteSource, beginningOf } from "./byte-source.ts";
import { type ChosenColumns, type ColumnChoice, chooseColumns, columnsAt, takenColumns } from "./columns.ts";
import { delimiterOf } from "./delimiter.ts";
import type { CsvRow, Delimiter } from "./grammar.ts";
import { aboveWarning, findHeader, headerCandidates, withoutHeader } from "./header.ts";
import { columnsOfInstrument, instrumentColumns } from "./instruments.ts";
import { refuseOtherThanCsv } from "./not-prices.ts";
import { noText } from "./not-text.ts";
import type { CsvOptions } from "./options.ts";
import { RowScanner } from "./row-scanner.ts";
import type { Place } from "./row-view.ts";

export interface Frame {
  readonly delimiter: Delimiter;
  /** How many cells a row has. */
  readonly width: number;
  /** All columns of the file. */
  readonly header: readonly ColumnChoice[];
  readonly columns: ChosenColumns;
  /** Whether the column of dates has a name; one without may be a mere row number. */
  readonly isDateNamed: boolean;
  /** Those that tell instruments apart. */
  readonly instruments: ReturnType<typeof instrumentColumns>;
  /** Whether the header itself told the wanted instrument's columns. */
  readonly isInstrumentChosen: boolean;
  /** Where the first row of the table begins. */
  readonly body: Place;
  readonly warnings: readonly string[];
}

/** A header further down is not looked for. */
const headBytes = 1024 * 1024;

/** @throws InvalidInput when the beginning of the file is no price file's, or header or options are unusable. */
export function findFrame(source: ByteSource, options: CsvOptions): Frame {
  checkTogether(options);
  const head = headOf(source);
  if (head.includes("\0")) throw noText();
  refuseOtherThanCsv(head);
  const delimiter = delimiterOf(head, options.columns ?? {}, options.headerLine ?? null);
  const { rows, places, above, count } = candidates(source, delimiter, options);
  const header = options.columnPositions
    ? withoutHeader(rows)
    : findHeader(rows, options.columns ?? {}, options.headerLine ?? null);
  const width = header.columns.length;
  const own = columnsOfInstrument(header.columns, header.instruments, options.instrument ?? null);
  const columns = options.columnPositions
    ? columnsAt(options.columnPositions, width)
    : chooseColumns(own.columns, options.columns ?? {});
  const warning = aboveWarning(above ?? rows[0]!, count + header.from);
  return {
    ...{ delimiter, width, columns },
    header: header.columns,
    isDateNamed: columns.time.name !== "" || options.columnPositions != null,
    instruments: instrumentColumns(header.columns, takenColumns(columns)),
    isInstrumentChosen: own.isChosen,
    body: places[header.to]!,
    warnings: warning === null ? [] : [warning],
  };
}

/** The beginning as text, with one line end for all. */
function headOf(source: ByteSource): string {
  const text = beginningOf(source, headBytes).toString("utf8").replace(/\r\n?/g, "\n");
  return text.startsWith("\ufeff") ? text.slice(1) : text;
}

interface Candidates {
  readonly rows: readonly CsvRow[];
  /** Where each begins, and where the row after the last does. */
  readonly places: readonly Place[];
  /** The first row of the file and how many stand above the candidates, where a line is named. */
  readonly above: CsvRow | null;
  readonly count: number;
}

/** The rows that may be the header, with those below it that may be part of it. */
function candidates(
  source: ByteSource,
  delimiter: Delimiter,
  { headerLine, maxRows }: CsvOptions,
): Candidates {
  const scanner = new RowScanner(source, delimiter, undefined, maxRows);
  const rows: CsvRow[] = [];
  const places: Place[] = [];
  let [above, count]: [CsvRow | null, number] = [null, 0];
  while (rows.length < headerCandidates && scanner.advance()) {
    if (headerLine != null && scanner.line < headerLine) {
      above ??= scanner.toRow();
      count++;
      continue;
    }
    rows.push(scanner.toRow());
    places.push({ offset: scanner.offset, line: scanner.line });
  }
  places.push(scanner.next);
  if (rows.length + count > 0) return { rows, places, above, count };
  const { unreadable } = scanner;
  const what = unreadable ? `has no header: ${unreadable.message}` : "is empty";
  throw new InvalidInput("csv", `csv ${what}; expected a header row, then one row a bar`);
}

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
