/** Whether a run was changed by others since it was fetched. Pure. */
import { isFinal } from "../../entities/run/status.ts";
import type { RunRow } from "../../entities/run-list/live-runs.ts";
import type { Run } from "./run.ts";

type Fetched = Pick<
  Run,
  "status" | "name" | "cancelRequested" | "scoreRequested" | "tags" | "archived" | "isBaseline"
>;

/** @param told the newest that runChanges told of it; what its own events tell as well, such as epochs, counts for nothing here */
export function isOutdated(run: Fetched, told: RunRow | undefined): boolean {
  if (!told) return false;
  return (
    // Its events are followed until it ends: only then can it have been taken up again unheard.
    (isFinal(run.status) && !isFinal(told.status)) ||
    run.name !== told.name ||
    run.cancelRequested !== told.cancelRequested ||
    run.scoreRequested !== told.scoreRequested ||
    run.tags.join() !== told.tags.join() ||
    run.archived !== told.archived ||
    run.isBaseline !== told.isBaseline
  );
}
