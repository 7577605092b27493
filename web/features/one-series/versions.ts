/** What each version of a series changed, in words, and what takes the newest back. Pure. */
import type { SeriesVersionsQuery } from "../../graphql/generated/graphql.ts";
import { count, plural, shortMoment } from "../../lib/format.ts";

export type Version = NonNullable<SeriesVersionsQuery["priceSeries"]>["versions"]["edges"][number]["node"];

/** "18 rows: 4 added, 14 changed"; "Back to the bars of 27 Nov 2026, 10:02"; "–" where nobody counted. */
export function changeWords(version: Version, older: readonly Version[]): string {
  const { rowsAdded, rowsChanged, contentHash } = version;
  if (rowsAdded === null || rowsChanged === null) {
    const same = older.find((other) => other.contentHash === contentHash);
    return same ? `Back to the bars of ${shortMoment(same.createdAt)}` : "–";
  }
  const parts = [
    ...(rowsAdded > 0 ? [`${count(rowsAdded)} added`] : []),
    ...(rowsChanged > 0 ? [`${count(rowsChanged)} changed`] : []),
  ];
  return parts.length === 0 ? "No row" : `${plural(rowsAdded + rowsChanged, "row")}: ${parts.join(", ")}`;
}

/** "27 Nov 2026, 10:02, 5,105 bars" */
export const wordsFor = ({ createdAt, barCount }: Version): string =>
  `${shortMoment(createdAt)}, ${plural(barCount, "bar")}`;

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

const runsKeep = "Runs keep the bars that they were trained on, and the bars of today stay in the list.";

export const revertQuestion = ({ version, undone }: Wanted): RevertQuestion =>
  undone
    ? {
        title: "Undo this import?",
        yes: "Undo it",
        words: `The series has the bars again that it had before ${shortMoment(undone.createdAt)}: ${plural(version.barCount, "bar")}, each as it was. ${runsKeep}`,
      }
    : {
        title: "Go back to this version?",
        yes: "Go back to it",
        words: `The series has the bars of ${wordsFor(version)} again, as its newest version. ${runsKeep}`,
      };
