/** What the training loop yields, one report at a time. The caller decides who hears of it. */
import type { Split } from "../domain/run.ts";
import type { SplitPredictions, SplitScores } from "../domain/scores.ts";
import type { EpochProgress, ModelState } from "../engine/engine.ts";

/** A state to go on from, and the best one so far. */
export interface Checkpoint {
  /** The epoch in hand, from 1, and how far it has come. */
  readonly epoch: number;
  readonly progress: EpochProgress;
  readonly state: ModelState;
  /** Milliseconds already spent on the epoch in hand. */
  readonly elapsedMs: number;
  readonly best: BestEpoch | null;
}

/** The epoch with the lowest validation loss so far (the newest epoch where nothing validates). */
export interface BestEpoch {
  readonly epoch: number;
  readonly validationLoss: number | null;
  readonly weights: Float32Array;
}

export type TrainingReport =
  | {
      readonly kind: "epoch";
      readonly epoch: number;
      readonly trainLoss: number;
      readonly validationLoss: number | null;
      readonly durationMs: number;
      readonly samplesPerSecond: number;
      readonly checkpoint: Checkpoint;
    }
  /** The signal aborted between batches: nothing follows. */
  | { readonly kind: "interrupted"; readonly checkpoint: Checkpoint }
  | {
      readonly kind: "result";
      /** The epoch whose weights made what follows. */
      readonly bestEpoch: number;
      readonly scores: readonly SplitScores[];
      readonly predictions: readonly SplitPredictions[];
    };

export type SplitCounts = Readonly<Record<Split, number>>;
