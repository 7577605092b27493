/** Everything that the API can ask for, in one place. Built in compose.ts, used by graphql/. */
import type { ColumnNames, ColumnPositions } from "../csv/columns.ts";
import type { CsvText } from "../csv/csv-text.ts";
import type { ImportReport } from "../csv/import-report.ts";
import type { BestOfRuns } from "../domain/comparison.ts";
import type { ExperimentPlan, GroupScores } from "../domain/experiment.ts";
import type { Forecast, TrackRecord } from "../domain/forecast.ts";
import type { Forecaster, NamedForecaster } from "../domain/forecaster.ts";
import type { BarTable, PriceSeries } from "../domain/price-series.ts";
import type { BoundedPredictions } from "../domain/results.ts";
import type { EngineName, RequestedEngine, Split } from "../domain/run.ts";
import type { RunEvent } from "../domain/run-event.ts";
import type { Experiment, ExperimentStore } from "../ports/experiments.ts";
import type { Run, RunFilter, RunStore } from "../ports/runs.ts";
import type { Schedule, ScheduleStore } from "../ports/schedules.ts";
import type { BarsOf, PriceSeriesStore, TimeRange } from "../ports/series.ts";
import type { EngineFinding, WorkerInfo } from "../ports/workers.ts";
import type { TrainingPreview } from "../recipe/preview.ts";
import type { SweepAxis } from "../recipe/sweep.ts";
import type { TrainingRequest } from "../recipe/training-config.ts";
import type { SeriesSummary } from "./series-summary.ts";

export interface ImportPriceSeriesRequest {
  readonly symbol: string;
  readonly name?: string | null;
  readonly currency?: string | null;
  /** IANA zone for dates without one; when absent that of the series, or UTC for a new one. */
  readonly timezone?: string | null;
  readonly csv: CsvText;
  readonly columns?: ColumnNames | null;
  /** From 1, for a file without a header. */
  readonly columnPositions?: ColumnPositions | null;
  /** From 1, where the header is not found by itself. */
  readonly headerLine?: number | null;
  /** The one to take where the file has several. */
  readonly instrument?: string | null;
  /** Luxon pattern of the dates, such as d/M/yyyy, where the file's own form is ambiguous. */
  readonly dateFormat?: string | null;
  readonly dryRun?: boolean | null;
}
export type { ColumnNames, ColumnPositions };

/** As it came: nothing checked, absent or null where the caller left the default. */
export interface StartTrainingRequest extends TrainingRequest {
  readonly priceSeriesId: string;
  /** Id of a preset, whose values the fields that are left out take. */
  readonly preset?: string | null;
  readonly name?: string | null;
  readonly engine?: RequestedEngine | null;
  readonly priority?: number | null;
  readonly idempotencyKey?: string | null;
}

/** As it came: nothing checked. */
export interface CreateScheduleRequest {
  readonly name?: string | null;
  readonly training: StartTrainingRequest;
  readonly everyBars?: number | null;
  readonly cron?: string | null;
  readonly expiryBars?: number | null;
}

/** Columns of equal length, as they came: nothing checked. */
export interface ImportPredictionsRequest {
  readonly runId: string;
  /** Whose they are. */
  readonly name: string;
  /** Of the horizon; 1 when absent. */
  readonly step?: number | null;
  /** Of the predicted bars. */
  readonly time: readonly Date[];
  /** In the unit that predictions are told in: of LOG_VARIANCE, volatility in percent a year. */
  readonly predicted: readonly number[];
  readonly lower?: readonly (number | null)[] | null;
  readonly upper?: readonly (number | null)[] | null;
}

/** As it came: nothing checked. */
export interface StartExperimentRequest {
  readonly name?: string | null;
  readonly plan: ExperimentPlan;
  /** What every run has in common. */
  readonly training: StartTrainingRequest;
  readonly seeds?: number | null;
  readonly refitEvery?: number | null;
  readonly folds?: number | null;
  readonly trainBars?: number | null;
  readonly sweep?: readonly SweepAxis[] | null;
  readonly idempotencyKey?: string | null;
}

