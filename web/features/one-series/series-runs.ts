/** The runs on a series in the order that is asked for, and which of them saw other bars than it has now. Pure but for the page's language. */
import type { RunRow } from "../../entities/run-list/live-runs.ts";
import { t } from "../../lib/words/t.ts";

export type RunsOrder = "best" | "newest";

const testSkill = ({ scores }: Pick<RunRow, "scores">): number =>
  scores.find(({ split }) => split === "TEST")?.skill ?? Number.NEGATIVE_INFINITY;

/** Those without a test score stay at the end, in the order in which they came. */
export const inOrder = <Run extends Pick<RunRow, "scores">>(
  runs: readonly Run[],
  order: RunsOrder,
): readonly Run[] =>
  order === "newest" ? runs : runs.toSorted((a, b) => compare(testSkill(b), testSkill(a)));

/** Infinity less Infinity is no number. */
const compare = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);

/** What stands beneath the name of each run: whether it saw the bars that the series has, whichever import brought them. */
export const versionNotes = (
  runs: readonly {
    readonly id: string;
    readonly seriesVersion: { readonly number: number; readonly contentHash: string };
  }[],
  contentHash: string,
): ReadonlyMap<string, string> =>
  new Map(
    runs.map(({ id, seriesVersion }) => [
      id,
      seriesVersion.contentHash === contentHash
        ? t("On the bars as they are now")
        : t("On version {number}; the series changed since", { number: seriesVersion.number }),
    ]),
  );
