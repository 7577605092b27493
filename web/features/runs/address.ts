/** The table's state as its address holds it, and what is asked of the API for it: on the server, too. Pure. */
import {
  createLoader,
  type inferParserType,
  parseAsArrayOf,
  parseAsBoolean,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import type { RunsQueryVariables } from "../../graphql/generated/graphql.ts";
import { askedColumns, usualColumns } from "./columns.ts";
import { filterOf, sortOf, tabs, usualSort } from "./table-state.ts";

export const addressParsers = {
  show: parseAsStringLiteral(tabs).withDefault("all"),
  search: parseAsString.withDefault(""),
  where: parseAsString.withDefault(""),
  sort: parseAsString.withDefault(usualSort),
  columns: parseAsArrayOf(parseAsString).withDefault([...usualColumns]),
  group: parseAsBoolean.withDefault(false),
  equal: parseAsBoolean.withDefault(false),
  open: parseAsArrayOf(parseAsString).withDefault([]),
};
export type TableState = inferParserType<typeof addressParsers>;
export const readAddress = createLoader(addressParsers);

export type Wanted = Pick<RunsQueryVariables, "filter" | "sort" | "columns">;
export const wantedBy = ({ show, search, where, sort, columns }: TableState): Wanted => ({
  filter: filterOf({ tab: show, search, where }),
  sort: sortOf(sort),
  columns: askedColumns(columns),
});

export const rowsAtFirst = 100;
/** Its keys come in the same order wherever it is made: requests are told apart by their text. */
export const pageOf = (
  wanted: Wanted,
  first = rowsAtFirst,
  after: string | null = null,
): RunsQueryVariables => ({
  ...wanted,
  first,
  after,
});
