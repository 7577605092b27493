/**
 * What the last holder of a device left behind. Whoever has the device's lock knows that the holder before is gone, and
 * need not wait until it is held for lost: the run that it trained goes back to the queue now.
 */
import { isFinal } from "../domain/run.ts";
import type { RunJournal } from "../ports/live.ts";
import type { RunStore, TrainingJobs } from "../ports/runs.ts";
import type { RunInTransaction } from "../ports/transaction.ts";
import type { WorkerRegistry } from "../ports/workers.ts";
import { requeueLostRun } from "./requeue-lost-runs.ts";

export interface TakeOverDevicePorts {
  readonly transaction: RunInTransaction;
  readonly runs: Pick<RunStore, "lock" | "setStatus" | "update">;
  readonly journal: Pick<RunJournal, "append">;
  readonly workers: Pick<WorkerRegistry, "loseOthersOn" | "list">;
  readonly jobs: Pick<TrainingJobs, "offerAgain">;
}

/** @returns how many runs the queue offers again, about a second from now. */
export const takeOverDevice =
  ({ transaction, runs, journal, workers, jobs }: TakeOverDevicePorts) =>
  async (deviceSlot: string, holderId: string): Promise<number> => {
    const left = await workers.loseOthersOn(deviceSlot, holderId);
    if (left.length === 0) return 0;
    // One that was lost long ago may be in other hands by now.
    const trained = new Set((await workers.list()).flatMap(({ currentRunIds }) => currentRunIds));
    let offered = 0;
    for (const id of left.filter((runId) => !trained.has(runId))) {
      await transaction(async (tx) => {
        const run = await runs.lock(tx, id);
        if (!run || isFinal(run.status)) return;
        // Where another process noticed first the run is queued, but its job is still held by the one who is gone.
        const { status } = run.status === "RUNNING" ? await requeueLostRun({ runs, journal }, tx, run) : run;
        await jobs.offerAgain(tx, id);
        if (status === "QUEUED") offered++;
      });
    }
    return offered;
  };
