/** Where a price file's table begins: its header, of one row or several, below titles and addresses if need be. */
import { InvalidInput } from "../domain/errors.ts";
import { quote } from "../domain/quote.ts";
import { dateNames, instrumentNames, knownAs, plain, usualNames } from "./column-names.ts";
import { type ColumnChoice, type ColumnNames, neededIn } from "./columns.ts";
import { headerLines } from "./delimiter.ts";
import type { CsvRow } from "./grammar.ts";

export interface Header {
  readonly columns: readonly ColumnChoice[];
  /** Which instrument each column is of, where a row of the header says so. */
  readonly instruments: readonly string[] | null;
  /** Where it stands among the rows that it was looked for in. */
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}
/** Rows that may be the header, or below it: enough of them, and no more than that. */
export const headerCandidates = headerLines + 4;

const mostColumns = 1000;
const longestName = 200;
const mostLevels = 3;

/** @throws InvalidInput when the header would have too many columns, or names that are too long. */
export function findHeader(rows: readonly CsvRow[], named: ColumnNames, headerLine: number | null): Header {
  const { from, to } = headerLine === null ? findRows(rows, named) : rowAt(rows, headerLine);
  return { ...joined(rows.slice(from, to)), from, to };
}

/** A table without a header: its columns have positions only. */
export function withoutHeader(rows: readonly CsvRow[]): Header {
  // The usual width: a title above the rows, or a first row that is cut off, does not make them all too long.
  const widths = new Map<number, number>();
  for (const { cells } of rows.slice(0, headerLines))
    widths.set(cells.length, (widths.get(cells.length) ?? 0) + 1);
  const [width] = [...widths].reduce((best, it) => (it[1] > best[1] ? it : best), [0, 0]);
  checkNames(Array.from({ length: width }, () => ""));
  const columns = Array.from({ length: width }, (_, index) => ({ index, name: "" }));
  return { columns, instruments: null, from: 0, to: 0 };
}

interface RowRange {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

function rowAt(rows: readonly CsvRow[], headerLine: number): RowRange {
  const from = rows.findIndex(({ line }) => line === headerLine);
  if (from >= 0) return { from, to: severalRowsFrom(rows, from) ?? from + 1 };
  throw new InvalidInput(
    "headerLine",
    `no row of the file begins on line ${headerLine}, where its header is said to be`,
  );
}

/** The first row that names all that a bar needs; where there is none, the one that names most of it. */
function findRows(rows: readonly CsvRow[], named: ColumnNames): RowRange {
  let best = { from: 0, score: 0 };
  for (const [from, { cells }] of rows.slice(0, headerLines).entries()) {
    const to = severalRowsFrom(rows, from);
    if (to !== null) return { from, to };
    if (cells.length > mostColumns) continue;
    const score = neededIn(cells, named);
    if (score > best.score) best = { from, score };
    if (score === 5) break;
  }
  return { from: best.from, to: best.from + 1 };
}

/**
 * pandas writes a row for each level of its columns, and below them one with the name of the index alone:
 * Price,Close,High / Ticker,KLM,KLM / Date,, (yfinance). Null where this is no such header.
 */
function severalRowsFrom(rows: readonly CsvRow[], from: number): number | null {
  for (let to = from + 2; to <= from + mostLevels; to++) {
    const last = rows[to - 1]?.cells;
    if (!last || last.length !== rows[from]?.cells.length || last.length < 2) return null;
    const namesTheIndex = isTimeName(last[0] ?? "") && last.slice(1).every((cell) => cell.trim() === "");
    const levels = rows.slice(from, to - 1);
    if (namesTheIndex && levels.some(({ cells }) => pricesIn(cells) >= 2)) return to;
  }
  // Without the row of the index, the row of the instruments still says what it is.
  const [first, second] = [rows[from]?.cells, rows[from + 1]?.cells];
  const isTwo = first && second?.length === first.length && instrumentNames.includes(plain(second[0] ?? ""));
  return isTwo && pricesIn(first) >= 2 && second.every((cell) => !isNumber(cell)) ? from + 2 : null;
}

const isNumber = (cell: string): boolean => cell.trim() !== "" && Number.isFinite(Number(cell));
const isTimeName = (name: string): boolean =>
  ["datetime", "timestamp", ...dateNames].includes(plain(name.slice(0, longestName)));

const priceNames = new Set<string>(
  [usualNames.open, usualNames.high, usualNames.low, usualNames.close].flat(),
);
const pricesIn = (cells: readonly string[]): number =>
  cells.filter((cell) => cell.length <= longestName && knownAs(cell).some((name) => priceNames.has(name)))
    .length;

function joined(levels: readonly CsvRow[]): Pick<Header, "columns" | "instruments"> {
  const rows = levels.map(({ cells }) => cells.map((cell) => cell.trim()));
  for (const cells of rows) checkNames(cells);
  const [only] = rows;
  if (rows.length === 1 && only)
    return { columns: only.map((name, index) => ({ index, name })), instruments: null };
  const index = rows.at(-1)!;
  const namesIndex = index.slice(1).every((cell) => cell === "");
  const upper = namesIndex ? rows.slice(0, -1) : rows;
  const fields = upper.reduce((best, it) => (pricesIn(it) > pricesIn(best) ? it : best));
  const others = upper.filter((it) => it !== fields);
  const columns = fields.map((field, at) => {
    const aliases = rows.map((cells) => cells[at] ?? "").filter((it) => it !== "");
    return { index: at, name: at === 0 && namesIndex ? index[0]! : field, aliases };
  });
  const instruments = fields.map((_, at) =>
    at === 0
      ? ""
      : others
          .map((it) => it[at])
          .join(" ")
          .trim(),
  );
  return { columns, instruments: instruments.some((it) => it !== "") ? instruments : null };
}

function checkNames(names: readonly string[]): void {
  if (names.length <= mostColumns && names.every((name) => name.length <= longestName)) return;
  throw new InvalidInput(
    "csv",
    `the first row is no header: it has ${names.length} cells and may have ${mostColumns}, of ${longestName} characters each`,
  );
}

/** A word about rows above the table that were passed over; null where there are none. */
export function aboveWarning(first: CsvRow | null, count: number): string | null {
  if (!first || count === 0) return null;
  const text = quote(first.cells.join(" ").trim());
  return count === 1
    ? `line ${first.line} stands above the header and was passed over: ${text}`
    : `${count} lines above the header were passed over, from line ${first.line}: ${text}`;
}
