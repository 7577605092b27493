/** Reports of a training that are stored together: one transaction for all that came while the last one was stored. */
import type { EngineName, Epoch } from "../domain/run.ts";
import type { Checkpoint, TrainingReport } from "../forecasting/training.ts";
import type { EngineChoice } from "../services/choose-engine.ts";
import type { Gathering } from "./in-groups.ts";

type Trained<Kind extends TrainingReport["kind"]> = Extract<TrainingReport, { kind: Kind }>;

/** A finished epoch, and the milliseconds that the run then still took. */
export interface TimedEpoch {
  readonly epoch: Epoch;
  readonly etaMs: number;
}
export interface EpochFinished extends TimedEpoch {
  readonly kind: "epoch";
  readonly checkpoint: Checkpoint;
}
/** The engine could not go on, and another one does, or the same with its device opened anew. */
export interface EngineChanged {
  readonly kind: "engine";
  readonly gaveUp: EngineName;
  readonly reason: Error;
  readonly next: EngineChoice;
}
/** With warnings that a reader must know before trusting it. */
export type TrainingResult = Trained<"result"> & {
  readonly warnings: readonly string[];
  /** Whether its predictions of the test hardly change. */
  readonly isConstant: boolean;
};

export type WorkerReport =
  | EpochFinished
  | Trained<"checkpoint">
  | Trained<"interrupted">
  | EngineChanged
  | TrainingResult;

export interface ReportGroup {
  /** In order. */
  readonly epochs: readonly TimedEpoch[];
  /** The group's newest: the ones before it are of no use any more. */
  readonly checkpoint: Checkpoint | null;
  /** What follows the epochs; nothing joins a group after it. The checkpoint of an interruption, if any, is the group's. */
  readonly last: EngineChanged | TrainingResult | { readonly kind: "interrupted" } | null;
}

/**
 * Most epochs that wait for the database; then the training waits. A transaction costs half of what it takes to store
 * such a group (docs/decisions/0008). A kill costs up to that many epochs, of which nobody was told. Their states do
 * not pile up: a group keeps one.
 */
export const mostEpochsAGroup = 256;

export const reportGathering: Gathering<WorkerReport, ReportGroup> = {
  join(group, report) {
    const epochs = group?.epochs ?? [];
    const checkpoint = group?.checkpoint ?? null;
    switch (report.kind) {
      case "epoch": {
        const { epoch, etaMs } = report;
        return { epochs: [...epochs, { epoch, etaMs }], checkpoint: report.checkpoint, last: null };
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
};
