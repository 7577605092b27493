/** Which columns the table shows, and what stands in its cells. Pure. */
import type { RunColumnsQuery, RunsQuery } from "../../graphql/generated/graphql.ts";
import { count, duration, loss, percent, price, shortMoment, signedPercent } from "../../lib/format.ts";

export type Row = RunsQuery["runs"]["edges"][number]["node"];
export type Cell = Row["cells"][number];
export type Column = RunColumnsQuery["runColumns"][number];

/** Drawn by the table itself, from what every row has. */
export const drawnColumns = ["status", "progress", "curve"] as const;
const drawn: ReadonlySet<string> = new Set(drawnColumns);
export const isDrawn = (name: string): boolean => drawn.has(name);

export const usualColumns: readonly string[] = [
  ...[
    "status",
    "progress",
    "curve",
    "skill",
    "vsBaseline",
    "series",
    "tags",
    "units",
    "learningRate",
    "window",
  ],
  ...["epochs", "seed", "duration", "createdAt"],
];

/** What the server is asked for. */
export const askedColumns = (shown: readonly string[]): string[] => [
  ...new Set(["skill", ...shown.filter((name) => !isDrawn(name) && name !== "name")]),
];

export const cellOf = (row: { readonly cells: readonly Cell[] }, name: string): Cell | undefined =>
  row.cells.find(({ column }) => column === name);

/** These differ in meaning even where they look alike. */
const neverHidden: ReadonlySet<string> = new Set(["name", "progress", "curve", "status", "skill"]);

/** Columns that say the same of every row, or nothing of any: they tell no run from another. */
export function equalColumns(rows: readonly Row[], shown: readonly string[], sortedBy: string): string[] {
  if (rows.length < 2) return shown.filter((name) => !neverHidden.has(name) && isEmpty(rows, name));
  return shown.filter((name) => {
    if (neverHidden.has(name) || name === sortedBy) return false;
    const first = cellOf(rows[0]!, name);
    return rows.every((row) => {
      const cell = cellOf(row, name);
      return cell?.number === first?.number && cell?.text === first?.text;
    });
  });
}

const isEmpty = (rows: readonly Row[], name: string): boolean =>
  rows.every((row) => {
    const cell = cellOf(row, name);
    return (cell?.number ?? null) === null && (cell?.text ?? null) === null;
  });

type Kind = Pick<Column, "kind" | "choices" | "unit" | "name" | "better">;

const inPriceUnits: ReadonlySet<string> = new Set(["mae", "rmse"]);
const losses: ReadonlySet<string> = new Set(["validationLoss", "pValue", "qlike"]);

/** A value as people read it; "–" where there is none. */
export function cellText(column: Kind, cell: Pick<Cell, "number" | "text"> | undefined): string {
  const { number, text } = cell ?? { number: null, text: null };
  if (column.kind === "BOOLEAN") return text === "true" ? "yes" : text === "false" ? "no" : "–";
  if (text !== null && text !== undefined)
    return column.choices?.find(({ value }) => value === text)?.label ?? text;
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
function figure(value: number): string {
  if (value !== 0 && Math.abs(value) < 1e-4) return String(Number(value.toPrecision(3))).replace("e-", "e−");
  return String(Number(value.toPrecision(4)));
}

export const isNumberColumn = ({ kind }: Pick<Column, "kind">): boolean =>
  kind === "INTEGER" || kind === "NUMBER" || kind === "SHARE" || kind === "DURATION" || kind === "TIME";
