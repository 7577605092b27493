/** What a worker needs of the outside; main.worker.ts wires it. */
import type { EngineName, RunStatus } from "../domain/run.ts";
import type { Engine } from "../engine/engine.ts";
import type { CheckpointStore } from "../ports/checkpoints.ts";
import type { EventBus, RunJournal } from "../ports/live.ts";
import type { RunStore, TrainingJobs } from "../ports/runs.ts";
import type { PriceSeriesStore } from "../ports/series.ts";
import type { RunInTransaction, Shortage } from "../ports/transaction.ts";
import type { EngineFinding, WorkerRegistry } from "../ports/workers.ts";

/** Where runs train beside each other: so many small ones on a processor, so many of one company (company.ts) on a card. */
export interface BesideEachOther {
  readonly onProcessor: number;
  readonly onCard: number;
}

export interface TakenJob {
  readonly runId: string;
  /** Aborts when the queue has taken the job away from this worker. */
  readonly signal: AbortSignal;
}

export type HandleJob = (job: TakenJob) => Promise<"done" | "give back">;

export interface JobSource {
  /** Takes one job at a time, beside others who take. @returns the way to stop; a job in hand goes on. */
  work(handle: HandleJob): Promise<() => Promise<void>>;
  /** All who take stop. */
  stopTaking(): Promise<void>;
  offerAgain: TrainingJobs["offerAgain"];
}

/** Gives the device to one worker at a time. */
export interface DeviceTurns {
  /** Calls `begin` when this worker gets the device and `end` when it loses it, in turn, until `release`. */
  contend(turn: { begin(): Promise<void>; end(): Promise<void> }): void;
  release(): Promise<void>;
}

/** What the terminal shows of a training. */
export interface TrainingProgress {
  readonly runName: string;
  readonly status: RunStatus;
  readonly epoch: number;
  readonly epochs: number;
  readonly trainLoss: number | null;
  readonly validationLoss: number | null;
  readonly etaMs: number | null;
}

export interface WorkerLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

export interface StorePatience {
  /** Before the run is given back. */
  readonly patienceMs: number;
  /** For a training that is to stop. */
  readonly lastTryMs: number;
}

export interface TrainRunPorts {
  readonly transaction: RunInTransaction;
  readonly series: Pick<PriceSeriesStore, "columns" | "findById" | "findVersions">;
  readonly runs: Pick<
    RunStore,
    | "find"
    | "lock"
    | "setStatus"
    | "update"
    | "epochs"
    | "recordEpochs"
    | "recordScores"
    | "recordCoverage"
    | "recordModel"
    | "recordPredictions"
    | "dropPredictions"
  >;
  readonly journal: Pick<RunJournal, "append" | "appendAll">;
  readonly checkpoints: CheckpointStore;
  readonly bus: Pick<EventBus, "onCancelRequest" | "onScoreRequest" | "onReconnect">;
  /** What the probe at the start found on this machine. */
  readonly engines: readonly EngineFinding[];
  readonly loadEngine: (name: EngineName) => Promise<Engine>;
  /** Whether an error means that the database is away, so that the same again may succeed. */
  readonly isDatabaseAway: (error: unknown) => boolean;
  /** What the database is short of, such as space, where that is the trouble. */
  readonly shortageOf: (error: unknown) => Shortage | null;
  /** How long to wait for a store of checkpoints that is away; by default about a minute. */
  readonly storePatience?: StorePatience;
  readonly onProgress: (progress: TrainingProgress) => void;
  readonly log: WorkerLog;
}

export interface WorkerPorts extends TrainRunPorts {
  readonly jobs: JobSource;
  readonly device: DeviceTurns;
  /** How many runs train beside each other at most; 1 when absent. */
  readonly besideEachOther?: BesideEachOther;
  readonly workers: WorkerRegistry;
}
