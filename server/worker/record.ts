/** What a training writes while it runs: a group of reports and all that belongs to it in one transaction, under the claim. */

import type { RunError } from "../domain/run.ts";
import { encodeCheckpoint } from "../forecasting/checkpoint.ts";
import type { Checkpoint } from "../forecasting/training.ts";
import type { Run } from "../ports/runs.ts";
import type { Transaction } from "../ports/transaction.ts";
import { type Claim, lockClaimed } from "./claim.ts";
import type { TrainRunPorts } from "./ports.ts";
import type { EngineChanged, ReportGroup, WorkerResult } from "./report-group.ts";
import { portionsOf } from "./result-portions.ts";
import { messageOf } from "./run-errors.ts";
import type { ShortageNotes } from "./shortage-notes.ts";
import type { StopReason } from "./stop-signal.ts";

type Step<Report> = (tx: Transaction, run: Run, report: Report) => Promise<Run>;

/** Everything answers the run as it then is. @throws ClaimLost */
export function recorder(
  { transaction, runs, journal, checkpoints }: TrainRunPorts,
  claim: Claim,
  shortages: ShortageNotes,
) {
  const id = claim.runId;
  const write = async (work: (tx: Transaction, run: Run) => Promise<Run>) => {
    let told = false;
    const after = await transaction(async (tx) => {
      const run = await lockClaimed({ runs }, tx, claim);
      const untold = shortages.untold();
      if (untold) {
        const message = messageOf.waitedForDatabase(untold.shortage, untold.waitedMs);
        await journal.append(tx, id, { kind: "log", level: "WARNING", message });
      }
      told = untold !== null;
      return work(tx, run);
    });
    if (told) shortages.told();
    return after;
  };
  const place = (checkpoint: Checkpoint) =>
    checkpoints.place(id, { epoch: checkpoint.epoch - 1, state: encodeCheckpoint(checkpoint) });

  const addEpochs: Step<ReportGroup["epochs"]> = async (tx, run, epochs) => {
    // Only where the newest checkpoint was damaged is an epoch trained again: it is told once all the same.
    const untold = epochs.filter(({ epoch }) => epoch.epoch > run.epoch);
    const newest = untold.at(-1);
    if (!newest) return run;
    await runs.recordEpochs(
      tx,
      id,
      untold.map(({ epoch }) => epoch),
    );
    await journal.appendAll(
      tx,
      id,
      untold.map((finished) => ({ kind: "epoch", ...finished })),
    );
    return runs.update(tx, id, { epoch: newest.epoch.epoch, etaMs: newest.etaMs });
  };

  /** Another engine goes on, or the same with its device opened anew. Told once, also when a commit's answer was lost. */
  const changeEngine: Step<EngineChanged> = async (tx, run, { gaveUp, reason, next: { engine, device } }) => {
    const message =
      gaveUp === engine
        ? messageOf.deviceReopened(engine, reason, run.epoch)
        : messageOf.engineGaveUp(gaveUp, reason, engine, device);
    if (run.engine === engine && run.warnings.at(-1) === message) return run;
    await journal.append(tx, id, { kind: "log", level: "WARNING", message });
    return runs.update(tx, id, { engine, device, warnings: [...run.warnings, message] });
  };

  /** Stopped before its end; whoever cancelled meanwhile is heard, too. */
  const stop: Step<StopReason> = async (tx, run, reason) => {
    const cancelled = reason === "cancel" || run.cancelRequestedAt !== null;
    const status = cancelled ? "CANCELLED" : "QUEUED";
    const message = cancelled
      ? messageOf.cancelled(run.epoch)
      : messageOf.givenBack(run.epoch, reason === "store away");
    if (cancelled) {
      await checkpoints.settle(tx, id);
      await runs.dropPredictions(tx, id);
    }
    await journal.append(tx, id, { kind: "status", status, message });
    return runs.setStatus(tx, id, status, { etaMs: null, ...(cancelled && { finishedAt: new Date() }) });
  };

  const succeed: Step<WorkerResult> = async (tx, run, result) => {
    const { bestEpoch, stoppedEarly, scores, stepScores, predictions, warnings } = result;
    await runs.recordScores(tx, id, scores, stepScores);
    await runs.recordPredictions(tx, id, predictions);
    await checkpoints.settle(tx, id);
    await journal.appendAll(tx, id, [
      ...(stoppedEarly ? [{ kind: "log", level: "INFO", message: stoppedEarly } as const] : []),
      ...warnings.map((message) => ({ kind: "log", level: "WARNING", message }) as const),
      { kind: "status", status: "SUCCEEDED", message: messageOf.succeeded(bestEpoch, stoppedEarly) },
    ]);
    return runs.setStatus(tx, id, "SUCCEEDED", {
      bestEpoch,
      etaMs: null,
      finishedAt: new Date(),
      ...(warnings.length > 0 && { warnings: [...run.warnings, ...warnings] }),
    });
  };

  /** @param reason why the training was interrupted, where the group says that it was. */
  const writeGroup = async ({ epochs, checkpoint, last }: ReportGroup, reason: StopReason) => {
    const placed = checkpoint && (await place(checkpoint));
    return write(async (tx, claimed) => {
      if (placed) await checkpoints.save(tx, id, placed);
      const run = await addEpochs(tx, claimed, epochs);
      switch (last?.kind) {
        case "engine":
          return changeEngine(tx, run, last);
        case "interrupted":
          return stop(tx, run, reason);
        case "result":
          // Whoever cancelled was answered before the end: nothing of it comes after that.
          return run.cancelRequestedAt ? stop(tx, run, "cancel") : succeed(tx, run, last);
        default:
          return run;
      }
    });
  };

  return {
    /** The checkpoint goes in together with its epoch: what was told is never trained again. */
    async group(group: ReportGroup, reason: StopReason) {
      const { last } = group;
      if (last?.kind !== "result") return writeGroup(group, reason);
      // A large result is stored in portions ahead of the end, which makes them count: no transaction takes long.
      const portions = portionsOf(last.predictions);
      const predictions = portions.pop() ?? [];
      if (portions.length === 0) return writeGroup(group, reason);
      let run = await writeGroup({ ...group, last: null }, reason);
      for (const portion of portions) {
        if (run.cancelRequestedAt) break;
        run = await write(async (tx, now) => {
          await runs.recordPredictions(tx, id, portion);
          return now;
        });
      }
      return writeGroup({ epochs: [], checkpoint: null, last: { ...last, predictions } }, reason);
    },

    failed: (error: RunError) =>
      write(async (tx) => {
        await checkpoints.settle(tx, id);
        await runs.dropPredictions(tx, id);
        await journal.append(tx, id, { kind: "status", status: "FAILED", message: error.message });
        return runs.setStatus(tx, id, "FAILED", { error, etaMs: null, finishedAt: new Date() });
      }),
  };
}
export type Recorder = ReturnType<typeof recorder>;
