/** Which column is which in a file without a header. Pure but for the page's language. */
import { word } from "../../lib/format.ts";
import { t } from "../../lib/words/t.ts";
import { type PreviewRow, tableWidth } from "./csv-preview.ts";

/** From 1, as the API takes them. */
export interface ColumnPositions {
  readonly time: number;
  readonly clock: number | null;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly adjustedClose: number | null;
  readonly volume: number | null;
}

/** What a column may be; "prices" is all four at once, for files with closing prices only. */
const roles = [
  "",
  "time",
  "clock",
  "open",
  "high",
  "low",
  "close",
  "prices",
  "adjustedClose",
  "volume",
] as const;
export type ColumnRole = (typeof roles)[number];

/** As the lists of roles and the tables call it. */
export function roleName(role: ColumnRole): string {
  if (role === "") return t("Passed over");
  if (role === "time") return t("Date");
  if (role === "clock") return t("Time of day");
  if (role === "prices") return t("All prices");
  return word(role === "adjustedClose" ? "ADJUSTED_CLOSE" : role.toUpperCase());
}

export const columnRoles = () => roles.map((role) => ({ role, name: roleName(role) }));

/** One role a column, from the left. */
export type ColumnPlaces = readonly ColumnRole[];

/** Another role for one column; the column that had it before is passed over. */
export const withRole = (places: ColumnPlaces, at: number, role: ColumnRole): ColumnPlaces =>
  places.map((it, index) => (index === at ? role : it === role && role !== "" ? "" : it));

/** What is missing before the file can be read, in words; null where nothing is. */
export function missingPlaces(places: ColumnPlaces): string | null {
  const hasAll = places.includes("prices");
  const needed = ["time", ...(hasAll ? [] : ["open", "high", "low", "close"])];
  const missing = columnRoles().filter(({ role }) => needed.includes(role) && !places.includes(role));
  if (missing.length === 0) return null;
  const columns = missing.map(({ name }) => name.toLowerCase()).join(t("words|, "));
  return t("Say which column has: {columns}", { columns });
}

/** As the API counts: from 1. Null while something is missing. */
export function columnPositions(places: ColumnPlaces): ColumnPositions | null {
  if (missingPlaces(places) !== null) return null;
  const of = (role: ColumnRole): number | null => {
    const at = places.indexOf(role);
    return at < 0 ? null : at + 1;
  };
  const price = (role: ColumnRole): number => of(role) ?? of("prices")!;
  return {
    time: of("time")!,
    clock: of("clock"),
    open: price("open"),
    high: price("high"),
    low: price("low"),
    close: price("close"),
    adjustedClose: of("adjustedClose"),
    volume: of("volume"),
  };
}

const dateLike =
  /^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|^\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|^\d{8}$|^\d{10,19}$|^\d{4}年/;
const clockLike = /^\d{1,2}:\d{2}(:\d{2})?$|^\d{6}$/;
const numberLike = /^[+-]?\d[\d.,' ]*(e[+-]?\d+)?$/i;

/** A first guess, which the reader sees above the rows and can change: date, time of day, four prices, volume. */
export function guessedPlaces(rows: readonly PreviewRow[]): ColumnPlaces {
  const width = tableWidth(rows);
  const sample = rows.find(({ cells }) => cells.length === width)?.cells ?? [];
  const places: ColumnRole[] = Array.from({ length: width }, () => "");
  const date = sample.findIndex((cell) => dateLike.test(cell));
  if (date < 0) return places;
  places[date] = "time";
  const hasClock = clockLike.test(sample[date + 1] ?? "");
  if (hasClock) places[date + 1] = "clock";
  const numbers = [...sample.keys()].filter(
    (at) => at > date + (hasClock ? 1 : 0) && numberLike.test(sample[at]!),
  );
  const roles: readonly ColumnRole[] =
    numbers.length < 4 ? ["prices", "volume"] : ["open", "high", "low", "close", "volume"];
  for (const [index, role] of roles.entries()) {
    const at = numbers[index];
    if (at !== undefined) places[at] = role;
  }
  return places;
}
