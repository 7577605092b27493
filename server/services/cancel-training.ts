/** Cancels a run: at once while it waits, between two batches while it trains, not at all once it has ended. */
import { NotFound } from "../domain/errors.ts";
import { isFinal } from "../domain/run.ts";
import type { EventBus, RunInTransaction, RunJournal, RunStore, TrainingJobs } from "./ports.ts";
import type { Services } from "./services.ts";

export interface CancelTrainingPorts {
  readonly transaction: RunInTransaction;
  readonly runs: Pick<RunStore, "lock" | "setStatus" | "update">;
  readonly journal: Pick<RunJournal, "append">;
  readonly jobs: Pick<TrainingJobs, "withdraw">;
  readonly bus: Pick<EventBus, "requestCancel">;
}

/** @throws NotFound */
export const cancelTraining =
  ({ transaction, runs, journal, jobs, bus }: CancelTrainingPorts): Services["cancelTraining"] =>
  (runId) =>
    transaction(async (tx) => {
      // The lock decides between this and a worker that is just taking the run.
      const run = await runs.lock(tx, runId);
      if (!run) throw new NotFound(`there is no run ${runId}`);
      if (isFinal(run.status)) return run;
      if (run.status === "RUNNING") {
        await bus.requestCancel(tx, runId);
        // A worker that does not hear it still finds it written with its next epoch.
        return run.cancelRequestedAt ? run : runs.update(tx, runId, { cancelRequestedAt: new Date() });
      }
      await jobs.withdraw(tx, runId);
      await journal.append(tx, runId, { kind: "status", status: "CANCELLED", message: cancelledWaiting });
      return runs.setStatus(tx, runId, "CANCELLED", {
        cancelRequestedAt: new Date(),
        finishedAt: new Date(),
      });
    });

const cancelledWaiting = "Cancelled before training began.";
