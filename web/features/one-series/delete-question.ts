/**
 * What is asked before a series is deleted. Pure.
 *
 *   the series alone? ─► deleted
 *         └─► the API refuses, because runs need it ─► with its runs? ─► deleted
 *                                                           └─► it refuses, because a run trains: said, asked again
 */
import type { ApiError } from "../../lib/api-error.ts";

export interface Stage {
  readonly withRuns: boolean;
  /** Why the API did not delete it, in words for people. */
  readonly refusal: string | null;
}

export const questionAfter = (
  { withRuns }: Stage,
  { code, message }: Pick<ApiError, "code" | "message">,
): Stage => ({ withRuns: withRuns || code === "CONFLICT", refusal: message });

interface Question {
  readonly title: string;
  readonly words: string;
  readonly yes: string;
  readonly refusal: string | null;
}

export const questionOf = ({ withRuns, refusal }: Stage, name: string): Question => ({
  refusal,
  ...(withRuns
    ? {
        title: "Delete this series with its runs?",
        words: `${name} goes with all its versions, and its runs with their losses, logs, scores, predictions and trained weights. This cannot be undone.`,
        yes: "Delete the series and its runs",
      }
    : {
        title: "Delete this series?",
        words: `${name} goes with all its versions. This cannot be undone.`,
        yes: "Delete the series",
      }),
});
