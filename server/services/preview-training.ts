/**
 * What a form shows before a training is started: how the series would be cut, how long it would take, how long it would
 * wait. Reads no bars: cheap enough to be asked at each change of a field.
 */
import { InvalidInput, NotFound } from "../domain/errors.ts";
import type { EngineName, RequestedEngine } from "../domain/run.ts";
import type { Run, RunStore } from "../ports/runs.ts";
import type { PriceSeriesStore } from "../ports/series.ts";
import type { WorkerInfo, WorkerRegistry } from "../ports/workers.ts";
import { estimateMs } from "../recipe/estimate.ts";
import { previewOf } from "../recipe/preview.ts";
import { splitSeries } from "../recipe/splits.ts";
import type { TrainingConfig } from "../recipe/training-config.ts";
import { usedBarCount } from "../recipe/used-bars.ts";
import { chooseEngine } from "./choose-engine.ts";
import { bestFindings } from "./list-engines.ts";
import type { Services, TrainingEstimate } from "./services.ts";

interface Ports {
  readonly series: Pick<PriceSeriesStore, "findById" | "findVersions">;
  readonly runs: Pick<RunStore, "list">;
  readonly workers: Pick<WorkerRegistry, "list">;
}

/** A queue that is longer waits for longer than anybody plans for. */
const mostLookedAt = 200;

/** @throws NotFound (the series) */
export const previewTraining =
  ({ series, runs, workers }: Ports): Services["previewTraining"] =>
  async (request) => {
    const found = await series.findById(request.priceSeriesId);
    if (!found) throw new NotFound(`there is no price series ${request.priceSeriesId}`);
    const preview = previewOf(request, found.barCount);
    if (preview.config === null) return { ...preview, estimate: null };
    const present = (await workers.list()).filter(({ status }) => status !== "LOST");
    const fastest = fastestOf(request.engine ?? "AUTO", present);
    if (!fastest) return { ...preview, estimate: null };
    const trainMs = estimateMs(preview.config, preview.splits, fastest.batchMs);
    const wait = await waitBefore({ series, runs }, request.priority ?? 0, present);
    return { ...preview, estimate: { engine: fastest.engine, trainMs, ...wait } };
  };

/** Those that train, and those that wait and would come first; each worker takes one after the other. */
async function waitBefore(
  { series, runs }: Pick<Ports, "series" | "runs">,
  priority: number,
  present: readonly WorkerInfo[],
): Promise<Pick<TrainingEstimate, "runsBefore" | "startsInMs">> {
  const { items, hasNextPage } = await runs.list({ first: mostLookedAt }, { status: ["QUEUED", "RUNNING"] });
  const before = items
    .map(({ node }) => node)
    .filter((run) => run.status === "RUNNING" || run.priority >= priority);
  if (hasNextPage) return { runsBefore: before.length, startsInMs: null };
  const versions = await series.findVersions([...new Set(before.map((run) => run.seriesVersionId))]);
  const barsOf = new Map(versions.map(({ id, barCount }) => [id, barCount]));
  let leftMs = 0;
  for (const run of before) {
    const ms = run.etaMs ?? msOf(run, barsOf.get(run.seriesVersionId) ?? 0, present);
    if (ms === null) return { runsBefore: before.length, startsInMs: null };
    leftMs += ms;
  }
  const isFree = before.length < present.length;
  return { runsBefore: before.length, startsInMs: isFree ? 0 : leftMs / present.length };
}

function msOf(
  { config, requestedEngine }: Pick<Run, "config" | "requestedEngine">,
  barCount: number,
  present: readonly WorkerInfo[],
): number | null {
  const fastest = fastestOf(requestedEngine, present);
  return fastest && estimateMs(config, splitsOf(config, barCount), fastest.batchMs);
}

/** None where its series has become too short for it: it waits all the same, and ends at once. */
function splitsOf(config: TrainingConfig, barCount: number) {
  try {
    return splitSeries(usedBarCount(barCount, config), config);
  } catch (error) {
    if (error instanceof InvalidInput) return [];
    throw error;
  }
}

/** As a worker that had them all would choose. */
function fastestOf(
  asked: RequestedEngine,
  present: readonly WorkerInfo[],
): { engine: EngineName; batchMs: number } | null {
  const findings = bestFindings(present);
  const engine = chooseEngine(asked, null, findings)?.engine;
  const batchMs = findings.find((found) => found.engine === engine)?.batchMs ?? null;
  return engine === undefined || batchMs === null ? null : { engine, batchMs };
}
