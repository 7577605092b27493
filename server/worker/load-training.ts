/** Reads what a training begins with, or goes on with: the bars, the newest checkpoint, the epochs before it. */
import type { BarTable } from "../domain/price-series.ts";
import type { Epoch } from "../domain/run.ts";
import { decodeCheckpoint } from "../forecasting/checkpoint.ts";
import type { Checkpoint } from "../forecasting/training.ts";
import type { Run } from "../ports/runs.ts";
import type { TrainRunPorts } from "./ports.ts";
import type { TrainingSession } from "./training-session.ts";

export interface LoadedTraining {
  readonly bars: BarTable;
  /** IANA zone of the exchange. */
  readonly timezone: string;
  /** Of the other series that it sees, by version. */
  readonly otherBars: ReadonlyMap<string, BarTable>;
  /** Null: the training starts over. */
  readonly checkpoint: Checkpoint | null;
  /** Those that earlier attempts trained, in order. */
  readonly epochs: readonly Epoch[];
}

/** @throws StoreAway */
export async function loadTraining({ ports, patiently, run }: TrainingSession): Promise<LoadedTraining> {
  return {
    bars: await patiently(() => barsOf(ports, run)),
    timezone: (await patiently(() => ports.series.findById(run.seriesId)))?.timezone ?? "UTC",
    otherBars: await patiently(() => otherBarsOf(ports, run)),
    checkpoint: await patiently(() => latestCheckpoint(ports, run.id)),
    epochs: run.epoch > 0 ? await patiently(() => epochsOf(ports, run)) : [],
  };
}

/** The very bars that the run was queued with, also when it goes on after an import. */
const barsOf = (ports: TrainRunPorts, run: Run): Promise<BarTable> =>
  barsOfVersion(ports, run.seriesVersionId, run);

async function otherBarsOf(ports: TrainRunPorts, run: Run): Promise<ReadonlyMap<string, BarTable>> {
  const bars = new Map<string, BarTable>();
  for (const { seriesVersionId } of run.config.otherSeries)
    if (seriesVersionId !== null && !bars.has(seriesVersionId))
      bars.set(seriesVersionId, await barsOfVersion(ports, seriesVersionId, run));
  return bars;
}

async function barsOfVersion({ series }: TrainRunPorts, id: string, run: Run): Promise<BarTable> {
  const [version] = await series.findVersions([id]);
  if (!version) throw new Error(`the database must hold the version ${id} of run ${run.id}`);
  return series.columns(version);
}

/** A checkpoint that cannot be read costs the time to train its epochs again, not the run. */
async function latestCheckpoint(
  { checkpoints, log }: TrainRunPorts,
  runId: string,
): Promise<Checkpoint | null> {
  const stored = await checkpoints.latest(runId);
  try {
    return stored && decodeCheckpoint(stored.state);
  } catch (error) {
    log.error({ runId, err: error }, "the checkpoint is not readable: starting over");
    return null;
  }
}

const epochsOf = async ({ runs }: TrainRunPorts, { id }: Run): Promise<readonly Epoch[]> =>
  (await runs.epochs([id])).get(id) ?? [];
