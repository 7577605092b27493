/** What a worker keeps of one run while it has it: made when the run is claimed, dropped when the job ends. */
import type { Epoch } from "../domain/run.ts";
import type { Run } from "../ports/runs.ts";
import { claimRun } from "./claim.ts";
import { type Patiently, patience } from "./patience.ts";
import { patientCheckpoints } from "./patient-checkpoints.ts";
import type { TakenJob, TrainRunPorts } from "./ports.ts";
import { createShortageNotes, type ShortageNotes } from "./shortage-notes.ts";
import type { StopSignal } from "./stop-signal.ts";

export interface TrainingSession {
  /** Their `transaction` and `checkpoints` wait for a database or a store that is away. */
  readonly ports: TrainRunPorts;
  /** Repeats a read until the database answers. */
  readonly patiently: Patiently;
  readonly stop: StopSignal;
  /** That the run waited for the database, until its log says so. */
  readonly shortages: ShortageNotes;
  /** As it was last stored. Its `attempts` are this worker's claim: see claim.ts. */
  run: Run;
  /** Of the epoch that was last stored. */
  losses: Pick<Epoch, "trainLoss" | "validationLoss"> | null;
}

/** Claims the run. @returns null when there is nothing to train. */
export async function openSession(
  ports: TrainRunPorts,
  job: TakenJob,
  draining: AbortSignal,
  stop: StopSignal,
): Promise<TrainingSession | null> {
  const shortages = createShortageNotes();
  const database = {
    name: "the database",
    is: ports.isDatabaseAway,
    shortageOf: ports.shortageOf,
    onShortage: shortages.note,
  };
  const patiently = patience(database, ports.log, AbortSignal.any([draining, job.signal]));
  const patient: TrainRunPorts = {
    ...ports,
    transaction: (work) => patiently(() => ports.transaction(work)),
    checkpoints: patientCheckpoints(ports, stop),
  };
  const run = await claimRun(patient, job.runId);
  return run && { ports: patient, patiently, stop, shortages, run, losses: null };
}

/** Shows the progress in the terminal. */
export function tellProgress({ ports, run, losses }: TrainingSession): void {
  ports.onProgress({
    runName: run.name,
    status: run.status,
    epoch: run.epoch,
    epochs: run.config.epochs,
    etaMs: run.etaMs,
    trainLoss: losses?.trainLoss ?? null,
    validationLoss: losses?.validationLoss ?? null,
  });
}
