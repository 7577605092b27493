/**
 * The story of a job: claim the run, load its bars, train, and write down what it reports.
 *
 *   claimed ─► trained to the end ─► SUCCEEDED          the job is done
 *      │         ├─► cancelled ───► CANCELLED           the job is done
 *      │         ├─► failed ──────► FAILED              the job is done
 *      │         ├─► draining ────► QUEUED              the job is given back
 *      │         ├─► store away ──► QUEUED              the job is given back
 *      │         └─► claim lost                         the job is somebody else's
 *      └─► nothing to train (ended, cancelled)          the job is done
 */
import { randomUUID } from "node:crypto";
import type { BarTable } from "../domain/price-series.ts";
import { type Epoch, isFinal } from "../domain/run.ts";
import { decodeCheckpoint } from "../forecasting/checkpoint.ts";
import { resultWarnings } from "../forecasting/result-warnings.ts";
import { train } from "../forecasting/train.ts";
import { type Checkpoint, TrainingDiverged } from "../forecasting/training.ts";
import { StoreAway } from "../ports/checkpoints.ts";
import type { Run } from "../ports/runs.ts";
import type { RunInTransaction } from "../ports/transaction.ts";
import { ClaimLost, claimRun, takeBackLoss } from "./claim.ts";
import { estimateEta } from "./eta.ts";
import { inGroups } from "./in-groups.ts";
import { type Patiently, patience } from "./patience.ts";
import { patientCheckpoints } from "./patient-checkpoints.ts";
import type { TakenJob, TrainRunPorts } from "./ports.ts";
import { type Recorder, recorder } from "./record.ts";
import { gatherReports, type ReportGroup, type WorkerReport } from "./report-group.ts";
import { runErrorOf } from "./run-errors.ts";
import { createShortageNotes } from "./shortage-notes.ts";
import { createStopSignal, type StopSignal, whenAborted } from "./stop-signal.ts";
import { trainWhereItFits } from "./train-where-it-fits.ts";

/** Most training that a crash may cost. */
const checkpointEveryMs = 10_000;

/** @param draining aborts when this worker is to leave: the run is then given back at the next batch. */
export async function trainRun(
  ports: TrainRunPorts,
  job: TakenJob,
  draining: AbortSignal,
): Promise<"done" | "give back"> {
  const stop = createStopSignal();
  // Listening before the claim: a cancel that comes right after it is heard.
  const stopListening = [
    ports.bus.onCancelRequest((runId) => runId === job.runId && stop.stop("cancel")),
    ports.bus.onReconnect(() => void stopIfCancelled(ports, job.runId, stop)),
    whenAborted(job.signal, () => stop.stop("lost")),
    whenAborted(draining, () => stop.stop("drain")),
  ];
  try {
    if (draining.aborted) return "give back";
    const shortages = createShortageNotes();
    const database = {
      name: "the database",
      is: ports.isDatabaseAway,
      shortageOf: ports.shortageOf,
      onShortage: shortages.note,
    };
    const patiently = patience(database, ports.log, AbortSignal.any([draining, job.signal]));
    const transaction: RunInTransaction = (work) => patiently(() => ports.transaction(work));
    const run = await claimRun(ports, transaction, job.runId);
    if (!run) return "done";
    const checkpoints = patientCheckpoints(ports, stop);
    const patient = { ...ports, transaction, checkpoints };
    const record = recorder(patient, { runId: run.id, attempt: run.attempts }, shortages);
    return await trainClaimed(patient, run, record, stop, patiently);
  } catch (error) {
    // The queue knows whether the job is still ours; if so, someone has to go on with it.
    const expected = error instanceof ClaimLost || ports.isDatabaseAway(error);
    if (expected) ports.log.warn({ runId: job.runId, reason: String(error) }, "the run was let go");
    else ports.log.error({ runId: job.runId, err: error }, "the run was let go");
    return "give back";
  } finally {
    for (const end of stopListening) end();
  }
}

