/** What each version of a series changed, in words, and what takes the newest back. Pure but for the page's language. */
import type { SeriesVersionsQuery } from "../../graphql/generated/graphql.ts";
import { count, shortMoment } from "../../lib/format.ts";
import { t, tn } from "../../lib/words/t.ts";

export type Version = NonNullable<SeriesVersionsQuery["priceSeries"]>["versions"]["edges"][number]["node"];

/** "18 rows: 4 added, 14 changed"; "Back to the bars of 27 Nov 2026, 10:02"; "–" where nobody counted. */
export function changeWords(version: Version, older: readonly Version[]): string {
  const { rowsAdded, rowsChanged, contentHash } = version;
  if (rowsAdded === null || rowsChanged === null) {
    const same = older.find((other) => other.contentHash === contentHash);
    return same ? t("Back to the bars of {time}", { time: shortMoment(same.createdAt) }) : "–";
  }
  const parts = [
    ...(rowsAdded > 0 ? [t("{n} added", { n: count(rowsAdded) })] : []),
    ...(rowsChanged > 0 ? [t("{n} changed", { n: count(rowsChanged) })] : []),
  ];
  if (parts.length === 0) return t("No row");
  return tn(rowsAdded + rowsChanged, "{n} row: {parts}", "{n} rows: {parts}", { parts: parts.join(t(", ")) });
}

/** "27 Nov 2026, 10:02, 5,105 bars" */
export const wordsFor = ({ createdAt, barCount }: Version): string =>
  tn(barCount, "{time}, {n} bar", "{time}, {n} bars", { time: shortMoment(createdAt) });

export interface Wanted {
  /** Whose bars the series is to have. */
  readonly version: Version;
  /** The import that is taken back; null where a person went further back. */
  readonly undone: Version | null;
}

export interface RevertQuestion {
  readonly title: string;
  readonly yes: string;
  readonly words: string;
}

const runsKeep = (): string =>
  t("Runs keep the bars that they were trained on, and the bars of today stay in the list.");

export const revertQuestion = ({ version, undone }: Wanted): RevertQuestion =>
  undone
    ? {
        title: t("Undo this import?"),
        yes: t("Undo it"),
        words: tn(
          version.barCount,
          "The series has the bars again that it had before {time}: {n} bar, each as it was. {rest}",
          "The series has the bars again that it had before {time}: {n} bars, each as it was. {rest}",
          { time: shortMoment(undone.createdAt), rest: runsKeep() },
        ),
      }
    : {
        title: t("Go back to this version?"),
        yes: t("Go back to it"),
        words: t("The series has the bars of {version} again, as its newest version. {rest}", {
          version: wordsFor(version),
          rest: runsKeep(),
        }),
      };
