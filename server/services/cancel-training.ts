/** Cancels runs: at once while they wait, between two batches while they train, not at all once they have ended. Or has them stop and be scored. */
import { NotFound } from "../domain/errors.ts";
import { isFinal, runStatuses } from "../domain/run.ts";
import type { ExperimentStore } from "../ports/experiments.ts";
import type { EventBus, RunJournal } from "../ports/live.ts";
import type { Page } from "../ports/pages.ts";
import type { Run, RunStore, TrainingJobs } from "../ports/runs.ts";
import type { RunInTransaction, Transaction } from "../ports/transaction.ts";
import type { Services } from "./services.ts";

export interface CancelTrainingPorts {
  readonly transaction: RunInTransaction;
  readonly runs: Pick<RunStore, "lock" | "setStatus" | "update">;
  readonly journal: Pick<RunJournal, "append">;
  readonly jobs: Pick<TrainingJobs, "withdraw">;
  readonly bus: Pick<EventBus, "requestCancel" | "requestScore">;
}

/** @throws NotFound */
export const cancelTraining =
  (ports: CancelTrainingPorts): Services["cancelTraining"] =>
  (runId, { score = false } = {}) =>
    ports.transaction(async (tx) => {
      const { run } = await (score ? scoreIn : cancelIn)(ports, tx, runId);
      if (!run) throw new NotFound(`there is no run ${runId}`);
      return run;
    });

interface Cancelled {
  /** Null: there is none. */
  readonly run: Run | null;
  /** Whether it had neither ended nor been asked to stop before. */
  readonly isNew: boolean;
}

async function cancelIn(
  { runs, journal, jobs, bus }: CancelTrainingPorts,
  tx: Transaction,
  id: string,
): Promise<Cancelled> {
  // The lock decides between this and a worker that is just taking the run.
  const run = await runs.lock(tx, id);
  if (!run || isFinal(run.status)) return { run, isNew: false };
  if (run.status === "RUNNING") {
    await bus.requestCancel(tx, id);
    if (run.cancelRequestedAt) return { run, isNew: false };
    // A worker that does not hear it still finds it written with its next epoch.
    return { run: await runs.update(tx, id, { cancelRequestedAt: new Date() }), isNew: true };
  }
  await jobs.withdraw(tx, id);
  await journal.append(tx, id, { kind: "status", status: "CANCELLED", message: cancelledWaiting });
  const ended = { cancelRequestedAt: new Date(), finishedAt: new Date() };
  return { run: await runs.setStatus(tx, id, "CANCELLED", ended), isNew: true };
}

/** Ends the training with the scores of its best epoch; where no epoch is through there is nothing to score. */
async function scoreIn(ports: CancelTrainingPorts, tx: Transaction, id: string): Promise<Cancelled> {
  const { runs, bus } = ports;
  const run = await runs.lock(tx, id);
  if (!run || isFinal(run.status)) return { run, isNew: false };
  if (run.status === "QUEUED" && run.epoch === 0) return cancelIn(ports, tx, id);
  // Who asked to discard it was told so.
  if (run.cancelRequestedAt) return { run, isNew: false };
  if (run.status === "RUNNING") await bus.requestScore(tx, id);
  if (run.scoreRequestedAt) return { run, isNew: false };
  // Stored with the run: a worker that did not hear it, or that takes the run over, finds it there.
  return { run: await runs.update(tx, id, { scoreRequestedAt: new Date() }), isNew: true };
}

/** Runs of one transaction: 0.6 s on a busy machine (30 ms a run), far from the 15 s that a transaction may take. */
const atATime = 20;

/** @throws NotFound */
export const cancelExperiment =
  (
    ports: CancelTrainingPorts & { readonly experiments: Pick<ExperimentStore, "find" | "runsOf"> },
  ): Services["cancelExperiment"] =>
  async (id) => {
    const experiment = await ports.experiments.find(id);
    if (!experiment) throw new NotFound(`there is no experiment ${id}`);
    const open = (await ports.experiments.runsOf(id)).filter(({ status }) => !isFinal(status));
    // The newest first: what waits must not begin while others are being cancelled.
    const newestFirst = open.map((run) => run.id).reverse();
    for (let first = 0; first < newestFirst.length; first += atATime)
      await ports.transaction(async (tx) => {
        for (const runId of newestFirst.slice(first, first + atATime)) await cancelIn(ports, tx, runId);
      });
    return experiment;
  };

export interface CancelTrainingsPorts extends CancelTrainingPorts {
  readonly runs: CancelTrainingPorts["runs"] & Pick<RunStore, "list">;
}

/** The latest are cancelled first. Runs that are started meanwhile stay; safe to repeat, and after a failure to be repeated. */
export const cancelTrainings =
  (ports: CancelTrainingsPorts): Services["cancelTrainings"] =>
  async (filter) => {
    const unfinished = (filter.status ?? runStatuses).filter((status) => !isFinal(status));
    let cancelled = 0;
    let after: string | null = null;
    for (;;) {
      const page: Page<Run> = await ports.runs.list(
        { first: atATime, after },
        { ...filter, status: unfinished },
      );
      await ports.transaction(async (tx) => {
        for (const { node } of page.items) if ((await cancelIn(ports, tx, node.id)).isNew) cancelled++;
      });
      after = page.items.at(-1)?.cursor ?? null;
      if (!page.hasNextPage) return cancelled;
    }
  };

const cancelledWaiting = "Cancelled before training began.";
