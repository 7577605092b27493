/** Runs, what is known of each, and the jobs that train them. db/ and queue/ implement it. */
import type { LossesSoFar } from "../domain/attention.ts";
import type { NamedForecaster } from "../domain/forecaster.ts";
import type {
  BoundedPredictions,
  Coverage,
  ForecasterScores,
  LeakTest,
  OtherPredictions,
  SplitPredictions,
  SplitScores,
  StepScores,
} from "../domain/results.ts";
import type { EngineName, Epoch, RequestedEngine, RunError, RunStatus, Split } from "../domain/run.ts";
import type { RunFigures, SeriesLeader } from "../domain/standings.ts";
import type { Condition } from "../recipe/run-columns/condition.ts";
import type { RunCell, RunColumn } from "../recipe/run-columns/run-column.ts";
import type { TrainingConfig } from "../recipe/training-config.ts";
import type { Page, PageRequest } from "./pages.ts";
import type { Transaction } from "./transaction.ts";

/** A training run, from the request to its scores. */
export interface Run extends LossesSoFar {
  readonly id: string;
  readonly name: string;
  readonly status: RunStatus;
  readonly seriesId: string;
  /** The bars that it is trained on, whatever is imported later. */
  readonly seriesVersionId: string;
  readonly config: TrainingConfig;
  readonly requestedEngine: RequestedEngine;
  /** Among waiting runs the higher one is trained first. */
  readonly priority: number;
  /** What really trained it. */
  readonly engine: EngineName | null;
  readonly device: string | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  /** Epochs finished so far. */
  readonly epoch: number;
  /** The epoch whose weights made the scores and predictions. */
  readonly bestEpoch: number | null;
  readonly etaMs: number | null;
  /** What the naive forecast has where the run validates, in the units of its validation loss; null until a worker knows it. */
  readonly naiveLoss: number | null;
  /** Whether its predictions of the test hardly change. */
  readonly isConstant: boolean;
  readonly lastSequence: number;
  readonly cancelRequestedAt: Date | null;
  /** Someone asked to stop the training and to score its best epoch. */
  readonly scoreRequestedAt: Date | null;
  readonly error: RunError | null;
  readonly warnings: readonly string[];
  readonly idempotencyKey: string | null;
  /** How often a worker has begun or resumed it. */
  readonly attempts: number;
  /** How often its worker vanished while it trained. */
  readonly lostAttempts: number;
  /** What its scores say, in a sentence; null until it succeeded, and for runs from before there were any. */
  readonly verdict: string | null;
  readonly leakTest: LeakTest | null;
  /** Which volatility forecast scales its intervals. */
  readonly intervalSource: string | null;
  /** The group that it belongs to. */
  readonly experimentId: string | null;
  /** The schedule that started it. */
  readonly scheduleId: string | null;
  /** What people add to find it again, in the order of the alphabet. */
  readonly tags: readonly string[];
  readonly note: string | null;
  /** When it was put out of sight; null while it is not. */
  readonly archivedAt: Date | null;
}

/** What people say of runs. Absent: as it is. */
export interface RunNotes {
  readonly name?: string;
  readonly addTags?: readonly string[];
  readonly removeTags?: readonly string[];
  readonly note?: string | null;
  readonly archived?: boolean;
}

