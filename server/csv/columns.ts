/** Which column of a price file means what: by the names that the common sources use, or as the caller says. */
import { InvalidInput } from "../domain/errors.ts";
import { quote } from "../domain/quote.ts";
import { type BarColumn, barColumns, dateNames, knownAs, plain, usualNames } from "./column-names.ts";
import type { ColumnRole, ColumnUse } from "./import-report.ts";

/** The caller's own names of columns, as in the header. */
export type ColumnNames = { readonly [column in BarColumn]?: string | null };

/** Which column is which, from 1, in a file without a header. */
export interface ColumnPositions {
  readonly time: number;
  readonly clock?: number | null;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly adjustedClose?: number | null;
  readonly volume?: number | null;
}

/** A column that there is to choose from. */
export interface ColumnChoice {
  readonly index: number;
  /** As the header has it; empty where it has none. */
  readonly name: string;
  /** What else the header calls it, where it has several rows. */
  readonly aliases?: readonly string[];
}

export interface ChosenColumns extends Record<"time" | "open" | "high" | "low" | "close", ColumnChoice> {
  /** The time of day, where the source keeps it apart from the date. */
  readonly clock: ColumnChoice | null;
  readonly adjustedClose: ColumnChoice | null;
  /** The first that is not empty or 0 in every row is the volume. */
  readonly volumes: readonly ColumnChoice[];
}

const needed = ["time", "open", "high", "low", "close"] as const;

/**
 * Finds the columns of a bar among those of a header.
 * @throws InvalidInput when one that a bar needs is not there or there twice; the message lists what was found.
 */
export function chooseColumns(choices: readonly ColumnChoice[], named: ColumnNames = {}): ChosenColumns {
  const find = (column: BarColumn): ColumnChoice | null => {
    const name = named[column];
    return name == null ? findUsual(choices, column) : findNamed(choices, column, name);
  };
  const time = find("time") ?? unnamedFirst(choices);
  const open = find("open");
  const high = find("high");
  const low = find("low");
  const close = find("close");
  if (!time || !open || !high || !low || !close) {
    const missing = Object.entries({ time, open, high, low, close }).flatMap(([key, it]) =>
      it ? [] : [key],
    );
    throw new InvalidInput("csv", missingMessage(choices, missing));
  }
  const hasClock = named.time == null && dateNames.includes(plain(time.name));
  const clock = hasClock ? findUsual(choices, "clock") : null;
  return {
    time,
    clock,
    open,
    high,
    low,
    close,
    adjustedClose: find("adjustedClose"),
    volumes: named.volume == null ? usualVolumes(choices) : [find("volume")!],
  };
}

/** How many of the columns that a bar needs these names seem to have: all five make a header. */
export function neededIn(names: readonly string[], named: ColumnNames): number {
  const plainNames = new Set(names.flatMap(knownAs));
  const given = new Set(names.map((name) => name.trim().toLowerCase()));
  return needed.filter((column) => {
    const name = named[column];
    if (name != null) return given.has(name.trim().toLowerCase());
    const isUsual = usualNames[column].some((usual) => plainNames.has(usual));
    return isUsual || (column === "time" && names[0]?.trim() === "");
  }).length;
}

/** @throws InvalidInput when a position is none of the file's, or taken by two dates. */
export function columnsAt(positions: ColumnPositions, width: number): ChosenColumns {
  const at = (column: keyof ColumnPositions): ColumnChoice | null => {
    const position = positions[column];
    if (position == null) return null;
    if (!Number.isSafeInteger(position) || position < 1 || position > width) {
      const field = `columnPositions.${column}`;
      throw new InvalidInput(
        field,
        `${field} must be 1 to ${width}, the columns of the file, got ${position}`,
      );
    }
    return { index: position - 1, name: "" };
  };
  const [time, open, high, low, close] = needed.map((column) => at(column)!);
  return {
    time: time!,
    clock: at("clock"),
    open: open!,
    high: high!,
    low: low!,
    close: close!,
    adjustedClose: at("adjustedClose"),
    volumes: [at("volume")].filter((it) => it !== null),
  };
}

/** Positions of all columns that have numbers. */
export function numericColumns({ open, high, low, close, adjustedClose, volumes }: ChosenColumns): number[] {
  const numeric = [open, high, low, close, adjustedClose, ...volumes].filter((it) => it !== null);
  return [...new Set(numeric.map(({ index }) => index))];
}

/** Positions of all columns that are read as anything. */
export const takenColumns = (columns: ChosenColumns): ReadonlySet<number> =>
  new Set([columns.time.index, ...(columns.clock ? [columns.clock.index] : []), ...numericColumns(columns)]);

