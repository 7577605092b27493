/** A run as its page has it. */
import type { RunQuery } from "../../graphql/generated/graphql.ts";

export type Run = NonNullable<RunQuery["run"]>;

/** Of a finished run the verdict says whether it is worse, and the warnings say why it hardly moves. */
const saidElsewhere: ReadonlySet<string> = new Set(["WORSE_THAN_NAIVE", "CONSTANT"]);

/** What is worth knowing before its results are read, each once. */
export function notesOn({
  status,
  attention,
  warnings,
}: Pick<Run, "status" | "attention" | "warnings">): string[] {
  const marks = attention.filter(({ kind }) => status !== "SUCCEEDED" || !saidElsewhere.has(kind));
  return [...new Set([...marks.map(({ message }) => message), ...warnings])];
}