export interface NewRun {
  readonly name: string;
  readonly seriesId: string;
  readonly seriesVersionId: string;
  readonly config: TrainingConfig;
  readonly requestedEngine: RequestedEngine;
  readonly priority: number;
  readonly warnings: readonly string[];
  readonly idempotencyKey: string | null;
  /** Of the request that used the key: tells a repetition from another request. */
  readonly requestHash: string | null;
  /** The group that it belongs to. */
  readonly experimentId: string | null;
  /** The schedule that started it. */
  readonly scheduleId: string | null;
}
export interface RunFilter {
  readonly status?: readonly RunStatus[] | null;
  readonly seriesId?: string | null;
  readonly experimentId?: string | null;
  /** Part of the name, the series' symbol or name, a tag or the note, in any case. */
  readonly search?: string | null;
  /** Those in these states are found by the search, too; means nothing without it. */
  readonly searchStatus?: readonly RunStatus[] | null;
  /** One of its tags, in any case. */
  readonly tag?: string | null;
  /** Absent or null: both. */
  readonly archived?: boolean | null;
  readonly beatsNaive?: boolean | null;
  readonly expression?: Condition | null;
}
/** Runs without a value come last both ways; equal ones are in the order of their creation. */
export interface RunListOrder {
  /** Null: when they were created. */
  readonly column: RunColumn | null;
  readonly descending: boolean;
}
/** What may change together with a run's status. */
export interface RunPatch extends Partial<LossesSoFar> {
  readonly engine?: EngineName;
  readonly device?: string;
  readonly startedAt?: Date;
  readonly finishedAt?: Date | null;
  readonly epoch?: number;
  readonly bestEpoch?: number;
  readonly etaMs?: number | null;
  readonly naiveLoss?: number;
  readonly isConstant?: boolean;
  readonly priority?: number;
  readonly error?: RunError;
  readonly warnings?: readonly string[];
  readonly attempts?: number;
  readonly lostAttempts?: number;
  readonly cancelRequestedAt?: Date | null;
  readonly scoreRequestedAt?: Date | null;
  readonly verdict?: string | null;
  readonly leakTest?: LeakTest;
  readonly intervalSource?: string | null;
}
export interface RunStore {
  /** @throws Conflict when another run has its idempotency key, NotFound when its series or version is gone */
  create(tx: Transaction, run: NewRun): Promise<Run>;
  find(id: string): Promise<Run | null>;
  /** Locks the row until the transaction ends: only the holder of the lock may change the status. */
  lock(tx: Transaction, id: string): Promise<Run | null>;
  /** Locks those that there are, each once, until the transaction ends. */
  lockAll(tx: Transaction, ids: readonly string[]): Promise<readonly Pick<Run, "id" | "name" | "status">[]>;
  /** Of runs that the caller has locked. */
  annotate(tx: Transaction, ids: readonly string[], notes: RunNotes): Promise<readonly Run[]>;
  /** The run that others of its series are compared with from now on; null: none. */
  pinBaseline(tx: Transaction, seriesId: string, runId: string | null): Promise<void>;
  /** Of series that have one: its run, by the series. */
  baselines(seriesIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** With everything that belongs to them but objects in a store and jobs. Announces it to followers. */
  delete(tx: Transaction, ids: readonly string[]): Promise<void>;
  findMany(ids: readonly string[]): Promise<Run[]>;
  findByIdempotencyKey(key: string): Promise<{ run: Run; requestHash: string | null } | null>;
  /** Newest first unless told otherwise. @throws InvalidInput for a cursor of another order */
  list(page: PageRequest, filter: RunFilter, order?: RunListOrder): Promise<Page<Run>>;
  /** Of each run one for each column, in their order. */
  cells(
    ids: readonly string[],
    columns: readonly RunColumn[],
  ): Promise<ReadonlyMap<string, readonly RunCell[]>>;
  /** Those in use, the most used first, at most 200. */
  tags(): Promise<readonly string[]>;
  /** Places of those that wait, from 1: the higher priority first, then the older run. As the queue hands them out. */
  queuePositions(ids: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /**
   * How many runs wait. No other transaction can count them this way until this one ends, so the number stays true while
   * the caller stores a run.
   */
  countWaiting(tx: Transaction): Promise<number>;
  /** @param since of runs that have ended */
  figures(since: Date): Promise<RunFigures>;
  /** One a series, that which was last trained on first. */
  seriesLeaders(most: number): Promise<readonly SeriesLeader[]>;
  /** How many runs there are at all. */
  count(): Promise<number>;
  /** Locks runs that were queued on a series, or with one of its columns beside their own, until the transaction ends, the oldest first. */
  lockOfSeries(tx: Transaction, seriesId: string, most: number): Promise<Pick<Run, "id" | "status">[]>;
  /** Of the same runs. */
  countOfSeries(seriesId: string): Promise<{ all: number; running: number }>;
  /** @throws Error when nextStatuses does not allow it: callers lock and look first. */
  setStatus(tx: Transaction, id: string, status: RunStatus, patch?: RunPatch): Promise<Run>;
  update(tx: Transaction, id: string, patch: RunPatch): Promise<Run>;
  /** Stores the epochs, or overwrites those that a resumed run trained again. Each at most once a call. */
  recordEpochs(tx: Transaction, id: string, epochs: readonly Epoch[]): Promise<void>;
  /** In place of those from before. */
  recordScores(tx: Transaction, id: string, scores: readonly ForecasterScores[]): Promise<void>;
  /** Beside those that there are, or in place of the same forecaster's. */
  addScores(tx: Transaction, id: string, scores: readonly ForecasterScores[]): Promise<void>;
  /** In place of those from before. */
  recordCoverage(tx: Transaction, id: string, coverage: readonly Coverage[]): Promise<void>;
  /** The finished network with all that it needs to forecast (server/forecasting/trained-model.ts). */
  recordModel(tx: Transaction, id: string, model: Uint8Array): Promise<void>;
  /** Adds some of them, or stores them again. */
  recordPredictions(tx: Transaction, id: string, predictions: readonly SplitPredictions[]): Promise<void>;
  /** What another forecaster says of targets that are stored already; in place of what it said before. */
  addPredictions(
    tx: Transaction,
    id: string,
    of: { readonly split: Split; readonly step: number },
    other: OtherPredictions,
  ): Promise<void>;
  /** Of a run that did not come to its end. */
  dropPredictions(tx: Transaction, id: string): Promise<void>;
  epochs(ids: readonly string[]): Promise<ReadonlyMap<string, readonly Epoch[]>>;
  /**
   * The validation losses (the training's where nothing validates) of at most so many epochs with even steps between them,
   * the newest included.
   */
  lossCurves(ids: readonly string[], points: number): Promise<ReadonlyMap<string, readonly number[]>>;
  scores(ids: readonly string[]): Promise<ReadonlyMap<string, readonly SplitScores[]>>;
  /** By split, then by step. Runs that were scored before there were any have none. */
  stepScores(ids: readonly string[]): Promise<ReadonlyMap<string, readonly StepScores[]>>;
  /** In no order. */
  forecasterScores(ids: readonly string[]): Promise<ReadonlyMap<string, readonly ForecasterScores[]>>;
  /** How many runs of the series succeeded with a test that overlaps with this one's, itself among them; 0 without a test. */
  testUses(ids: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** By step, then by level. */
  coverage(ids: readonly string[]): Promise<ReadonlyMap<string, readonly Coverage[]>>;
  /** Null for runs that ended before models were kept, or did not succeed. @throws Error where its checksum is not its own */
  model(id: string): Promise<Uint8Array | null>;
  /**
   * @param forecaster the network when absent
   * @param level 0.95 when absent, or 0.8
   * @param range of the predicted bars' times, both ends included; all of them when absent
   */
  predictions(
    id: string,
    split: Split,
    step: number,
    forecaster?: NamedForecaster,
    level?: number,
    range?: { readonly from?: Date | null; readonly to?: Date | null },
  ): Promise<BoundedPredictions | null>;
}

/** What ended runs keep only for a while. Runs, configurations, epochs, scores and predictions stay. */
export interface RunRetention {
  /**
   * Takes a portion of the events (all but statuses) and checkpoints of runs that ended before. @returns false when there
   * is nothing left to take, or another process is at it.
   */
  cleanPortion(endedBefore: Date): Promise<boolean>;
}

export interface TrainingJobs {
  enqueue(tx: Transaction, runId: string, options?: { priority?: number }): Promise<void>;
  /** Enqueues a run that had ended. @returns false while the worker that had it has not let go of its job. */
  enqueueAgain(tx: Transaction, runId: string, options?: { priority?: number }): Promise<boolean>;
  /** Of a job that waits: the higher one is taken first, of equal ones the older. */
  setPriority(tx: Transaction, runId: string, priority: number): Promise<void>;
  /** Takes a waiting job of the run away; harmless when there is none. */
  withdraw(tx: Transaction, runId: string): Promise<void>;
  /** Takes the runs' jobs away altogether; harmless where there is none. */
  remove(tx: Transaction, runIds: readonly string[]): Promise<void>;
  /** Offers a run again, about a second later, whose worker is lost. */
  offerAgain(tx: Transaction, runId: string): Promise<void>;
}
