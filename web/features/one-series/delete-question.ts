/**
 * What is asked before a series is deleted. Pure but for the page's language.
 *
 *   the series alone? ─► deleted
 *         └─► the API refuses, because runs need it ─► with its runs? ─► deleted
 *                                                           └─► it refuses, because a run trains: said, asked again
 */
import type { ApiError } from "../../lib/api-error.ts";
import { t } from "../../lib/words/t.ts";

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
        title: t("Delete this series with its runs?"),
        words: t(
          "{name} goes with all its versions, and its runs with their losses, logs, scores, predictions and trained weights. This cannot be undone.",
          { name },
        ),
        yes: t("Delete the series and its runs"),
      }
    : {
        title: t("Delete this series?"),
        words: t("{name} goes with all its versions. This cannot be undone.", { name }),
        yes: t("Delete the series"),
      }),
});
