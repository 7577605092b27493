/** Runs as a file that spreadsheets and programs read: RFC 4180, numbers in full. Pure. */
import { type Cell, cellOf } from "../../entities/run/cells.ts";
import { said } from "../../lib/words/said.ts";
import { t } from "../../lib/words/t.ts";
import type { Column } from "./columns.ts";

interface Run {
  readonly id: string;
  readonly cells: readonly Cell[];
}

/** A spreadsheet would run a text that begins so as a formula. */
const formula = /^[=+\-@\t\r]/;

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

function field({ kind }: Pick<Column, "kind">, cell: Cell | undefined): string {
  if (!cell) return "";
  if (typeof cell.number === "number")
    return kind === "TIME" ? new Date(cell.number).toISOString() : String(cell.number);
  if (typeof cell.text !== "string") return "";
  return quoted(formula.test(cell.text) ? `'${cell.text}` : cell.text);
}

const unitOf = ({ kind, unit }: Column): string => (kind === "DURATION" ? " (ms)" : unit ? ` (${unit})` : "");

export function csvOf(runs: readonly Run[], columns: readonly Column[]): string {
  const header = [t("Id"), ...columns.map((column) => quoted(`${said(column.label)}${unitOf(column)}`))];
  const lines = runs.map((run) => [
    run.id,
    ...columns.map((column) => field(column, cellOf(run, column.name))),
  ]);
  return [header, ...lines].map((line) => `${line.join(",")}\r\n`).join("");
}
