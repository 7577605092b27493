/** Rows of one experiment laid together under a row of their own. Pure. */
import { cellOf } from "../../entities/run/cells.ts";
import type { Row } from "./columns.ts";

export interface Spread {
  readonly mean: number;
  /** Standard deviation; null of fewer than two. */
  readonly deviation: number | null;
  readonly count: number;
}

export type Line =
  | { readonly kind: "run"; readonly key: string; readonly row: Row; readonly isMember: boolean }
  | {
      readonly kind: "group";
      readonly key: string;
      readonly id: string;
      readonly name: string;
      readonly rows: readonly Row[];
      readonly isOpen: boolean;
    };

/** A group stands where its first run stood. */
export function linesOf(rows: readonly Row[], isGrouped: boolean, open: ReadonlySet<string>): Line[] {
  const run = (row: Row, isMember: boolean): Line => ({ kind: "run", key: row.id, row, isMember });
  if (!isGrouped) return rows.map((row) => run(row, false));
  const members = new Map<string, Row[]>();
  for (const row of rows) {
    if (!row.experiment) continue;
    const known = members.get(row.experiment.id);
    if (known) known.push(row);
    else members.set(row.experiment.id, [row]);
  }
  return rows.flatMap((row) => {
    if (!row.experiment) return [run(row, false)];
    const own = members.get(row.experiment.id)!;
    if (own[0] !== row) return [];
    const { id, name } = row.experiment;
    const isOpen = open.has(id);
    const group: Line = { kind: "group", key: ["group", id].join(" "), id, name, rows: own, isOpen };
    return isOpen ? [group, ...own.map((member) => run(member, true))] : [group];
  });
}

/** Over the runs that have a value; null where none has. */
export function spreadOf(rows: readonly Row[], column: string): Spread | null {
  const values = rows.flatMap((row) => cellOf(row, column)?.number ?? []);
  if (values.length === 0) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    mean,
    deviation: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : null,
    count: values.length,
  };
}
