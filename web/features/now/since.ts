/** What ended since somebody last looked, on this browser. Pure. */
import { isFinal } from "../../entities/run/status.ts";
import type { RunRow } from "../../entities/run-list/live-runs.ts";

/** More are counted, not shown. */
export const mostShown = 8;

/** Ended after `seenAt`, the newest end first. */
export const endedSince = (runs: readonly RunRow[], seenAt: number): RunRow[] =>
  runs
    .filter(
      ({ status, finishedAt }) => isFinal(status) && finishedAt !== null && Date.parse(finishedAt) > seenAt,
    )
    .sort((a, b) => Date.parse(b.finishedAt!) - Date.parse(a.finishedAt!));

/** A moment as it is kept; null where it is none. */
export function readMoment(kept: string | null): number | null {
  const moment = Number(kept);
  return kept !== null && kept !== "" && Number.isFinite(moment) && moment > 0 ? moment : null;
}
