/** Values of runs by columns, as the server tells them, in words for people. Pure. */
import type { RunColumnsQuery } from "../../graphql/generated/graphql.ts";
import { count, duration, loss, percent, price, shortMoment, signedPercent } from "../../lib/format.ts";
import { said } from "../../lib/words/said.ts";
import { t } from "../../lib/words/t.ts";

export interface Cell {
  readonly column: string;
  readonly number: number | null;
  readonly text: string | null;
}

/** What of a column its cells are written by. */
export type CellColumn = Pick<RunColumnsQuery["runColumns"][number], "name" | "kind" | "unit" | "better"> & {
  readonly choices: readonly { readonly value: string; readonly label: string }[] | null;
};

export const cellOf = (row: { readonly cells: readonly Cell[] }, name: string): Cell | undefined =>
  row.cells.find(({ column }) => column === name);

const inPriceUnits: ReadonlySet<string> = new Set(["mae", "rmse"]);
const losses: ReadonlySet<string> = new Set(["validationLoss", "pValue", "qlike"]);

/** A value as people read it; "–" where there is none. */
export function cellText(column: CellColumn, cell: Pick<Cell, "number" | "text"> | undefined): string {
  const { number, text } = cell ?? { number: null, text: null };
  if (column.kind === "BOOLEAN") return text === "true" ? t("yes") : text === "false" ? t("no") : "–";
  if (text !== null && text !== undefined) {
    const choice = column.choices?.find(({ value }) => value === text);
    if (choice) return said(choice.label);
    return column.name === "device" ? said(text) : text;
  }
  if (number === null || number === undefined) return "–";
  switch (column.kind) {
    case "INTEGER":
      return column.name === "seed" ? String(number) : count(number);
    case "SHARE":
      return column.name === "directionalAccuracy" ? percent(number, 1) : signedPercent(number);
    case "DURATION":
      return duration(number);
    case "TIME":
      return shortMoment(number);
    default:
      if (inPriceUnits.has(column.name.split(".").at(-1)!)) return price(number);
      if (losses.has(column.name)) return loss(number);
      return `${figure(number)}${column.unit === "%" ? "%" : ""}`;
  }
}

/** "0.001", "3e−5": as few signs as tell it. */
export function figure(value: number): string {
  const digits = value !== 0 && Math.abs(value) < 1e-4 ? 3 : 4;
  return String(Number(value.toPrecision(digits))).replaceAll("-", "−");
}

export const isNumberColumn = ({ kind }: Pick<CellColumn, "kind">): boolean =>
  kind === "INTEGER" || kind === "NUMBER" || kind === "SHARE" || kind === "DURATION" || kind === "TIME";
