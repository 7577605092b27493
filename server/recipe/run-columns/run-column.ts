/** What runs can be sorted, filtered and shown by: one entry for each such thing, whatever the database calls it. */

/** SHARE: 1 is 100 %. DURATION: milliseconds. TIME: milliseconds since 1970. TEXTS: any number of texts. */
export type RunColumnKind =
  | "TEXT"
  | "TEXTS"
  | "CHOICE"
  | "BOOLEAN"
  | "INTEGER"
  | "NUMBER"
  | "SHARE"
  | "DURATION"
  | "TIME";

export const runColumnGroups = ["RUN", "RESULT", "DATA", "MODEL", "TRAINING"] as const;
export type RunColumnGroup = (typeof runColumnGroups)[number];

export interface RunColumnChoice {
  readonly value: string;
  readonly label: string;
}

export interface RunColumn {
  readonly name: string;
  /** Other names that an expression may call it by. */
  readonly aliases: readonly string[];
  readonly label: string;
  readonly help: string;
  readonly kind: RunColumnKind;
  readonly group: RunColumnGroup;
  readonly unit: string | null;
  /** Of a CHOICE; null of others. */
  readonly choices: readonly RunColumnChoice[] | null;
  /** Of scores: which end is good. */
  readonly better: "LOWER" | "HIGHER" | null;
}

/** One value of one run: a number, or a text, or neither where it has none. */
export interface RunCell {
  readonly column: string;
  readonly number: number | null;
  readonly text: string | null;
}

const numeric: ReadonlySet<RunColumnKind> = new Set(["INTEGER", "NUMBER", "SHARE", "DURATION", "TIME"]);
export const isNumeric = ({ kind }: Pick<RunColumn, "kind">): boolean => numeric.has(kind);