/** What answers here. */
export interface Installation {
  readonly version: string;
  readonly node: string;
  /** Of the process that answers. */
  readonly startedAt: Date;
}

/** How long a training would take, and wait. */
export interface TrainingEstimate {
  readonly engine: EngineName;
  /** With all of its epochs. */
  readonly trainMs: number;
  /** Runs that train, or would train before it. */
  readonly runsBefore: number;
  /** Until a worker is free for it; null where that is not known. */
  readonly startsInMs: number | null;
}
export interface PreviewedTraining extends TrainingPreview {
  /** Null where there is a problem, or no worker that could say. */
  readonly estimate: TrainingEstimate | null;
}

/** As it came: nothing checked. Absent or null: as it is; an empty note takes it away. */
export interface UpdateRunsRequest {
  readonly name?: string | null;
  readonly addTags?: readonly string[] | null;
  readonly removeTags?: readonly string[] | null;
  readonly note?: string | null;
  readonly archived?: boolean | null;
}

export interface PredictionsAsked {
  readonly split: Split;
  /** Of the horizon, from 1. */
  readonly step: number;
  readonly maxPoints: number;
  /** The run's network when absent. */
  readonly forecaster?: NamedForecaster;
  /** Of the intervals: 0.8, or 0.95 when absent. */
  readonly level?: number;
  /** Only predictions of bars at or after it. */
  readonly from?: Date | null;
  /** Only predictions of bars at or before it. */
  readonly to?: Date | null;
}

export interface ForecastAsked {
  /** Bars to come, 1..250. */
  readonly steps: number;
  /** Of the intervals: 0.8, or 0.95 when absent. */
  readonly level?: number;
  /** The run's network when absent. */
  readonly forecaster?: Forecaster;
}
export type ForecastRun = Pick<
  Run,
  "id" | "config" | "status" | "seriesId" | "seriesVersionId" | "scheduleId"
>;

export interface UpdatePriceSeriesRequest {
  readonly symbol?: string | null;
  readonly name?: string | null;
  readonly currency?: string | null;
}