async function trainClaimed(
  ports: TrainRunPorts,
  run: Run,
  record: Recorder,
  stop: StopSignal,
  patiently: Patiently,
): Promise<"done" | "give back"> {
  const tell = (now: Run, losses: Losses) =>
    ports.onProgress({
      runName: now.name,
      status: now.status,
      epoch: now.epoch,
      epochs: now.config.epochs,
      etaMs: now.etaMs,
      ...losses,
    });
  let now = run;
  let losses: Losses = { trainLoss: null, validationLoss: null };
  tell(now, losses);
  try {
    const eta = estimateEta();
    const gathering = gatherReports(eta.add);
    // Training goes on while a group is stored.
    for await (const group of inGroups(reportsOf(ports, run, stop, patiently), gathering)) {
      now = await store(group, record, stop);
      losses = group.epochs.at(-1)?.epoch ?? losses;
      if (now.cancelRequestedAt) stop.stop("cancel");
      tell(now, losses);
    }
  } catch (error) {
    if (ports.isDatabaseAway(error)) throw error;
    if (error instanceof ClaimLost) {
      // It may have ended through us, in a commit whose answer was lost.
      const after = await ports.runs.find(run.id);
      if (after && isFinal(after.status)) {
        tell(after, losses);
        return "done";
      }
      await takeBackLoss(ports, run);
      throw error;
    }
    now = await endAfter(error, ports, run, record, stop);
    tell(now, losses);
  }
  return isFinal(now.status) ? "done" : "give back";
}

/** A store of checkpoints that is away costs the training since the last one, not the run. */
function endAfter(
  error: unknown,
  { log }: TrainRunPorts,
  run: Run,
  record: Recorder,
  stop: StopSignal,
): Promise<Run> {
  if (error instanceof StoreAway) {
    log.error(
      { runId: run.id, reason: error.message },
      "the store of checkpoints stays away: giving the run back",
    );
    const interrupted: ReportGroup = { epochs: [], checkpoint: null, last: { kind: "interrupted" } };
    return record.group(interrupted, stop.reason ?? "store away");
  }
  const reference = randomUUID();
  const failure = runErrorOf(error, reference);
  const details = { runId: run.id, reference, epoch: run.epoch, code: failure.code };
  if (failure.code === "INTERNAL") log.error({ ...details, err: error }, "the training failed");
  // The caller's business, who is told: no trace, and nothing of what the error carries.
  else log.warn({ ...details, ...epochOf(error) }, failure.message);
  return record.failed(failure);
}

const epochOf = (error: unknown) => (error instanceof TrainingDiverged ? { epoch: error.epoch } : {});

type Losses = { readonly trainLoss: number | null; readonly validationLoss: number | null };

async function* reportsOf(
  ports: TrainRunPorts,
  run: Run,
  stop: StopSignal,
  patiently: Patiently,
): AsyncGenerator<WorkerReport, void, void> {
  const bars = await patiently(() => barsOf(ports, run));
  let newest = await patiently(() => latestCheckpoint(ports, run.id));
  const losses = await patiently(() => lossesSoFar(ports, run));
  yield* trainWhereItFits(ports, run.engine!, async function* (engine) {
    const options = { signal: stop.signal, resumeFrom: newest, checkpointEveryMs };
    for await (const report of train(engine, run.config, bars, options)) {
      // Another engine would go on from here: what is stored may lag behind.
      if ("checkpoint" in report) newest = report.checkpoint;
      if (report.kind === "epoch") losses.set(report.epoch, report);
      if (report.kind !== "result") yield report;
      else {
        const epochs = [...losses.values()].sort((a, b) => a.epoch - b.epoch);
        yield { ...report, warnings: resultWarnings({ ...report, config: run.config, epochs }) };
      }
    }
  });
}

/** The very bars that it was queued with, also when it goes on after an import. */
async function barsOf({ series }: TrainRunPorts, run: Run): Promise<BarTable> {
  const [version] = await series.findVersions([run.seriesVersionId]);
  if (!version) throw new Error(`the database must hold the version ${run.seriesVersionId} of run ${run.id}`);
  return series.columns(version);
}

/** Those that were trained before this worker had the run, by their number. */
async function lossesSoFar({ runs }: TrainRunPorts, run: Run) {
  const earlier = run.epoch > 0 ? ((await runs.epochs([run.id])).get(run.id) ?? []) : [];
  return new Map<number, Pick<Epoch, "epoch" | "trainLoss" | "validationLoss">>(
    earlier.map((epoch) => [epoch.epoch, epoch]),
  );
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

async function store(group: ReportGroup, record: Recorder, stop: StopSignal): Promise<Run> {
  try {
    // Also when the queue says that the claim is gone: if nobody took the run yet, it goes on from right here.
    return await record.group(group, stop.reason ?? "drain");
  } catch (error) {
    // What it goes on to report could not be stored either.
    stop.stop(error instanceof StoreAway ? "store away" : "lost");
    throw error;
  }
}

async function stopIfCancelled({ runs, log }: TrainRunPorts, runId: string, stop: StopSignal): Promise<void> {
  try {
    if ((await runs.find(runId))?.cancelRequestedAt) stop.stop("cancel");
  } catch (error) {
    log.warn({ runId, reason: String(error) }, "could not look whether the run was cancelled meanwhile");
  }
}
