/**
 * A worker's claim on a run. The queue gives the job to one worker at a time. Every write checks the number of the attempt
 * under the row's lock, so that a worker which was taken for dead cannot write any more.
 */
import { isFinal } from "../domain/run.ts";
import type { Run, RunStore } from "../ports/runs.ts";
import type { Transaction } from "../ports/transaction.ts";
import { chooseEngine } from "../services/choose-engine.ts";
import { requeueLostRun } from "../services/requeue-lost-runs.ts";
import type { TrainRunPorts } from "./ports.ts";
import { messageOf } from "./run-errors.ts";

export interface Claim {
  readonly runId: string;
  readonly attempt: number;
}

/** The run went on without us: another worker has it, or it has ended. Nothing may be written. */
export class ClaimLost extends Error {}

/** Locks the run for a write by its claimer. @throws ClaimLost */
export async function lockClaimed(
  { runs }: { readonly runs: Pick<RunStore, "lock"> },
  tx: Transaction,
  { runId, attempt }: Claim,
): Promise<Run> {
  const run = await runs.lock(tx, runId);
  if (run?.status === "RUNNING" && run.attempts === attempt) return run;
  throw new ClaimLost(
    `run ${runId} is ${run ? `${run.status} in attempt ${run.attempts}` : "gone"}, not ours`,
  );
}

/** @returns the run as this worker begins or resumes it; null when nothing is to be trained. */
export function claimRun(ports: TrainRunPorts, runId: string): Promise<Run | null> {
  const { runs, journal, engines } = ports;
  let mine: number | null = null;
  return ports.transaction(async (tx) => {
    let run = await runs.lock(tx, runId);
    // An earlier try of this transaction was committed, and its answer was lost.
    if (run?.status === "RUNNING" && run.attempts === mine) return run;
    // The queue gave the job to us, so whoever was training it has lost it.
    if (run?.status === "RUNNING") run = await requeueLostRun(ports, tx, run);
    if (!run || isFinal(run.status)) return null;
    const choice = chooseEngine(run.requestedEngine, run.engine, engines);
    if (!choice) throw new Error("a worker without a usable engine must not take jobs");
    const { engine, device, warning } = choice;
    const status = "RUNNING";
    if (warning) {
      await journal.append(tx, runId, { kind: "log", level: "WARNING", message: warning });
    }
    const message =
      run.epoch > 0 ? messageOf.resumed(run.epoch, engine, device) : messageOf.started(engine, device);
    await journal.append(tx, runId, { kind: "status", status, message });
    mine = run.attempts + 1;
    return runs.setStatus(tx, runId, status, {
      engine,
      device,
      startedAt: run.startedAt ?? new Date(),
      attempts: mine,
      ...(warning && { warnings: [...run.warnings, warning] }),
    });
  });
}

/**
 * Takes one lost worker off a run's count: this worker lives, and only the database was away for longer than the lease. Three
 * lost workers end a run, so a weak network must not count.
 */
export function takeBackLoss(ports: TrainRunPorts, claimed: Run): Promise<void> {
  return ports.transaction(async (tx) => {
    const run = await ports.runs.lock(tx, claimed.id);
    if (!run || isFinal(run.status) || run.lostAttempts <= claimed.lostAttempts) return;
    await ports.runs.update(tx, run.id, { lostAttempts: run.lostAttempts - 1 });
  });
}