export interface Services {
  /** @param signal ends the reading of the file; what is being stored is stored. */
  readonly importPriceSeries: (
    request: ImportPriceSeriesRequest,
    signal?: AbortSignal,
  ) => Promise<{ series: PriceSeries | null; report: ImportReport }>;
  /** Bars reduced to at most maxPoints, every one of them a stored bar, extremes kept. */
  readonly chartBars: (of: BarsOf, range: TimeRange, maxPoints: number) => Promise<BarTable>;
  /** Makes an earlier version's bars the newest one. @throws NotFound */
  readonly revertPriceSeries: (id: string, toVersion: number) => Promise<PriceSeries>;
  /** @throws InvalidInput, NotFound, Conflict where another series has the symbol */
  readonly updatePriceSeries: (id: string, asked: UpdatePriceSeriesRequest) => Promise<PriceSeries>;
  /** Of a version, whose bars are gone through once. */
  readonly seriesSummary: (of: BarsOf) => Promise<SeriesSummary>;
  /** @throws NotFound, Conflict while runs were trained on it (unless `withRuns`) or are being trained */
  readonly deletePriceSeries: (id: string, options: { withRuns: boolean }) => Promise<void>;
  readonly startTraining: (request: StartTrainingRequest) => Promise<Run>;
  readonly createSchedule: (
    request: CreateScheduleRequest,
  ) => Promise<{ schedule: Schedule; warnings: readonly string[] }>;
  /** The runs that it started stay. @throws NotFound */
  readonly deleteSchedule: (id: string) => Promise<void>;
  readonly importPredictions: (
    request: ImportPredictionsRequest,
  ) => Promise<{ run: Run; matched: number; unmatched: number }>;
  readonly startExperiment: (request: StartExperimentRequest) => Promise<Experiment>;
  /** Every run of it that has not ended. @throws NotFound */
  readonly cancelExperiment: (id: string) => Promise<Experiment>;
  readonly experimentLeaderboard: (
    experiment: Pick<Experiment, "id" | "plan">,
    split: Split,
  ) => Promise<GroupScores[]>;
  readonly installation: () => Promise<Installation>;
  readonly previewTraining: (request: StartTrainingRequest) => Promise<PreviewedTraining>;
  /** With `score` the training ends with the scores of its best epoch. */
  readonly cancelTraining: (runId: string, how?: { readonly score?: boolean }) => Promise<Run>;
  /** A cancelled run waits again, and goes on from its checkpoint. @throws NotFound, Conflict, LimitExceeded */
  readonly resumeTraining: (runId: string) => Promise<Run>;
  /** Of a run that waits: its priority decides its turn. @throws InvalidInput, NotFound, Conflict */
  readonly setPriority: (runId: string, priority: number) => Promise<Run>;
  /** @returns how many runs it cancelled or asked to stop; those that were asked before are none of them. */
  readonly cancelTrainings: (filter: RunFilter) => Promise<number>;
  /** Ids that no run has are passed over. @throws InvalidInput */
  readonly updateRuns: (ids: readonly string[], request: UpdateRunsRequest) => Promise<readonly Run[]>;
  /** Others of its series are compared with it from now on. @throws NotFound */
  readonly pinBaseline: (runId: string) => Promise<Run>;
  /** @throws NotFound */
  readonly unpinBaseline: (priceSeriesId: string) => Promise<PriceSeries>;
  /** @returns the ids of those that were there. */
  readonly deleteRuns: (ids: readonly string[]) => Promise<readonly string[]>;
  /** Columns of length 0 while the run has no result; reduced to at most maxPoints, extremes kept. */
  readonly chartPredictions: (
    run: Pick<Run, "id" | "config" | "status" | "seriesVersionId">,
    asked: PredictionsAsked,
  ) => Promise<BoundedPredictions>;
  /**
   * After the newest bar of the run's series, whatever the run was trained on. Null while there is none.
   * @throws InvalidInput, Conflict where the newest bars lack what the run's network sees
   */
  readonly forecast: (run: ForecastRun, asked: ForecastAsked) => Promise<Forecast | null>;
  /** @throws InvalidInput unless 2 to 10 runs are asked about */
  readonly bestOfRuns: (runIds: readonly string[]) => Promise<BestOfRuns>;
  /** Null until the bar of a forecast has come. */
  readonly trackRecord: (run: ForecastRun) => Promise<TrackRecord | null>;
  /** Stored events after `after`, then live ones, without gap or repetition; ends after the final status. */
  readonly followRun: (runId: string, after: number) => AsyncIterable<RunEvent>;
  /** Statuses and messages, ascending: the newest `last` before event `before`, or of all. */
  readonly runLog: (runId: string, before: number | null, last: number) => Promise<RunEvent[]>;
  /** A run whenever it is created or changes, each at most a few times a second. */
  readonly watchRuns: () => AsyncIterable<Run>;
  /** All four engines, as the workers found them. */
  readonly listEngines: () => Promise<EngineFinding[]>;
  readonly listWorkers: () => Promise<WorkerInfo[]>;
  /** Plain reads need no story of their own. */
  readonly priceSeries: Pick<
    PriceSeriesStore,
    "findById" | "findBySymbol" | "findMany" | "list" | "bars" | "versions" | "findVersions" | "runsOf"
  >;
  readonly schedules: Pick<ScheduleStore, "find" | "list">;
  readonly experiments: Pick<ExperimentStore, "find" | "findMany" | "runsOf">;
  readonly runs: Pick<
    RunStore,
    | "find"
    | "findMany"
    | "list"
    | "epochs"
    | "scores"
    | "stepScores"
    | "forecasterScores"
    | "coverage"
    | "testUses"
    | "queuePositions"
    | "baselines"
    | "lossCurves"
    | "cells"
    | "tags"
    | "figures"
    | "seriesLeaders"
  >;
}
