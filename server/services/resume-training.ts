/** Takes a cancelled run up again: it waits for a worker and goes on from its newest checkpoint. */
import { setTimeout as pause } from "node:timers/promises";
import { Conflict, NotFound } from "../domain/errors.ts";
import type { CheckpointStore } from "../ports/checkpoints.ts";
import type { RunJournal } from "../ports/live.ts";
import type { Run, RunStore, TrainingJobs } from "../ports/runs.ts";
import type { RunInTransaction, Transaction } from "../ports/transaction.ts";
import { checkQueue } from "./queue-run.ts";
import type { Services } from "./services.ts";

export interface ResumeTrainingPorts {
  readonly transaction: RunInTransaction;
  readonly runs: Pick<RunStore, "lock" | "setStatus" | "create" | "countWaiting">;
  readonly journal: Pick<RunJournal, "append" | "appendAll">;
  readonly jobs: Pick<TrainingJobs, "enqueue" | "enqueueAgain">;
  readonly checkpoints: Pick<CheckpointStore, "has">;
  readonly maxWaitingRuns?: number;
}

/** A worker lets go of a job some milliseconds after its run has ended. */
const tries = 20;
const betweenTriesMs = 100;

/** @throws NotFound, Conflict (not cancelled, or nothing to go on from), LimitExceeded */
export const resumeTraining =
  (ports: ResumeTrainingPorts): Services["resumeTraining"] =>
  async (runId) => {
    for (let tried = 0; tried < tries; tried++) {
      if (tried > 0) await pause(betweenTriesMs);
      const run = await ports.transaction((tx) => resumeIn(ports, tx, runId));
      if (run) return run;
    }
    throw new Conflict("the worker that had the run has not let go of it yet: try again in some seconds");
  };

/** @returns null while the job of the run is still held. */
async function resumeIn(ports: ResumeTrainingPorts, tx: Transaction, runId: string): Promise<Run | null> {
  const { runs, journal, jobs, checkpoints } = ports;
  const run = await runs.lock(tx, runId);
  if (!run) throw new NotFound(`there is no run ${runId}`);
  if (run.status === "QUEUED") return run;
  if (run.status !== "CANCELLED")
    throw new Conflict(`only a cancelled run can be resumed, and this one is ${run.status}`);
  if (!(await checkpoints.has(tx, runId)))
    throw new Conflict(
      run.epoch === 0
        ? "no epoch of the run was trained, so there is nothing to go on from: run it again instead"
        : `the run's checkpoint was cleaned away, so it cannot go on after epoch ${run.epoch}: run it again instead`,
    );
  await checkQueue(ports, tx);
  if (!(await jobs.enqueueAgain(tx, runId, { priority: run.priority }))) return null;
  const where = run.epoch > 0 ? `goes on after epoch ${run.epoch}` : "begins again";
  const message = `Resumed: training ${where} as soon as a worker is free.`;
  await journal.append(tx, runId, { kind: "status", status: "QUEUED", message });
  const afresh = { cancelRequestedAt: null, scoreRequestedAt: null, finishedAt: null, lostAttempts: 0 };
  return runs.setStatus(tx, runId, "QUEUED", afresh);
}
