/** The import's options as they are typed, and the request that they make. Pure. */
import type { ImportPriceSeriesInput, ImportPriceSeriesMutation } from "../../graphql/generated/graphql.ts";
import { type ColumnPlaces, columnPositions } from "./column-places.ts";
import { ownForm } from "./date-forms.ts";

export type ImportReport = ImportPriceSeriesMutation["importPriceSeries"]["report"];

export const columnNames = ["time", "open", "high", "low", "close", "adjustedClose", "volume"] as const;
export type ColumnName = (typeof columnNames)[number];
const priceNames = ["open", "high", "low", "close"] as const;

export interface ImportForm {
  readonly symbol: string;
  readonly name: string;
  readonly currency: string;
  /** Empty: that of the series, and UTC for a new one. */
  readonly timezone: string;
  /** Empty: as the file itself tells. `ownForm`: as `ownDateFormat` spells it. */
  readonly dateFormat: string;
  readonly ownDateFormat: string;
  /** The one to take of a file that has several; empty: there is one. */
  readonly instrument: string;
  /** Where the table begins: "" as found by itself, a header's line, or without a header. */
  readonly header: "" | "none" | number;
  /** Which column is which, for a file without a header. */
  readonly places: ColumnPlaces;
  /** Empty: recognised by the usual names. */
  readonly columns: Readonly<Record<ColumnName, string>>;
}

export const emptyImportForm: ImportForm = {
  symbol: "",
  name: "",
  currency: "",
  timezone: "",
  dateFormat: "",
  ownDateFormat: "",
  instrument: "",
  header: "",
  places: [],
  columns: { time: "", open: "", high: "", low: "", close: "", adjustedClose: "", volume: "" },
};

export function importInput(form: ImportForm, csv: string, dryRun: boolean): ImportPriceSeriesInput {
  const named = form.header === "none" ? [] : columnNames.filter((column) => form.columns[column] !== "");
  return {
    symbol: form.symbol.trim(),
    name: form.name.trim() || null,
    currency: form.currency.trim() || null,
    timezone: form.timezone.trim() || null,
    dateFormat: (form.dateFormat === ownForm ? form.ownDateFormat.trim() : form.dateFormat) || null,
    instrument: form.instrument || null,
    headerLine: typeof form.header === "number" ? form.header : null,
    columnPositions: form.header === "none" ? columnPositions(form.places) : null,
    columns:
      named.length === 0 ? null : Object.fromEntries(named.map((column) => [column, form.columns[column]])),
    csv,
    dryRun,
  };
}

/** The one column that serves as all four prices; empty where they have columns of their own. */
export function onePriceColumn({ columns }: ImportForm): string {
  const { open } = columns;
  return priceNames.every((price) => columns[price] === open) ? open : "";
}

/** One column for all four prices, of files with closing prices only; empty: each by its name again. */
export const withOnePriceColumn = (form: ImportForm, name: string): ImportForm => ({
  ...form,
  columns: { ...form.columns, open: name, high: name, low: name, close: name },
});

/** Rows that an import would store or has stored anew. */
export const rowsToStore = ({ rowsAdded, rowsUpdated }: ImportReport): number => rowsAdded + rowsUpdated;
