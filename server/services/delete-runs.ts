/** Deletes runs with all that hangs on them: events, epochs, checkpoints, scores, predictions and the job that waits. */
import { Conflict, InvalidInput, LimitExceeded } from "../domain/errors.ts";
import type { CheckpointStore } from "../ports/checkpoints.ts";
import type { RunStore, TrainingJobs } from "../ports/runs.ts";
import { type RunInTransaction, TransactionTimedOut } from "../ports/transaction.ts";
import type { Services } from "./services.ts";

export interface DeleteRunsPorts {
  readonly transaction: RunInTransaction;
  readonly runs: Pick<RunStore, "lockAll" | "delete">;
  readonly checkpoints: Pick<CheckpointStore, "discard">;
  readonly jobs: Pick<TrainingJobs, "remove">;
}

const mostAtATime = 500;

/**
 * All of them or none. Ids that no run has are passed over, so that a request whose answer was lost may be repeated.
 * @returns the ids of those that were there.
 * @throws InvalidInput for too many, Conflict when one of them trains, LimitExceeded when it takes too long.
 */
export const deleteRuns =
  ({ transaction, runs, checkpoints, jobs }: DeleteRunsPorts): Services["deleteRuns"] =>
  async (ids) => {
    if (ids.length > mostAtATime)
      throw new InvalidInput("ids", `ids must be at most ${mostAtATime}, got ${ids.length}`);
    try {
      return await transaction(async (tx) => {
        // The locks decide between this and a worker that is just taking one of them.
        const found = await runs.lockAll(tx, ids);
        const running = found.filter(({ status }) => status === "RUNNING");
        if (running.length > 0) throw new Conflict(refusal(running));
        const deleted = found.map(({ id }) => id);
        await jobs.remove(tx, deleted);
        await checkpoints.discard(tx, deleted);
        await runs.delete(tx, deleted);
        return deleted;
      });
    } catch (error) {
      if (!(error instanceof TransactionTimedOut)) throw error;
      throw new LimitExceeded(
        `the runs hold too much to be deleted within ${error.limitMs / 1000} s, and none was deleted: ask for fewer at a time`,
      );
    }
  };

function refusal(running: readonly { readonly id: string; readonly name: string }[]): string {
  const [first, ...others] = running;
  const what = others.length === 0 ? "is training" : `and ${others.length} more are training`;
  return `${first!.name} (${first!.id}) ${what}: cancel first, then delete. Nothing was deleted`;
}
