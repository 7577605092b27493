/**
 * What each report of a training writes. Every function is called with the locked run, inside the transaction that
 * stores the report, and returns the run as it then is.
 */
import { lossesAfter } from "../domain/attention.ts";
import type { RunError } from "../domain/run.ts";
import { encodeModel } from "../forecasting/trained-model.ts";
import type { Run } from "../ports/runs.ts";
import type { Transaction } from "../ports/transaction.ts";
import type { TrainRunPorts } from "./ports.ts";
import type { EngineChanged, TimedEpoch, TrainingResult } from "./report-group.ts";
import { messageOf } from "./run-errors.ts";
import type { StopReason } from "./stop-signal.ts";

export type RecordPorts = Pick<TrainRunPorts, "runs" | "journal" | "checkpoints">;

export async function recordEpochs(
  { runs, journal }: RecordPorts,
  tx: Transaction,
  run: Run,
  epochs: readonly TimedEpoch[],
): Promise<Run> {
  // After a damaged checkpoint an epoch is trained twice; announce it once.
  const unannounced = epochs.filter(({ epoch }) => epoch.epoch > run.epoch);
  const newest = unannounced.at(-1);
  if (!newest) return run;
  const events = unannounced.map((finished) => ({ kind: "epoch", ...finished }) as const);
  await runs.recordEpochs(
    tx,
    run.id,
    unannounced.map(({ epoch }) => epoch),
  );
  await journal.appendAll(tx, run.id, events);
  const losses = lossesAfter(
    run,
    unannounced.map(({ epoch }) => epoch),
  );
  return runs.update(tx, run.id, { epoch: newest.epoch.epoch, etaMs: newest.etaMs, ...losses });
}

/** Known before the first epoch, so that whoever watches sees from the start what there is to beat. */
export async function recordNaiveLoss(
  { runs }: RecordPorts,
  tx: Transaction,
  run: Run,
  naiveLoss: number,
): Promise<Run> {
  return run.naiveLoss === naiveLoss ? run : runs.update(tx, run.id, { naiveLoss });
}

/** Another engine goes on, or the same with its device opened anew. */
export async function recordEngineChange(
  { runs, journal }: RecordPorts,
  tx: Transaction,
  run: Run,
  { gaveUp, reason, next: { engine, device } }: EngineChanged,
): Promise<Run> {
  const message =
    gaveUp === engine
      ? messageOf.deviceReopened(engine, reason, run.epoch)
      : messageOf.engineGaveUp(gaveUp, reason, engine, device);
  // The commit of an earlier try went through, and its answer was lost.
  if (run.engine === engine && run.warnings.at(-1) === message) return run;
  await journal.append(tx, run.id, { kind: "log", level: "WARNING", message });
  return runs.update(tx, run.id, { engine, device, warnings: [...run.warnings, message] });
}

/** The training stopped before its end. A cancel that came meanwhile counts, whatever the reason was. */
export async function recordStop(
  ports: RecordPorts,
  tx: Transaction,
  run: Run,
  reason: StopReason,
): Promise<Run> {
  const { runs, journal } = ports;
  if (reason === "cancel" || run.cancelRequestedAt !== null) {
    await dropUnfinished(ports, tx, run);
    const message =
      run.cancelRequestedAt === null ? messageOf.nothingToScore : messageOf.cancelled(run.epoch);
    await journal.append(tx, run.id, { kind: "status", status: "CANCELLED", message });
    return runs.setStatus(tx, run.id, "CANCELLED", { etaMs: null, finishedAt: new Date() });
  }
  const message = messageOf.givenBack(run.epoch, reason === "store away");
  await journal.append(tx, run.id, { kind: "status", status: "QUEUED", message });
  return runs.setStatus(tx, run.id, "QUEUED", { etaMs: null });
}

/** A new kind of result is stored here. One that may be large is stored in portions before: see store-group.ts. */
export async function recordSuccess(
  { runs, journal, checkpoints }: RecordPorts,
  tx: Transaction,
  run: Run,
  result: TrainingResult,
): Promise<Run> {
  const { bestEpoch, stoppedEarly, warnings, isConstant } = result;
  const { forecasters, coverage, verdict, leakTest, intervalSource } = result.judgement;
  await runs.recordScores(tx, run.id, forecasters);
  await runs.recordCoverage(tx, run.id, coverage);
  await runs.recordModel(tx, run.id, encodeModel(result.trained));
  await runs.recordPredictions(tx, run.id, result.predictions);
  await checkpoints.settle(tx, run.id);
  await journal.appendAll(tx, run.id, [
    ...(stoppedEarly ? [{ kind: "log", level: "INFO", message: stoppedEarly } as const] : []),
    ...warnings.map((message) => ({ kind: "log", level: "WARNING", message }) as const),
    { kind: "status", status: "SUCCEEDED", message: messageOf.succeeded(bestEpoch, stoppedEarly) },
  ]);
  return runs.setStatus(tx, run.id, "SUCCEEDED", {
    bestEpoch,
    verdict,
    leakTest,
    intervalSource,
    isConstant,
    etaMs: null,
    finishedAt: new Date(),
    ...(warnings.length > 0 && { warnings: [...run.warnings, ...warnings] }),
  });
}

export async function recordFailure(
  ports: RecordPorts,
  tx: Transaction,
  run: Run,
  error: RunError,
): Promise<Run> {
  await dropUnfinished(ports, tx, run);
  await ports.journal.append(tx, run.id, { kind: "status", status: "FAILED", message: error.message });
  return ports.runs.setStatus(tx, run.id, "FAILED", { error, etaMs: null, finishedAt: new Date() });
}

/** Older checkpoints, and the portions of a result that were stored before the run ended otherwise. */
async function dropUnfinished({ runs, checkpoints }: RecordPorts, tx: Transaction, { id }: Run) {
  await checkpoints.settle(tx, id);
  await runs.dropPredictions(tx, id);
}