/** Every column of the file with what it was taken for, in its order; one that is several things comes for each. */
export function columnUses(
  choices: readonly ColumnChoice[],
  columns: ChosenColumns,
  volume: ColumnChoice | null,
  instruments: ReadonlySet<number>,
): ColumnUse[] {
  const { clock, volumes: _, ...rest } = columns;
  const roles: [ColumnRole, ColumnChoice | null][] = [
    ...barColumns.map((role): [ColumnRole, ColumnChoice | null] => [
      role,
      role === "volume" ? volume : rest[role],
    ]),
    ["time", clock],
  ];
  return choices.flatMap((choice): ColumnUse[] => {
    const column = nameOf(choice);
    const read = roles.filter(([, it]) => it?.index === choice.index).map(([role]) => role);
    if (read.length === 0 && instruments.has(choice.index)) read.push("instrument");
    return read.length === 0 ? [{ column, field: null }] : read.map((field) => ({ column, field }));
  });
}

export const nameOf = ({ name, index }: ColumnChoice): string => name || `column ${index + 1}`;

function findUsual(choices: readonly ColumnChoice[], column: BarColumn | "clock"): ColumnChoice | null {
  const known = choices.map((choice) => ({ choice, names: knownAs(choice.name) }));
  for (const usual of usualNames[column]) {
    const exact = known.filter(({ names }) => names[0] === usual);
    const found = exact.length > 0 ? exact : known.filter(({ names }) => names.includes(usual));
    if (found.length > 1) {
      const columns = list(found.map(({ choice }) => `${quote(choice.name)} (column ${choice.index + 1})`));
      throw new InvalidInput(
        "csv",
        `the header has ${found.length} columns for ${column}: ${columns}. Keep one, or say which one it is`,
      );
    }
    if (found[0]) return found[0].choice;
  }
  return null;
}

/** The usual names in their order, then "Volume BTC" and the like. */
function usualVolumes(choices: readonly ColumnChoice[]): ColumnChoice[] {
  // Two of one name are refused as for any other column.
  const first = findUsual(choices, "volume");
  const others = choices.filter((choice) => choice !== first);
  const usual = usualNames.volume.flatMap((name) =>
    others.filter((choice) => knownAs(choice.name).includes(name)),
  );
  const ofCurrency = others.filter(({ name }) => plain(name).startsWith("volume") && name.includes(" "));
  return [...new Set([first, ...usual, ...ofCurrency])].filter((it) => it !== null);
}

function findNamed(choices: readonly ColumnChoice[], column: BarColumn, name: string): ColumnChoice {
  const field = `columns.${column}`;
  const wanted = name.trim();
  if (wanted === "") throw new InvalidInput(field, `${field} must name a column of the header, got nothing`);
  const exact = choices.filter((choice) => choice.name === wanted);
  const sameText = (text: string) => text.toLowerCase() === wanted.toLowerCase();
  const alike = choices.filter((choice) => sameText(choice.name));
  const other = choices.filter((choice) => choice.aliases?.some(sameText));
  const found = [exact, alike, other].find((it) => it.length > 0) ?? [];
  if (found.length > 1) {
    throw new InvalidInput(
      field,
      `the header has ${quote(wanted)} ${found.length} times: rename all but one`,
    );
  }
  if (!found[0]) {
    throw new InvalidInput(field, `the header has no column ${quote(wanted)}: it has ${names(choices)}`);
  }
  return found[0];
}

/** pandas writes an index of dates without a name. A mere row number there is no date, and its rows say so. */
const unnamedFirst = (choices: readonly ColumnChoice[]): ColumnChoice | null =>
  choices[0]?.name === "" ? choices[0] : null;

const looksLikeNumber = (text: string): boolean => text !== "" && Number.isFinite(Number(text));

function missingMessage(choices: readonly ColumnChoice[], missing: readonly string[]): string {
  const numbers = choices.filter(({ name }) => looksLikeNumber(name)).length;
  const looksLikeData = numbers >= 2;
  return [
    looksLikeData
      ? `the first row must be a header, and it looks like data: add a header row, or say which column is which by their positions`
      : null,
    `${looksLikeData ? "The" : "the"} header has no column for ${list(missing)}: it has ${names(choices)}`,
    looksLikeData
      ? null
      : `Say which column it is; where a file has closing prices only, that column serves as open, high, low and close`,
  ]
    .filter((part) => part !== null)
    .join(". ");
}

const names = (choices: readonly ColumnChoice[]): string => {
  const shown = choices.slice(0, 20).map(({ name }) => quote(name));
  return list(choices.length > shown.length ? [...shown, `${choices.length - shown.length} more`] : shown);
};
const list = (items: readonly string[]): string => items.join(", ");
