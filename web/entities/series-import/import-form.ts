/** The import's options as they are typed, and the request that they make. Pure. */
import { type ColumnPlaces, columnPositions } from "./column-places.ts";
import { ownForm } from "./date-forms.ts";
import type { ImportReport } from "./import-payload.ts";

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

/** Of a request to POST /import: those of ImportPriceSeriesInput that are not empty, as text. */
export type ImportFields = Readonly<Record<string, string>>;

export function importFields(form: ImportForm, dryRun: boolean): ImportFields {
  const hasHeader = form.header !== "none";
  const named = columnNames.filter((column) => hasHeader && form.columns[column] !== "");
  const columns = Object.fromEntries(named.map((column) => [column, form.columns[column]]));
  const fields = {
    // An empty symbol is refused in words.
    symbol: form.symbol.trim(),
    name: form.name.trim() || null,
    currency: form.currency.trim() || null,
    timezone: form.timezone.trim() || null,
    dateFormat: (form.dateFormat === ownForm ? form.ownDateFormat.trim() : form.dateFormat) || null,
    instrument: form.instrument || null,
    headerLine: typeof form.header === "number" ? String(form.header) : null,
    columnPositions: hasHeader ? null : JSON.stringify(columnPositions(form.places)),
    columns: named.length === 0 ? null : JSON.stringify(columns),
    dryRun: String(dryRun),
  };
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== null),
  );
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
