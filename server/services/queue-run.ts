/** What makes a run of a request: checks that need no transaction, then the run, its first event and its job together. */
import { integerIn } from "../domain/checks.ts";
import { InvalidInput, LimitExceeded, NotFound } from "../domain/errors.ts";
import type { PriceSeries } from "../domain/price-series.ts";
import { mostWaitingRuns, priorityRange, type RequestedEngine } from "../domain/run.ts";
import { longestName, trimmedText } from "../domain/short-text.ts";
import type { RunJournal } from "../ports/live.ts";
import type { NewRun, Run, RunStore, TrainingJobs } from "../ports/runs.ts";
import type { PriceSeriesStore } from "../ports/series.ts";
import type { Transaction } from "../ports/transaction.ts";
import type { WorkerRegistry } from "../ports/workers.ts";
import { parseTrainingConfig } from "../recipe/parse-request.ts";
import { withPreset } from "../recipe/presets.ts";
import type { TrainingConfig } from "../recipe/training-config.ts";
import { bestFinding } from "./list-engines.ts";
import { checkOthers, type OthersPorts, pinOthers } from "./other-series.ts";
import type { StartTrainingRequest } from "./services.ts";
import { type FactsPorts, withStoredFacts } from "./stored-facts.ts";

export interface PrepareRunPorts {
  readonly series: Pick<PriceSeriesStore, "findById"> & FactsPorts & OthersPorts;
  readonly workers: Pick<WorkerRegistry, "list">;
}

export interface QueueRunPorts {
  readonly runs: Pick<RunStore, "create" | "countWaiting">;
  readonly journal: Pick<RunJournal, "appendAll">;
  readonly jobs: Pick<TrainingJobs, "enqueue">;
  /** Runs that may wait at a time; absent: mostWaitingRuns. */
  readonly maxWaitingRuns?: number;
}

/** All of a run but what makes it repeatable. */
export type PreparedRun = Omit<NewRun, "idempotencyKey" | "requestHash" | "experimentId" | "scheduleId">;

/** @throws InvalidInput, NotFound (the series) */
export async function prepareRun(
  ports: PrepareRunPorts,
  request: StartTrainingRequest,
): Promise<PreparedRun> {
  const series = await ports.series.findById(request.priceSeriesId);
  if (!series) throw new NotFound(`there is no price series ${request.priceSeriesId}`);
  const asked = withPreset(request.preset, request);
  // What is checked here is what the run gets, whatever is imported meanwhile.
  const { version } = series;
  const pinned = { ...asked, otherSeries: await pinOthers(ports, asked, series) };
  const { config, warnings } = await withStoredFacts(ports.series, version, (facts) =>
    parseTrainingConfig(pinned, facts),
  );
  warnings.push(...(await checkOthers(ports, config, version)));
  const { least, usual, most } = priorityRange;
  return {
    name: trimmedText("name", request.name, longestName) ?? defaultName(config, series),
    seriesId: series.id,
    seriesVersionId: version.id,
    config,
    requestedEngine: await checkEngine(ports, request.engine ?? "AUTO"),
    priority: integerIn("priority", request.priority ?? usual, least, most),
    warnings,
  };
}

/** @throws LimitExceeded where `more` runs would be too many to wait */
export async function checkQueue(
  { runs, maxWaitingRuns = mostWaitingRuns }: QueueRunPorts,
  tx: Transaction,
  more = 1,
): Promise<void> {
  const waiting = await runs.countWaiting(tx);
  if (waiting + more <= maxWaitingRuns) return;
  throw new LimitExceeded(
    more === 1
      ? `at most ${maxWaitingRuns} runs may wait for a worker, and ${waiting} do: cancel some, or come back when some have begun`
      : `at most ${maxWaitingRuns} runs may wait for a worker: ${waiting} do, and these would be ${more} more`,
    { waiting, allowed: maxWaitingRuns },
  );
}

/** The run, its first event and its job appear together or not at all. */
export async function queueRun(
  { runs, journal, jobs }: QueueRunPorts,
  tx: Transaction,
  newRun: NewRun,
): Promise<Run> {
  const run = await runs.create(tx, newRun);
  const events = await journal.appendAll(tx, run.id, [
    { kind: "status", status: "QUEUED", message: null },
    ...newRun.warnings.map((message) => ({ kind: "log", level: "WARNING", message }) as const),
  ]);
  await jobs.enqueue(tx, run.id, { priority: newRun.priority });
  return { ...run, lastSequence: events.at(-1)!.sequence };
}

/** A run may wait for a worker to come, but not for an engine that none of those present can run. */
async function checkEngine(
  { workers }: PrepareRunPorts,
  requested: RequestedEngine,
): Promise<RequestedEngine> {
  if (requested === "AUTO") return requested;
  const present = (await workers.list()).filter(({ status }) => status !== "LOST");
  const finding = bestFinding(requested, present);
  if (present.length === 0 || finding.available) return requested;
  const offered = new Set(
    present.flatMap(({ engines }) => engines.filter((e) => e.available).map((e) => e.engine)),
  );
  throw new InvalidInput(
    "engine",
    `engine must be one that a worker can run (AUTO${[...offered].map((name) => `, ${name}`).join("")}), ` +
      `got ${requested}, which is not available: ${finding.detail}`,
  );
}

/** "SPX close, GRU 80-100" */
function defaultName({ target, layers }: TrainingConfig, { symbol }: PriceSeries): string {
  const field = target === "LOG_VARIANCE" ? "volatility" : target.toLowerCase().replace("_", " ");
  return `${symbol} ${field}, GRU ${layers.map(({ units }) => units).join("-")}`;
}
