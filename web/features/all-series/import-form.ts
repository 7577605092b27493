/** The import's options as they are typed, and the request that they make. Pure. */
import type { ImportPriceSeriesInput, ImportPriceSeriesMutation } from "../../graphql/generated/graphql.ts";

export type ImportReport = ImportPriceSeriesMutation["importPriceSeries"]["report"];

export const columnNames = ["time", "open", "high", "low", "close", "adjustedClose", "volume"] as const;
export type ColumnName = (typeof columnNames)[number];

export interface ImportForm {
  readonly symbol: string;
  readonly name: string;
  readonly currency: string;
  readonly timezone: string;
  /** Empty: as the file itself tells. */
  readonly dateFormat: string;
  /** Empty: recognised by the usual names. */
  readonly columns: Readonly<Record<ColumnName, string>>;
}

export const emptyImportForm: ImportForm = {
  symbol: "",
  name: "",
  currency: "",
  timezone: "UTC",
  dateFormat: "",
  columns: { time: "", open: "", high: "", low: "", close: "", adjustedClose: "", volume: "" },
};

/** Luxon patterns for the forms that dates take where a file could be read in two ways. */
export const dateFormats = [
  { pattern: "", name: "As the file tells" },
  { pattern: "d/M/yyyy", name: "24/4/2020, day first" },
  { pattern: "M/d/yyyy", name: "4/24/2020, month first" },
  { pattern: "d.M.yyyy", name: "24.4.2020" },
  { pattern: "d-M-yyyy", name: "24-4-2020" },
  { pattern: "yyyyMMdd", name: "20200424" },
  { pattern: "MMM d, yyyy", name: "Apr 24, 2020" },
] as const;

export function importInput(form: ImportForm, csv: string, dryRun: boolean): ImportPriceSeriesInput {
  const named = columnNames.filter((column) => form.columns[column] !== "");
  return {
    symbol: form.symbol.trim(),
    name: form.name.trim() || null,
    currency: form.currency.trim() || null,
    timezone: form.timezone.trim(),
    dateFormat: form.dateFormat || null,
    columns:
      named.length === 0 ? null : Object.fromEntries(named.map((column) => [column, form.columns[column]])),
    csv,
    dryRun,
  };
}

/** Rows that an import would store or has stored anew. */
export const rowsToStore = ({ rowsAdded, rowsUpdated }: ImportReport): number => rowsAdded + rowsUpdated;
