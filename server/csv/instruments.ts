/** One series, one instrument: what to do where a file has several, one after the other or side by side. */
import { InvalidInput } from "../domain/errors.ts";
import { quote } from "../domain/quote.ts";
import { instrumentNames, knownAs, nicknameNames } from "./column-names.ts";
import { type ColumnChoice, nameOf } from "./columns.ts";
import type { CsvRow } from "./grammar.ts";
import { inTurns } from "./turns.ts";

const shownValues = 5;
/** For a program to offer; an answer with more of them would be as large as a small file. */
const mostChoices = 500;
const longestChoice = 200;
/** Enough to say that there are many. */
const mostValues = 100_000;

/** The columns of the wanted instrument, where each has columns of its own. */
export function columnsOfInstrument(
  columns: readonly ColumnChoice[],
  instruments: readonly string[] | null,
  wanted: string | null,
): { columns: readonly ColumnChoice[]; isChosen: boolean } {
  const found = [...new Set(instruments ?? [])].filter((it) => it !== "");
  if (!instruments || found.length === 0 || (found.length === 1 && wanted === null))
    return { columns, isChosen: false };
  if (wanted === null) {
    throw new InvalidInput(
      "instrument",
      `the file has ${found.length} instruments side by side (${listed(found)}), and a series holds one: say which one to take`,
      choicesOf(found),
    );
  }
  const chosen = match(found, wanted);
  if (chosen === null) throw notThere(wanted, "the header", found);
  const isOf = ({ index }: ColumnChoice) => instruments[index] === "" || instruments[index] === chosen;
  return { columns: columns.filter(isOf), isChosen: true };
}

export interface OneInstrument {
  readonly rows: readonly CsvRow[];
  /** Positions of the columns that tell instruments apart. */
  readonly columns: ReadonlySet<number>;
  readonly warnings: readonly string[];
  /** A refusal for when two rows of one time show that a change of names was one of instruments. */
  readonly refuseTwoNames: (() => never) | null;
}

interface InstrumentColumn {
  readonly choice: ColumnChoice;
  readonly isNickname: boolean;
}

/**
 * The rows of one instrument, told by the columns that name it.
 * @throws InvalidInput where there are several and none is wanted, or the wanted one is not among them.
 */
export async function rowsOfInstrument(
  choices: readonly ColumnChoice[],
  taken: ReadonlySet<number>,
  allRows: readonly CsvRow[],
  wanted: string | null,
  isChosen: boolean,
): Promise<OneInstrument> {
  const columns = choices.flatMap((choice): InstrumentColumn[] => {
    if (taken.has(choice.index)) return [];
    const names = knownAs(choice.name);
    const isNickname = names.some((name) => nicknameNames.includes(name));
    return isNickname || names.some((name) => instrumentNames.includes(name)) ? [{ choice, isNickname }] : [];
  });
  const positions = new Set(columns.map(({ choice }) => choice.index));
  let rows = allRows;
  const warnings: string[] = [];
  if (wanted !== null && !isChosen) {
    rows = await chosenRows(columns, allRows, choices.length, wanted);
    const others = allRows.length - rows.length;
    if (others > 0)
      warnings.push(`${others} rows of other instruments were passed over: ${quote(wanted)} is taken`);
  }
  const values = await valuesOf(columns, rows, choices.length);
  const isKnown = columns.some((column, at) => !column.isNickname && values[at]!.size === 1);
  let refuseTwoNames: (() => never) | null = null;
  for (const [at, column] of columns.entries()) {
    const found = [...values[at]!];
    if (found.length < 2) continue;
    const refuse = (): never => {
      throw severalInstruments(column.choice, found, wanted);
    };
    if (!column.isNickname || (!isKnown && wanted === null)) refuse();
    refuseTwoNames = refuse;
    warnings.push(
      `the column ${quote(nameOf(column.choice))} has ${count(found)} names (${listed(found)}) for one instrument`,
    );
  }
  return { rows, columns: positions, warnings, refuseTwoNames };
}

async function chosenRows(
  columns: readonly InstrumentColumn[],
  rows: readonly CsvRow[],
  width: number,
  wanted: string,
): Promise<CsvRow[]> {
  if (columns.length === 0) {
    throw new InvalidInput(
      "instrument",
      `the file cannot be searched for the instrument ${quote(wanted)}: it has no column such as Ticker, Symbol or Name that tells instruments apart`,
    );
  }
  const values = await valuesOf(columns, rows, width);
  const at = values.findIndex((found) => match([...found], wanted) !== null);
  const column = columns[at];
  if (!column) {
    const all = columns.map(
      ({ choice }, index) => `${quote(nameOf(choice))} has ${listed([...values[index]!])}`,
    );
    throw new InvalidInput(
      "instrument",
      `the file has no instrument ${quote(wanted)}: ${all.join("; ")}`,
      choicesOf(values.flatMap((found) => [...found])),
    );
  }
  const chosen = match([...values[at]!], wanted);
  const found: CsvRow[] = [];
  await inTurns(rows, (row) => {
    if (row.cells[column.choice.index]?.trim() === chosen) found.push(row);
  });
  return found;
}

/** The different values of each column, of rows that are whole. */
async function valuesOf(
  columns: readonly InstrumentColumn[],
  rows: readonly CsvRow[],
  width: number,
): Promise<Set<string>[]> {
  const values = columns.map(() => new Set<string>());
  const last = columns.map(() => "");
  if (columns.length === 0) return values;
  await inTurns(rows, ({ cells }) => {
    if (cells.length < width) return;
    for (const [at, { choice }] of columns.entries()) {
      const cell = cells[choice.index]!;
      if (cell === last[at]) continue;
      last[at] = cell;
      const value = cell.trim();
      if (value !== "" && values[at]!.size < mostValues) values[at]!.add(value);
    }
  });
  return values;
}

function match(found: readonly string[], wanted: string): string | null {
  const exact = found.find((it) => it === wanted.trim());
  return exact ?? found.find((it) => it.toLowerCase() === wanted.trim().toLowerCase()) ?? null;
}

const severalInstruments = (column: ColumnChoice, found: readonly string[], wanted: string | null) =>
  new InvalidInput(
    "instrument",
    wanted === null
      ? `the column ${quote(nameOf(column))} has ${count(found)} instruments (${listed(found)}), and a series holds one: say which one to take`
      : `${quote(wanted)} is not one instrument: the column ${quote(nameOf(column))} has ${count(found)} for it (${listed(found)}). Name one of these`,
    choicesOf(found),
  );

const notThere = (wanted: string, place: string, found: readonly string[]) =>
  new InvalidInput(
    "instrument",
    `the file has no instrument ${quote(wanted)}: ${place} has ${listed(found)}`,
    choicesOf(found),
  );

/** Those that a program can offer: whole, in the order of the file. */
const choicesOf = (found: readonly string[]): string[] =>
  [...new Set(found)].filter((it) => it.length <= longestChoice).slice(0, mostChoices);

const count = (found: readonly string[]): string =>
  found.length < mostValues ? String(found.length) : `${mostValues} or more`;

const listed = (found: readonly string[]): string => {
  const shown = found.slice(0, shownValues).map((it) => quote(it));
  return [...shown, ...(found.length > shown.length ? ["..."] : [])].join(", ") || "none";
};
