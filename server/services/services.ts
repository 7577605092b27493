/** Everything that the API can ask for, in one place. Built in compose.ts, used by graphql/. */
import type { ColumnNames, ColumnPositions } from "../csv/columns.ts";
import type { ImportReport } from "../csv/import-report.ts";
import type { BarTable, PriceField, PriceSeries } from "../domain/price-series.ts";
import type { PredictionColumns } from "../domain/results.ts";
import type { RequestedEngine, Split } from "../domain/run.ts";
import type { RunEvent } from "../domain/run-event.ts";
import type { Run, RunFilter, RunStore } from "../ports/runs.ts";
import type { PriceSeriesStore, TimeRange } from "../ports/series.ts";
import type { EngineFinding, WorkerInfo } from "../ports/workers.ts";
import type { GruLayer, ScalerFit, TargetTransform } from "../recipe/training-config.ts";

export interface ImportPriceSeriesRequest {
  readonly symbol: string;
  readonly name?: string | null;
  readonly currency?: string | null;
  /** IANA zone for dates without one; when absent that of the series, or UTC for a new one. */
  readonly timezone?: string | null;
  readonly csv: string;
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
export interface StartTrainingRequest {
  readonly priceSeriesId: string;
  readonly name?: string | null;
  readonly target?: PriceField | null;
  readonly transform?: TargetTransform | null;
  readonly features?: readonly PriceField[] | null;
  readonly window?: number | null;
  readonly horizon?: number | null;
  readonly layers?:
    | readonly { readonly units: number; readonly dropout?: GruLayer["dropout"] | null }[]
    | null;
  readonly resetAfter?: boolean | null;
  readonly epochs?: number | null;
  readonly batchSize?: number | null;
  readonly learningRate?: number | null;
  readonly clipNorm?: number | null;
  readonly weightDecay?: number | null;
  readonly seed?: number | null;
  readonly testBars?: number | null;
  readonly validationBars?: number | null;
  readonly validateOnTest?: boolean | null;
  readonly scalerFit?: ScalerFit | null;
  readonly engine?: RequestedEngine | null;
  readonly priority?: number | null;
  readonly idempotencyKey?: string | null;
}

export interface Services {
  readonly importPriceSeries: (
    request: ImportPriceSeriesRequest,
  ) => Promise<{ series: PriceSeries | null; report: ImportReport }>;
  /** Bars reduced to at most maxPoints, every one of them a stored bar, extremes kept. */
  readonly chartBars: (seriesId: string, range: TimeRange, maxPoints: number) => Promise<BarTable>;
  readonly startTraining: (request: StartTrainingRequest) => Promise<Run>;
  readonly cancelTraining: (runId: string) => Promise<Run>;
  /** @returns how many runs it cancelled or asked to stop; those that were asked before are none of them. */
  readonly cancelTrainings: (filter: RunFilter) => Promise<number>;
  /** @returns the ids of those that were there. */
  readonly deleteRuns: (ids: readonly string[]) => Promise<readonly string[]>;
  /** Columns of length 0 while the run has no result; reduced to at most maxPoints, extremes kept. */
  readonly chartPredictions: (
    run: Pick<Run, "id" | "config" | "status">,
    split: Split,
    step: number,
    maxPoints: number,
  ) => Promise<PredictionColumns>;
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
  readonly priceSeries: Pick<PriceSeriesStore, "findById" | "findBySymbol" | "findMany" | "list" | "bars">;
  readonly runs: Pick<
    RunStore,
    "find" | "findMany" | "list" | "epochs" | "scores" | "stepScores" | "queuePositions"
  >;
}
