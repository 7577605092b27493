/** Which columns the table shows, and which of them tell nothing. Pure. */
import { cellOf } from "../../entities/run/cells.ts";
import type { RunColumnsQuery, RunsQuery } from "../../graphql/generated/graphql.ts";

export type Row = RunsQuery["runs"]["edges"][number]["node"];
export type Column = RunColumnsQuery["runColumns"][number];

/** Drawn by the table itself, from what every row has. */
const drawnColumns = ["status", "progress", "curve"] as const;
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

/** The server answers 40 at a time; a file has the name and the status besides. */
export const mostColumns = 38;

/** What the server is asked for. */
export const askedColumns = (shown: readonly string[]): string[] => [
  ...new Set(["skill", ...shown.filter((name) => !isDrawn(name) && name !== "name")]),
];

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
