/** What the training loop yields, one report at a time. The caller decides who hears of it. */
import type { BarTable } from "../domain/price-series.ts";
import type { Judgement, SplitPredictions } from "../domain/results.ts";
import type { EpochProgress, ModelState } from "../engine/engine.ts";
import type { TrainingConfig } from "../recipe/training-config.ts";
import type { Plateau } from "./learning-rate.ts";
import type { TrainedModel } from "./trained-model.ts";

/** A state to go on from, and the best one so far. */
export interface Checkpoint {
  /** The epoch in hand, from 1, and how far it has come: after the last epoch, the one that would follow. */
  readonly epoch: number;
  readonly progress: EpochProgress;
  readonly state: ModelState;
  /** Milliseconds already spent on the epoch in hand. */
  readonly elapsedMs: number;
  readonly best: BestEpoch | null;
  /** Only with the learning-rate schedule PLATEAU, once an epoch is over. */
  readonly plateau?: Plateau;
}

/** The epoch with the lowest validation loss so far; early-stopping.ts says which it is where nothing validates. */
export interface BestEpoch {
  readonly epoch: number;
  readonly validationLoss: number | null;
  /** Not in checkpoints from before early stopping, whose trainings do without. */
  readonly trainLoss?: number;
  readonly weights: Float32Array;
}

export type TrainingReport =
  | {
      readonly kind: "epoch";
      readonly epoch: number;
      /** Mean of the loss that was asked for, in scaled units, over the epoch, dropout on, as Keras reports it. */
      readonly trainLoss: number;
      readonly validationLoss: number | null;
      /** Training and validation together. */
      readonly durationMs: number;
      /** Training windows over `durationMs`. */
      readonly samplesPerSecond: number;
      /** At most so many follow; 0: this was the last one, and the scores are next. */
      readonly epochsLeft: number;
      readonly checkpoint: Checkpoint;
    }
  /** Within a long epoch, where `checkpointEveryMs` asked for it. */
  | { readonly kind: "checkpoint"; readonly checkpoint: Checkpoint }
  /** The signal aborted between batches: nothing follows. */
  | { readonly kind: "interrupted"; readonly checkpoint: Checkpoint }
  | {
      readonly kind: "result";
      /** The epoch whose weights made what follows. */
      readonly bestEpoch: number;
      /** Why it ended before its last epoch, in words for people. */
      readonly stoppedEarly?: string | null;
      /** One entry a split and step. */
      readonly predictions: readonly SplitPredictions[];
      readonly judgement: Judgement;
      /** The best epoch's network, ready to forecast. */
      readonly trained: TrainedModel;
    };

export interface TrainOptions {
  /** Aborting it stops the training between batches, with an "interrupted" report. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Aborting it ends the training between batches, and the best epoch so far is scored. Where no epoch is through, the
   * training is "interrupted" instead.
   */
  readonly finish?: AbortSignal | undefined;
  /** Goes on from here instead of from fresh weights: bit for bit as if it had never stopped, on the same engine. */
  readonly resumeFrom?: Checkpoint | null | undefined;
  /** Also reports a checkpoint within an epoch each time that it took this long; never when absent. */
  readonly checkpointEveryMs?: number | undefined;
  /** IANA zone of the exchange: it decides which weekday a bar has. UTC when absent. */
  readonly timezone?: string | undefined;
  /** Bars of the other series that the configuration names, whole, by version. */
  readonly otherBars?: ReadonlyMap<string, BarTable> | undefined;
  /** Milliseconds from any start. `performance.now` when absent. */
  readonly now?: (() => number) | undefined;
}

/** The training went where no number is. Its message is for the person who chose the configuration. */
export class TrainingDiverged extends Error {
  /** Private, since whoever prints an error prints its fields: a log line of 297 MB cost the worker its run. */
  readonly #lastGood: Checkpoint | null;

  constructor(
    readonly epoch: number,
    { learningRate, clipNorm }: Pick<TrainingConfig, "learningRate" | "clipNorm">,
    lastGood: Checkpoint | null,
  ) {
    const smaller = Number((learningRate / 10).toPrecision(1));
    super(
      `The loss stopped being a number in epoch ${epoch}: ` +
        `try a learning rate of ${smaller} or less (now ${learningRate})` +
        `${clipNorm === null ? ", and if that does not help, clip the gradient, to a norm of 1 for instance" : ""}.`,
    );
    this.#lastGood = lastGood;
  }

  /** The newest checkpoint before it, if there was one. */
  get lastGood(): Checkpoint | null {
    return this.#lastGood;
  }
}
