/** What the use cases need of the outside. Implemented by db/, queue/ and events/; wired in compose.ts. */
import type { Bar, BarTable, PriceSeries } from "../domain/price-series.ts";
import type { EngineName, Epoch, RequestedEngine, Run, RunError, RunStatus, Split } from "../domain/run.ts";
import type { RunEvent, RunEventBody } from "../domain/run-event.ts";
import type { PredictionColumns, SplitPredictions, SplitScores } from "../domain/scores.ts";
import type { TrainingConfig } from "../domain/training-config.ts";

declare const transactionBrand: unique symbol;
/** A database transaction in progress; only db/ knows what it is. */
export interface Transaction {
  readonly [transactionBrand]: true;
}
/** Runs `work` in one transaction: all of it is stored, or nothing. */
export type RunInTransaction = <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>;

/** The database is there but short of something, and can store nothing until it has it: in sentences for now and for later. */
export interface Shortage {
  readonly is: string;
  readonly was: string;
}

export interface PageRequest {
  readonly first: number;
  /** Opaque, from an earlier page. */
  readonly after?: string | null;
}
export interface Page<T> {
  readonly items: readonly { readonly cursor: string; readonly node: T }[];
  readonly totalCount: number;
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

export interface TimeRange {
  /** Inclusive. */
  readonly from?: Date | null;
  /** Inclusive. */
  readonly to?: Date | null;
}

export interface SeriesIdentity {
  readonly symbol: string;
  readonly name: string | null;
  readonly currency: string | null;
  readonly timezone: string;
}
export interface MergeResult {
  /** Null for a dry run of a series that does not exist yet. */
  readonly series: PriceSeries | null;
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
}
/** Says where bars go in a series, given the times that it has, ascending. May throw: then nothing is stored. */
export type PlaceBars = (known: Float64Array) => BarTable;
export interface PriceSeriesStore {
  findById(id: string): Promise<PriceSeries | null>;
  findBySymbol(symbol: string): Promise<PriceSeries | null>;
  findMany(ids: readonly string[]): Promise<PriceSeries[]>;
  /** By symbol; `search` matches symbol and name, case-insensitive. */
  list(page: PageRequest, search?: string | null): Promise<Page<PriceSeries>>;
  /** Creates the series or adds to it; existing bars are updated. One transaction; two at once take turns. */
  merge(
    identity: SeriesIdentity,
    bars: BarTable | PlaceBars,
    options: { dryRun: boolean },
  ): Promise<MergeResult>;
  bars(seriesId: string, page: PageRequest, range: TimeRange): Promise<Page<Bar>>;
  columns(seriesId: string, range?: TimeRange): Promise<BarTable>;
}

export interface NewRun {
  readonly name: string;
  readonly seriesId: string;
  readonly seriesContentHash: string;
  readonly config: TrainingConfig;
  readonly requestedEngine: RequestedEngine;
  readonly priority: number;
  readonly warnings: readonly string[];
  readonly idempotencyKey: string | null;
  /** Of the request that used the key: tells a repetition from another request. */
  readonly requestHash: string | null;
}
export interface RunFilter {
  readonly status?: readonly RunStatus[] | null;
  readonly seriesId?: string | null;
  readonly search?: string | null;
}
/** What may change together with a run's status. */
export interface RunPatch {
  readonly engine?: EngineName;
  readonly device?: string;
  readonly startedAt?: Date;
  readonly finishedAt?: Date;
  readonly epoch?: number;
  readonly bestEpoch?: number;
  readonly etaMs?: number | null;
  readonly seriesContentHash?: string;
  readonly error?: RunError;
  readonly warnings?: readonly string[];
  readonly attempts?: number;
  readonly lostAttempts?: number;
  readonly cancelRequestedAt?: Date;
}
export interface RunStore {
  /** @throws Conflict when another run has its idempotency key. */
  create(tx: Transaction, run: NewRun): Promise<Run>;
  find(id: string): Promise<Run | null>;
  /** Locks the row until the transaction ends: who holds it decides what the run becomes. */
  lock(tx: Transaction, id: string): Promise<Run | null>;
  findMany(ids: readonly string[]): Promise<Run[]>;
  findByIdempotencyKey(key: string): Promise<{ run: Run; requestHash: string | null } | null>;
  /** Newest first; `search` matches the run's name and the series' symbol, case-insensitive. */
  list(page: PageRequest, filter: RunFilter): Promise<Page<Run>>;
  /** Places of those that wait, from 1: the higher priority first, then the older run. As the queue hands them out. */
  queuePositions(ids: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /**
   * How many runs wait. Until the transaction ends no other one can count them this way: who stores a run according to
   * the number that it was told makes no mistake.
   */
  countWaiting(tx: Transaction): Promise<number>;
  /** How many runs there are at all. */
  count(): Promise<number>;
  /** @throws Error when nextStatuses does not allow it: callers lock and look first. */
  setStatus(tx: Transaction, id: string, status: RunStatus, patch?: RunPatch): Promise<Run>;
  update(tx: Transaction, id: string, patch: RunPatch): Promise<Run>;
  /** Stores the epochs, or overwrites those that a resumed run trained again. Each at most once a call. */
  recordEpochs(tx: Transaction, id: string, epochs: readonly Epoch[]): Promise<void>;
  /** In place of those from before. */
  recordScores(tx: Transaction, id: string, scores: readonly SplitScores[]): Promise<void>;
  /** Adds some of them, or stores them again. */
  recordPredictions(tx: Transaction, id: string, predictions: readonly SplitPredictions[]): Promise<void>;
  /** Of a run that did not come to its end. */
  dropPredictions(tx: Transaction, id: string): Promise<void>;
  epochs(ids: readonly string[]): Promise<ReadonlyMap<string, readonly Epoch[]>>;
  scores(ids: readonly string[]): Promise<ReadonlyMap<string, readonly SplitScores[]>>;
  predictions(id: string, split: Split, step: number): Promise<PredictionColumns | null>;
}

/** The run's events: stored and announced in one transaction, so that nobody hears of what is not stored. */
export interface RunJournal {
  append(tx: Transaction, runId: string, body: RunEventBody): Promise<RunEvent>;
  /** In this order, with numbers that follow each other. */
  appendAll(tx: Transaction, runId: string, bodies: readonly RunEventBody[]): Promise<RunEvent[]>;
  /** Ascending, sequence > after, at most `limit`. */
  read(runId: string, after: number, limit: number): Promise<RunEvent[]>;
}

/** Tells every process, once the transaction commits. */
export interface Announcer {
  /** @param events of one run, in order. */
  runEvents(tx: Transaction, events: readonly RunEvent[]): Promise<void>;
  runChanged(tx: Transaction, runId: string): Promise<void>;
}

/** Hears what any process announced after its transaction. May miss things while the database is away: `onReconnect` says so. */
export interface EventBus {
  /** Events of one run, in order; those too long for a notification come without `event`. Returns the way to stop. */
  onRunEvent(
    runId: string,
    listener: (heard: { sequence: number; event: RunEvent | null }) => void,
  ): () => void;
  /** Ids of runs that were created or changed. */
  onRunChange(listener: (runId: string) => void): () => void;
  onCancelRequest(listener: (runId: string) => void): () => void;
  onReconnect(listener: () => void): () => void;
  requestCancel(tx: Transaction, runId: string): Promise<void>;
}

export interface TrainingJobs {
  enqueue(tx: Transaction, runId: string, options?: { priority?: number }): Promise<void>;
  /** Takes a waiting job of the run away; harmless when there is none. */
  withdraw(tx: Transaction, runId: string): Promise<void>;
  /** Offers the run again, about a second later, that a worker had taken who is no more. */
  offerAgain(tx: Transaction, runId: string): Promise<void>;
}

export interface CheckpointBytes {
  /** Epochs finished when it was taken. */
  readonly epoch: number;
  readonly state: Uint8Array;
}
/** A checkpoint whose bytes lie where they will stay; it counts once it is saved. */
export type PlacedCheckpoint = { readonly epoch: number; readonly checksum: string } & (
  | { readonly state: Uint8Array }
  | { readonly object: string; readonly bytes: number }
);
/** Trained states as bytes: the last two of each run, with the best epoch's weights within. */
export interface CheckpointStore {
  /** To be done before the transaction that saves it, so that a row never names what is not there. @throws StoreAway */
  place(runId: string, checkpoint: CheckpointBytes): Promise<PlacedCheckpoint>;
  /** Saving the same again changes nothing. */
  save(tx: Transaction, runId: string, checkpoint: PlacedCheckpoint): Promise<void>;
  /** The newest whose checksum is right. @throws StoreAway */
  latest(runId: string): Promise<CheckpointBytes | null>;
  /** The run has ended: only the newest is kept. */
  settle(tx: Transaction, runId: string): Promise<void>;
}

/** Bytes under addresses of its own, outside of the database. Every method throws StoreAway. */
export interface ObjectStore {
  /** What all its addresses begin with. */
  readonly address: string;
  /** @returns the address, under which nothing else was or will be. */
  put(folder: string, bytes: Uint8Array): Promise<string>;
  /** Null: there is no such object. */
  get(address: string): Promise<Uint8Array | null>;
  /** Harmless for one that is gone. */
  delete(address: string): Promise<void>;
  /** Addresses of all in the folder. */
  list(folder: string): Promise<string[]>;
}

export interface EngineFinding {
  readonly engine: EngineName;
  readonly available: boolean;
  readonly detail: string;
  readonly device: string | null;
  readonly batchMs: number | null;
}
export type WorkerStatus = "IDLE" | "BUSY" | "LOST";
export interface WorkerInfo {
  readonly id: string;
  readonly host: string;
  readonly device: string;
  readonly status: WorkerStatus;
  readonly lastSeenAt: Date;
  readonly currentRunId: string | null;
  readonly engines: readonly EngineFinding[];
}
export interface WorkerRegistry {
  register(worker: {
    id: string;
    host: string;
    device: string;
    /** What it takes turns on with others. */
    sharedDevice: string;
    engines: readonly EngineFinding[];
  }): Promise<void>;
  beat(id: string, currentRunId: string | null): Promise<void>;
  /** The worker left in good order and is listed no more. */
  leave(id: string): Promise<void>;
  /**
   * Holds those for lost, from now on, that train on this device without being `holderId`, who has it.
   * @returns the runs that they trained.
   */
  loseOthersOn(sharedDevice: string, holderId: string): Promise<string[]>;
  /** Present workers, and those lost within the last hour. */
  list(): Promise<WorkerInfo[]>;
}
