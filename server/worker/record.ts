/** What a training writes while it runs: each report and all that belongs to it in one transaction, under the claim. */
import type { EngineName, Epoch, Run, RunError } from "../domain/run.ts";
import type { Transaction } from "../services/ports.ts";
import { encodeCheckpoint } from "../training/checkpoint.ts";
import type { Checkpoint, TrainingReport } from "../training/training.ts";
import type { EngineChoice } from "./choose-engine.ts";
import { type Claim, lockClaimed } from "./claim.ts";
import type { TrainRunPorts } from "./ports.ts";
import { messageOf } from "./run-errors.ts";
import type { StopReason } from "./stop-signal.ts";

type Report<Kind> = Extract<TrainingReport, { kind: Kind }>;

/** Everything answers the run as it then is. @throws ClaimLost */
export function recorder({ transaction, runs, journal, checkpoints }: TrainRunPorts, claim: Claim) {
  const id = claim.runId;
  const write = (work: (tx: Transaction, run: Run) => Promise<Run>) =>
    transaction(async (tx) => work(tx, await lockClaimed({ runs }, tx, claim)));
  const place = (checkpoint: Checkpoint) =>
    checkpoints.place(id, { epoch: checkpoint.epoch - 1, state: encodeCheckpoint(checkpoint) });

  return {
    /** The checkpoint goes in together with the epoch: what was told is never trained again. */
    async epoch({ kind: _, checkpoint, ...epoch }: Report<"epoch">, etaMs: number) {
      const placed = await place(checkpoint);
      return write(async (tx, run) => {
        await checkpoints.save(tx, id, placed);
        // Only where the newest checkpoint was damaged is an epoch trained again: it is told once all the same.
        if (epoch.epoch <= run.epoch) return run;
        await runs.recordEpoch(tx, id, epoch satisfies Epoch);
        await journal.append(tx, id, { kind: "epoch", epoch, etaMs });
        return runs.update(tx, id, { epoch: epoch.epoch, etaMs });
      });
    },

    async checkpoint(checkpoint: Checkpoint) {
      const placed = await place(checkpoint);
      return write(async (tx, run) => {
        await checkpoints.save(tx, id, placed);
        return run;
      });
    },

    bars: (contentHash: string, count: number) =>
      write(async (tx) => {
        const message = messageOf.seriesGrew(count);
        await journal.append(tx, id, { kind: "log", level: "INFO", message });
        return runs.update(tx, id, { seriesContentHash: contentHash });
      }),

    /** Another engine goes on. Told once, also when the answer to the commit was lost. */
    engine: (gaveUp: EngineName, reason: Error, { engine, device }: EngineChoice) =>
      write(async (tx, run) => {
        if (run.engine === engine) return run;
        const message = messageOf.engineGaveUp(gaveUp, reason, engine, device);
        await journal.append(tx, id, { kind: "log", level: "WARNING", message });
        return runs.update(tx, id, { engine, device, warnings: [...run.warnings, message] });
      }),

    result: ({ bestEpoch, scores, predictions }: Report<"result">) =>
      write(async (tx) => {
        await runs.recordResult(tx, id, { scores, predictions });
        await checkpoints.settle(tx, id);
        const message = messageOf.succeeded(bestEpoch);
        await journal.append(tx, id, { kind: "status", status: "SUCCEEDED", message });
        return runs.setStatus(tx, id, "SUCCEEDED", { bestEpoch, etaMs: null, finishedAt: new Date() });
      }),

    /** Stopped before its end; whoever cancelled meanwhile is heard, too. */
    async stopped(reason: StopReason, checkpoint: Checkpoint | null) {
      const placed = checkpoint && (await place(checkpoint));
      return write(async (tx, run) => {
        if (placed) await checkpoints.save(tx, id, placed);
        const cancelled = reason === "cancel" || run.cancelRequestedAt !== null;
        if (cancelled) await checkpoints.settle(tx, id);
        const status = cancelled ? "CANCELLED" : "QUEUED";
        const message = cancelled
          ? messageOf.cancelled(run.epoch)
          : messageOf.givenBack(run.epoch, reason === "store away");
        await journal.append(tx, id, { kind: "status", status, message });
        return runs.setStatus(tx, id, status, { etaMs: null, ...(cancelled && { finishedAt: new Date() }) });
      });
    },

    failed: (error: RunError) =>
      write(async (tx) => {
        await checkpoints.settle(tx, id);
        await journal.append(tx, id, { kind: "status", status: "FAILED", message: error.message });
        return runs.setStatus(tx, id, "FAILED", { error, etaMs: null, finishedAt: new Date() });
      }),
  };
}
export type Recorder = ReturnType<typeof recorder>;
