/** All columns of runs, found by name. */
import { InvalidInput } from "../../domain/errors.ts";
import { quote } from "../../domain/quote.ts";
import { catalogueColumns } from "./catalogue-columns.ts";
import { forecasterColumn, ownColumns } from "./own-columns.ts";
import type { RunColumn } from "./run-column.ts";

export const runColumns: readonly RunColumn[] = [...ownColumns, ...catalogueColumns];

const byName = new Map(
  runColumns.flatMap((column) =>
    [column.name, ...column.aliases].map((name) => [name.toLowerCase(), column] as const),
  ),
);

/** By its name or an alias, in any case, or as "HAR.mae" for another forecaster's score. */
export const findRunColumn = (name: string): RunColumn | null =>
  byName.get(name.toLowerCase()) ?? forecasterColumn(name);

/** @throws InvalidInput where there is none */
export function runColumnOf(field: string, name: string): RunColumn {
  const found = findRunColumn(name);
  if (found) return found;
  throw new InvalidInput(
    field,
    `${field} must be the name of a column, as runColumns lists them, got ${quote(name)}`,
    runColumns.map((column) => column.name),
  );
}
