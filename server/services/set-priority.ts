/** Moves a run that waits forward or back in the queue. */
import { integerIn } from "../domain/checks.ts";
import { Conflict, NotFound } from "../domain/errors.ts";
import { priorityRange } from "../domain/run.ts";
import type { RunStore, TrainingJobs } from "../ports/runs.ts";
import type { RunInTransaction } from "../ports/transaction.ts";
import type { Services } from "./services.ts";

interface Ports {
  readonly transaction: RunInTransaction;
  readonly runs: Pick<RunStore, "lock" | "update">;
  readonly jobs: Pick<TrainingJobs, "setPriority">;
}

/** @throws InvalidInput, NotFound, Conflict where the run does not wait any more */
export const setPriority =
  ({ transaction, runs, jobs }: Ports): Services["setPriority"] =>
  async (runId, asked) => {
    const priority = integerIn("priority", asked, priorityRange.least, priorityRange.most);
    return transaction(async (tx) => {
      // The lock decides between this and a worker that is just taking the run.
      const run = await runs.lock(tx, runId);
      if (!run) throw new NotFound(`there is no run ${runId}`);
      if (run.status !== "QUEUED")
        throw new Conflict(
          `only a run that waits has a place in the queue, and ${run.name} is ${run.status}: its priority changes nothing`,
        );
      if (run.priority === priority) return run;
      await jobs.setPriority(tx, runId, priority);
      return runs.update(tx, runId, { priority });
    });
  };
