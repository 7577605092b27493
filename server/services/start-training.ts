/** Queues a training: checks the whole request first, then stores the run and its job together. */
import { integerIn } from "../domain/checks.ts";
import { Conflict, InvalidInput, LimitExceeded, NotFound } from "../domain/errors.ts";
import type { PriceSeries } from "../domain/price-series.ts";
import { mostWaitingRuns, priorityRange, type RequestedEngine } from "../domain/run.ts";
import { longestKey, longestName, shortText, trimmedText } from "../domain/short-text.ts";
import type { RunJournal } from "../ports/live.ts";
import type { Run, RunStore, TrainingJobs } from "../ports/runs.ts";
import type { PriceSeriesStore } from "../ports/series.ts";
import type { RunInTransaction, Transaction } from "../ports/transaction.ts";
import type { WorkerRegistry } from "../ports/workers.ts";
import { parseTrainingConfig } from "../recipe/parse-request.ts";
import { withPreset } from "../recipe/presets.ts";
import type { TrainingConfig } from "../recipe/training-config.ts";
import { bestFinding } from "./list-engines.ts";
import { hashRequest } from "./request-hash.ts";
import type { Services, StartTrainingRequest } from "./services.ts";
import { type FactsPorts, withStoredFacts } from "./stored-facts.ts";

export interface StartTrainingPorts {
  readonly transaction: RunInTransaction;
  readonly series: Pick<PriceSeriesStore, "findById"> & FactsPorts;
  readonly runs: Pick<RunStore, "create" | "countWaiting" | "findByIdempotencyKey">;
  readonly journal: Pick<RunJournal, "appendAll">;
  readonly jobs: Pick<TrainingJobs, "enqueue">;
  readonly workers: Pick<WorkerRegistry, "list">;
  /** Runs that may wait at a time; absent: mostWaitingRuns. */
  readonly maxWaitingRuns?: number;
}

/** @throws InvalidInput, NotFound (the series), Conflict (the key was used by another request), LimitExceeded (too many wait) */
export const startTraining =
  (ports: StartTrainingPorts): Services["startTraining"] =>
  async (request) => {
    const repeated = await earlierRun(ports, request);
    if (repeated) return repeated;

    const series = await ports.series.findById(request.priceSeriesId);
    if (!series) throw new NotFound(`there is no price series ${request.priceSeriesId}`);
    const asked = withPreset(request.preset, request);
    // What is checked here is what the run gets, whatever is imported meanwhile.
    const { version } = series;
    const { config, warnings } = await withStoredFacts(ports.series, version, (facts) =>
      parseTrainingConfig(asked, facts),
    );
    const { least, usual, most } = priorityRange;
    const priority = integerIn("priority", request.priority ?? usual, least, most);
    const name = trimmedText("name", request.name, longestName) ?? defaultName(config, series);
    const requestedEngine = await checkEngine(ports, request.engine ?? "AUTO");

    try {
      // The run, its first event and its job appear together or not at all.
      return await ports.transaction(async (tx) => {
        await checkQueue(ports, tx);
        const run = await ports.runs.create(tx, {
          name,
          seriesId: series.id,
          seriesVersionId: version.id,
          config,
          requestedEngine,
          priority,
          warnings,
          idempotencyKey: request.idempotencyKey ?? null,
          requestHash: hashRequest(request),
        });
        const events = await ports.journal.appendAll(tx, run.id, [
          { kind: "status", status: "QUEUED", message: null },
          ...warnings.map((message) => ({ kind: "log", level: "WARNING", message }) as const),
        ]);
        await ports.jobs.enqueue(tx, run.id, { priority });
        return { ...run, lastSequence: events.at(-1)!.sequence };
      });
    } catch (error) {
      // The same request came twice at once: the other one was first, and may have taken the queue's last place.
      const repeats = error instanceof Conflict || error instanceof LimitExceeded;
      const winner = repeats ? await earlierRun(ports, request) : null;
      if (winner) return winner;
      throw error;
    }
  };

async function earlierRun({ runs }: StartTrainingPorts, request: StartTrainingRequest): Promise<Run | null> {
  const key = request.idempotencyKey ?? null;
  if (key === null) return null;
  if (key === "")
    throw new InvalidInput(
      "idempotencyKey",
      `idempotencyKey must have 1 to ${longestKey} characters, got none`,
    );
  shortText("idempotencyKey", key, longestKey);
  const found = await runs.findByIdempotencyKey(key);
  if (!found) return null;
  if (found.requestHash === hashRequest(request)) return found.run;
  throw new Conflict(
    `idempotencyKey ${JSON.stringify(key)} was used by another request, which started run ${found.run.id}: ` +
      "repeat that request unchanged, or take a new key",
  );
}

async function checkQueue({ runs, maxWaitingRuns = mostWaitingRuns }: StartTrainingPorts, tx: Transaction) {
  const waiting = await runs.countWaiting(tx);
  if (waiting < maxWaitingRuns) return;
  throw new LimitExceeded(
    `at most ${maxWaitingRuns} runs may wait for a worker, and ${waiting} do: cancel some, or come back when some have begun`,
    { waiting, allowed: maxWaitingRuns },
  );
}

/** A run may wait for a worker to come, but not for an engine that none of those present can run. */
async function checkEngine(
  { workers }: StartTrainingPorts,
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
  const field = target.toLowerCase().replace("_", " ");
  return `${symbol} ${field}, GRU ${layers.map(({ units }) => units).join("-")}`;
}
