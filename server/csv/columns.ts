/** Which column of a price file means what: by the names that the common sources use, or as the caller names them. */
import { InvalidInput } from "../domain/errors.ts";
import { quote } from "../domain/quote.ts";
import type { ColumnRole, ColumnUse } from "./import-report.ts";

export const barColumns = ["time", "open", "high", "low", "close", "adjustedClose", "volume"] as const;
export type BarColumn = (typeof barColumns)[number];

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

export interface ColumnChoice {
  readonly index: number;
  /** As the header has it. */
  readonly name: string;
}

export interface ChosenColumns extends Record<"time" | "open" | "high" | "low" | "close", ColumnChoice> {
  /** The time of day, where the source keeps it apart from the date. */
  readonly clock: ColumnChoice | null;
  readonly adjustedClose: ColumnChoice | null;
  readonly volume: ColumnChoice | null;
}

// Only letters and digits, lower case, without accents: "Adj. Close**" is "adjclose", "<VOL>" is "vol".
// Sources: Yahoo, yfinance, Stooq (English, Polish, bulk), tushare, AkShare and Eastmoney, Investing.com,
// Nasdaq ("Close/Last"), Alpha Vantage, Binance, MetaTrader. The first name that is found wins.
const dateNames = ["date", "tradedate", "日期", "交易日期", "data"];
const usualNames = {
  time: ["datetime", ...dateNames, "timestamp", "tradetime", "opentime", "time", "时间", "czas"],
  clock: ["time", "czas", "时间"],
  open: ["open", "openprice", "开盘", "开盘价", "otwarcie"],
  high: ["high", "highprice", "最高", "最高价", "najwyzszy"],
  low: ["low", "lowprice", "最低", "最低价", "najnizszy"],
  close: ["close", "closeprice", "closelast", "收盘", "收盘价", "zamkniecie", "price"],
  adjustedClose: ["adjclose", "adjustedclose", "closeadjusted", "closeadj"],
  volume: ["volume", "vol", "成交量", "wolumen", "tickvol"],
} as const satisfies Record<BarColumn | "clock", readonly string[]>;

const mostColumns = 1000;
const longestName = 200;

/**
 * Finds the columns of a bar in a header.
 * @throws InvalidInput when one that a bar needs is not there or there twice; the message lists what was found.
 */
export function chooseColumns(header: readonly string[], named: ColumnNames = {}): ChosenColumns {
  if (header.length > mostColumns || header.some((cell) => cell.length > longestName)) {
    throw new InvalidInput(
      "csv",
      `the first row is no header: it has ${header.length} cells and may have ${mostColumns}, of ${longestName} characters each`,
    );
  }
  const find = (column: BarColumn): ColumnChoice | null => {
    const name = named[column];
    return name == null ? findUsual(header, column) : findNamed(header, column, name);
  };
  const time = find("time") ?? unnamedFirst(header);
  const open = find("open");
  const high = find("high");
  const low = find("low");
  const close = find("close");
  if (!time || !open || !high || !low || !close) {
    const missing = Object.entries({ time, open, high, low, close }).flatMap(([key, it]) =>
      it ? [] : [key],
    );
    throw new InvalidInput("csv", missingMessage(header, missing));
  }
  const hasClock = named.time == null && dateNames.includes(plain(time.name));
  const clock = hasClock ? findUsual(header, "clock") : null;
  return {
    time,
    clock,
    open,
    high,
    low,
    close,
    adjustedClose: find("adjustedClose"),
    volume: find("volume"),
  };
}

/** Every column of the header with what it was taken for, in the order of the file. */
export function columnUses(header: readonly string[], columns: ChosenColumns): ColumnUse[] {
  const { clock, ...rest } = columns;
  const roles = Object.entries({ ...rest, ...(clock ? { clock } : {}) }).map(([role, choice]) => ({
    index: (choice as ColumnChoice | null)?.index,
    field: (role === "clock" ? "time" : role) as ColumnRole,
  }));
  return header.flatMap((cell, index): ColumnUse[] => {
    const column = cell.trim() || `column ${index + 1}`;
    const read = roles.filter((role) => role.index === index);
    return read.length === 0 ? [{ column, field: null }] : read.map(({ field }) => ({ column, field }));
  });
}

function findUsual(header: readonly string[], column: BarColumn | "clock"): ColumnChoice | null {
  for (const usual of usualNames[column]) {
    const found = choices(header).filter(({ name }) => plain(name) === usual);
    if (found.length > 1) {
      throw new InvalidInput(
        "csv",
        `the header has ${found.length} columns for ${column}: ${list(found.map(positioned))}. Keep one, or name another with columns`,
      );
    }
    if (found[0]) return found[0];
  }
  return null;
}

function findNamed(header: readonly string[], column: BarColumn, name: string): ColumnChoice {
  const field = `columns.${column}`;
  const wanted = name.trim();
  if (wanted === "") throw new InvalidInput(field, `${field} must name a column of the header, got nothing`);
  const exact = choices(header).filter((choice) => choice.name === wanted);
  const alike = choices(header).filter((choice) => choice.name.toLowerCase() === wanted.toLowerCase());
  const found = exact.length > 0 ? exact : alike;
  if (found.length > 1) {
    throw new InvalidInput(
      field,
      `the header has ${quote(wanted)} ${found.length} times: rename all but one`,
    );
  }
  if (!found[0]) {
    throw new InvalidInput(field, `the header has no column ${quote(wanted)}: it has ${names(header)}`);
  }
  return found[0];
}

/** pandas writes an index of dates without a name. A mere row number there is no date, and its rows say so. */
const unnamedFirst = (header: readonly string[]): ColumnChoice | null =>
  header[0]?.trim() === "" ? { index: 0, name: "" } : null;

function missingMessage(header: readonly string[], missing: readonly string[]): string {
  const looksLikeData =
    header.some((cell) => /\d{4}/.test(cell)) && header.some((cell) => /^\s*[\d.]+\s*$/.test(cell));
  return [
    looksLikeData ? "the first row must be a header, and it looks like data" : null,
    `${looksLikeData ? "The" : "the"} header has no column for ${list(missing)}: it has ${names(header)}`,
    `Name it with columns, such as { ${missing[0]}: "..." }; where a file has closing prices only, name that column for open, high, low and close`,
  ]
    .filter((part) => part !== null)
    .join(". ");
}

const choices = (header: readonly string[]): ColumnChoice[] =>
  header.map((cell, index) => ({ index, name: cell.trim() }));

const plain = (name: string): string =>
  name
    .normalize("NFKD")
    .replace(/[^\p{L}\p{N}]/gu, "")
    .toLowerCase()
    .replaceAll("ł", "l");

const positioned = ({ name, index }: ColumnChoice): string => `${quote(name)} (column ${index + 1})`;
const names = (header: readonly string[]): string => {
  const shown = header.slice(0, 20).map((cell) => quote(cell.trim()));
  return list(header.length > shown.length ? [...shown, `${header.length - shown.length} more`] : shown);
};
const list = (items: readonly string[]): string => items.join(", ");
