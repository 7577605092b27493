/** Gives runs whose worker vanished back to the queue, so that no run says RUNNING when nobody trains it. */

import type { RunJournal } from "../ports/live.ts";
import type { Run, RunStore } from "../ports/runs.ts";
import type { RunInTransaction, Transaction } from "../ports/transaction.ts";
import type { WorkerRegistry } from "../ports/workers.ts";

/** A run that took so many workers with it takes no more. */
const mostLostAttempts = 3;

interface RequeuePorts {
  readonly runs: Pick<RunStore, "lock" | "setStatus" | "update">;
  readonly journal: Pick<RunJournal, "append">;
}

/** What becomes of a locked run that nobody trains although it says RUNNING. Its job is with the queue already. */
export async function requeueLostRun(
  { runs, journal }: RequeuePorts,
  tx: Transaction,
  { id, epoch, lostAttempts, cancelRequestedAt }: Run,
): Promise<Run> {
  const lost = { lostAttempts: lostAttempts + 1, etaMs: null };
  if (cancelRequestedAt) {
    await journal.append(tx, id, { kind: "status", status: "CANCELLED", message: cancelled });
    return runs.setStatus(tx, id, "CANCELLED", { ...lost, finishedAt: new Date() });
  }
  if (lost.lostAttempts >= mostLostAttempts) {
    await journal.append(tx, id, { kind: "status", status: "FAILED", message: givenUp });
    const error = { code: "WORKER_LOST", message: givenUp } as const;
    return runs.setStatus(tx, id, "FAILED", { ...lost, error, finishedAt: new Date() });
  }
  const where = epoch > 0 ? `It goes on after epoch ${epoch}` : "It starts again";
  const message = `The worker that trained it was lost. ${where} as soon as a worker is free.`;
  await journal.append(tx, id, { kind: "status", status: "QUEUED", message });
  return runs.setStatus(tx, id, "QUEUED", lost);
}

const cancelled = "Cancelled. The worker that trained it was lost meanwhile.";
const givenUp =
  `The worker that trained it was lost ${mostLostAttempts} times, so it is not tried again. ` +
  "The machine may run out of memory: try a smaller batch or smaller layers.";

export interface RequeueLostRunsPorts extends RequeuePorts {
  readonly transaction: RunInTransaction;
  readonly runs: RequeuePorts["runs"] & Pick<RunStore, "list">;
  readonly workers: Pick<WorkerRegistry, "list">;
}

/** Looks once. Any number of processes may look, as often as they like. @returns how many runs were lost. */
export const requeueLostRuns =
  ({ transaction, runs, journal, workers }: RequeueLostRunsPorts) =>
  async (): Promise<number> => {
    const running = await runs.list({ first: 500 }, { status: ["RUNNING"] });
    if (running.items.length === 0) return 0;
    // Read after the runs: a worker says what it trains before the run says RUNNING.
    const present = await workers.list();
    const trained = new Set(present.flatMap(({ currentRunIds }) => currentRunIds));
    let requeued = 0;
    for (const { node: seen } of running.items.filter(({ node }) => !trained.has(node.id))) {
      await transaction(async (tx) => {
        const run = await runs.lock(tx, seen.id);
        // Another attempt may have begun since.
        if (run?.status !== "RUNNING" || run.attempts !== seen.attempts) return;
        await requeueLostRun({ runs, journal }, tx, run);
        requeued++;
      });
    }
    return requeued;
  };

const lookEveryMs = 3_000;

/**
 * Looks once before it resolves, then again and again, in every process: a worker that was the only one cannot be missed by
 * others of its kind. The first look is a process's first use of Prisma, which holds the event loop for 0.1 s while it loads its
 * compiler of queries (WebAssembly): whoever awaits this has that behind it before it serves anyone.
 */
export async function lookForLostRuns(
  ports: RequeueLostRunsPorts,
  onError: (error: unknown) => void,
): Promise<{ stop(): void }> {
  const look = requeueLostRuns(ports);
  await look().catch(onError);
  let looking = false;
  const timer = setInterval(async () => {
    if (looking) return;
    looking = true;
    await look().catch(onError);
    looking = false;
  }, lookEveryMs);
  return { stop: () => clearInterval(timer) };
}
