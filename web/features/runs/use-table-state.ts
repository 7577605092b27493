/** The table's state in the address: back and reload bring it all back. */
"use client";
import { parseAsArrayOf, parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { usualColumns } from "./columns.ts";
import { tabs, usualSort } from "./table-state.ts";

const parsers = {
  show: parseAsStringLiteral(tabs).withDefault("all"),
  search: parseAsString.withDefault(""),
  where: parseAsString.withDefault(""),
  sort: parseAsString.withDefault(usualSort),
  columns: parseAsArrayOf(parseAsString).withDefault([...usualColumns]),
  group: parseAsBoolean.withDefault(false),
  equal: parseAsBoolean.withDefault(false),
  open: parseAsArrayOf(parseAsString).withDefault([]),
};

export const useTableState = () =>
  useQueryStates(parsers, { history: "replace", scroll: false, shallow: true });
export type TableState = ReturnType<typeof useTableState>[0];
export type SetTableState = ReturnType<typeof useTableState>[1];
