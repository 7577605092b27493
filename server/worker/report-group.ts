/** Reports of a training that are stored together: one transaction for all that came while the last one was stored. */
import type { EngineName, Epoch } from "../domain/run.ts";
import type { Checkpoint, TrainingReport } from "../forecasting/training.ts";
import type { EngineChoice } from "./choose-engine.ts";
import type { Gathering } from "./in-groups.ts";

/** The engine could not go on, and another one does, or the same with its device opened anew. */
export interface EngineChanged {
  readonly kind: "engine";
  readonly gaveUp: EngineName;
  readonly reason: Error;
  readonly next: EngineChoice;
}
type TrainedResult = Extract<TrainingReport, { kind: "result" }>;
/** With what someone must know before trusting it. */
export type WorkerResult = TrainedResult & { readonly warnings: readonly string[] };
export type WorkerReport = Exclude<TrainingReport, TrainedResult> | WorkerResult | EngineChanged;

/** Stopped before its end; its checkpoint, if there was time for one, is the group's. */
interface Interrupted {
  readonly kind: "interrupted";
}

export interface ReportGroup {
  /** Finished ones, in order, each with the milliseconds that were then left. */
  readonly epochs: readonly { readonly epoch: Epoch; readonly etaMs: number }[];
  /** The newest of the group's: those before it are of no use any more. */
  readonly checkpoint: Checkpoint | null;
  /** What follows the epochs; nothing joins a group after it. */
  readonly last: Exclude<WorkerReport, { kind: "epoch" | "checkpoint" | "interrupted" }> | Interrupted | null;
}

/**
 * Most epochs that wait for the database; then the training waits. Half of such a group's time is what any transaction
 * costs (docs/decisions/0008), while a kill costs up to that many epochs, which were told to nobody. Their states do
 * not pile up: a group keeps one.
 */
export const mostEpochsAGroup = 256;

/** @param etaAfter milliseconds that are left after an epoch; asked once for each, in order. */
export const gatherReports = (
  etaAfter: (durationMs: number, epochsLeft: number) => number,
): Gathering<WorkerReport, ReportGroup> => ({
  join(group, report) {
    const { epochs, checkpoint } = group ?? { epochs: [], checkpoint: null };
    switch (report.kind) {
      case "epoch": {
        const { kind: _, checkpoint: newer, epochsLeft, ...epoch } = report;
        const etaMs = etaAfter(epoch.durationMs, epochsLeft);
        return { epochs: [...epochs, { epoch, etaMs }], checkpoint: newer, last: null };
      }
      case "checkpoint":
        return { epochs, checkpoint: report.checkpoint, last: null };
      case "interrupted":
        return { epochs, checkpoint: report.checkpoint, last: report };
      default:
        return { epochs, checkpoint, last: report };
    }
  },
  isFull: ({ epochs, last }) => epochs.length >= mostEpochsAGroup || last !== null,
});
