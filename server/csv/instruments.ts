/** One series, one instrument: what to do where a file has several, one after the other or side by side. */
import { InvalidInput } from "../domain/errors.ts";
import { quote } from "../domain/quote.ts";
import { instrumentNames, knownAs, nicknameNames } from "./column-names.ts";
import { type ColumnChoice, nameOf } from "./columns.ts";
import type { RowView } from "./row-view.ts";

const shownValues = 5;
/** For a program to offer; an answer with more of them would be as large as a small file. */
const mostChoices = 500;
const longestChoice = 200;
/** In bytes; longer values are compared as texts. */
const longestCompared = 128;
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
  readonly warnings: readonly string[];
  /** A refusal for when two rows of one time show that a change of names was one of instruments. */
  readonly refuseTwoNames: (() => never) | null;
}

interface InstrumentColumn {
  readonly choice: ColumnChoice;
  readonly isNickname: boolean;
}

/** The columns that tell instruments apart, among those that are not taken for anything else. */
export function instrumentColumns(
  choices: readonly ColumnChoice[],
  taken: ReadonlySet<number>,
): InstrumentColumn[] {
  return choices.flatMap((choice): InstrumentColumn[] => {
    if (taken.has(choice.index)) return [];
    const names = knownAs(choice.name);
    const isNickname = names.some((name) => nicknameNames.includes(name));
    return isNickname || names.some((name) => instrumentNames.includes(name)) ? [{ choice, isNickname }] : [];
  });
}

/** The different values of each instrument column, of rows that are whole. */
export interface InstrumentValues {
  readonly hear: (row: RowView) => void;
  readonly values: readonly Set<string>[];
}

export function instrumentValues(columns: readonly InstrumentColumn[], width: number): InstrumentValues {
  const values = columns.map(() => new Set<string>());
  const last = columns.map(() => Buffer.alloc(longestCompared));
  const lengths = columns.map(() => -1);
  /** Most rows say what the one before said. */
  const isAsBefore = ({ bytes, starts, ends }: RowView, column: number, index: number): boolean => {
    if (bytes === null) return false;
    const [from, to] = [starts[index]!, ends[index]!];
    if (to < from || to - from > longestCompared) return false;
    if (to - from === lengths[column] && bytes.compare(last[column]!, 0, to - from, from, to) === 0)
      return true;
    lengths[column] = bytes.copy(last[column]!, 0, from, to);
    return false;
  };
  const hear = (row: RowView) => {
    if (row.count < width) return;
    for (let at = 0; at < columns.length; at++) {
      const { index } = columns[at]!.choice;
      if (isAsBefore(row, at, index)) continue;
      const value = row.cell(index).trim();
      if (value !== "" && values[at]!.size < mostValues) values[at]!.add(value);
    }
  };
  return { hear, values };
}

/**
 * What the values of the instrument columns say together.
 * @throws InvalidInput where there are several instruments and none is wanted, or the wanted one is none.
 */
export function oneInstrument(
  columns: readonly InstrumentColumn[],
  values: readonly ReadonlySet<string>[],
  wanted: string | null,
): OneInstrument {
  const isKnown = columns.some((column, at) => !column.isNickname && values[at]!.size === 1);
  const warnings: string[] = [];
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
  return { warnings, refuseTwoNames };
}

export interface ChosenInstrument {
  /** Position of the column that tells it. */
  readonly column: number;
  /** What that column says of it. */
  readonly value: string;
}

/** @throws InvalidInput where no column tells instruments apart, or none of them has the wanted one. */
export function chooseInstrument(
  columns: readonly InstrumentColumn[],
  values: readonly ReadonlySet<string>[],
  wanted: string,
): ChosenInstrument {
  const at = values.findIndex((found) => match([...found], wanted) !== null);
  const column = columns[at];
  if (column) return { column: column.choice.index, value: match([...values[at]!], wanted)! };
  const all = columns.map(
    ({ choice }, index) => `${quote(nameOf(choice))} has ${listed([...values[index]!])}`,
  );
  throw new InvalidInput(
    "instrument",
    `the file has no instrument ${quote(wanted)}: ${all.join("; ")}`,
    choicesOf(values.flatMap((found) => [...found])),
  );
}

/** @throws InvalidInput where there is none. */
export function needInstrumentColumn(columns: readonly InstrumentColumn[], wanted: string): void {
  if (columns.length > 0) return;
  throw new InvalidInput(
    "instrument",
    `the file cannot be searched for the instrument ${quote(wanted)}: it has no column such as Ticker, Symbol or Name that tells instruments apart`,
  );
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
