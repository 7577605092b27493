/** The rows of a file that could not be used: all counted, the first thousand kept. */
import type { RowProblem } from "./import-report.ts";

export const maxProblems = 1000;

/** A problem whose words are only made where it is told. */
export type LateProblem = Omit<RowProblem, "message"> & { readonly message: string | (() => string) };

export interface Problems {
  readonly add: (problem: LateProblem) => void;
  readonly count: () => number;
  /** By line. */
  readonly first: () => readonly RowProblem[];
}

/** A file may have a million bad rows, and their messages would be 200 MB. */
export function problemList(): Problems {
  let kept: LateProblem[] = [];
  let count = 0;
  const sorted = () => kept.toSorted((a, b) => a.line - b.line).slice(0, maxProblems);
  return {
    add: (problem) => {
      count++;
      kept.push(problem);
      if (kept.length >= 2 * maxProblems) kept = sorted();
    },
    count: () => count,
    first: () => {
      const told = sorted().map(
        ({ message, ...rest }): RowProblem => ({
          ...rest,
          message: typeof message === "string" ? message : message(),
        }),
      );
      kept = told;
      return told;
    },
  };
}
