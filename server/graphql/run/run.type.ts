/** A training run, as the API shows it. */
import { Field, Float, ID, InputType, Int, ObjectType } from "type-graphql";
import type * as domain from "../../domain/run.ts";
import { DateTime } from "../date-time.ts";
import { graphqlEnum } from "../graphql-enum.ts";
import { connectionOf } from "../paging.ts";
import { Engine } from "../training/engine.type.ts";
import { TrainingConfig } from "../training/training-config.type.ts";
import { LeakTest } from "./judgement.type.ts";

export type RunStatus = domain.RunStatus;
export const RunStatus = graphqlEnum<RunStatus>("RunStatus", "Where a run is on its way.", {
  QUEUED: "Waits for a worker.",
  RUNNING: "A worker trains it.",
  SUCCEEDED: "Trained and scored. Final.",
  FAILED: "Ended by an error, which the run tells. Final.",
  CANCELLED: "Ended by request; its epochs so far are kept. Final, unless it is resumed.",
});

@ObjectType({ description: "Why a run failed." })
export class RunError {
  @Field(() => String, { description: "A word for programs, such as DIVERGED." })
  readonly code!: string;

  @Field(() => String, { description: "For people: what happened, and what to change." })
  readonly message!: string;
}

@ObjectType({
  description:
    "Losses are mean squared error in scaled units, as Keras reports them. Where the run asked for another loss, they are its means.",
})
export class Epoch {
  @Field(() => Int, { description: "Which epoch, from 1." })
  readonly epoch!: number;

  @Field(() => Float, { description: "Mean over the epoch's batches, dropout on, as they were trained." })
  readonly trainLoss!: number;

  @Field(() => Float, { nullable: true, description: "Loss after the epoch; null where nothing validates." })
  readonly validationLoss!: number | null;

  @Field(() => Float, { description: "Milliseconds that it took." })
  readonly durationMs!: number;

  @Field(() => Float, { description: "Training windows per second." })
  readonly samplesPerSecond!: number;
}

@ObjectType({ description: "A training, from the request to its scores." })
export class Run {
  @Field(() => ID, { description: "UUID." })
  readonly id!: string;

  @Field(() => String, { description: "What people call it." })
  readonly name!: string;

  @Field(() => RunStatus, { description: "Where it is on its way." })
  readonly status!: RunStatus;

  @Field(() => TrainingConfig, { description: "What it was asked to do, defaults filled in." })
  readonly config!: TrainingConfig;

  @Field(() => Engine, { description: "The engine that was asked for." })
  readonly requestedEngine!: Engine;

  @Field(() => Int, {
    description: "Among waiting runs the higher one is trained first; -10..10, usually 0.",
  })
  readonly priority!: number;

  @Field(() => Engine, { nullable: true, description: "The engine and device that really trained it." })
  readonly engine!: Engine | null;

  @Field(() => String, { nullable: true, description: "The processor or card that really trained it." })
  readonly device!: string | null;

  @Field(() => DateTime, { description: "When it was asked for." })
  readonly createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: "When a worker first began it." })
  readonly startedAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: "When it reached its final status." })
  readonly finishedAt!: Date | null;

  @Field(() => Int, { description: "Epochs finished so far." })
  readonly epoch!: number;

  @Field(() => Int, {
    nullable: true,
    description: "The epoch whose weights made the scores and predictions.",
  })
  readonly bestEpoch!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "Milliseconds that are probably left; null if unknown.",
  })
  readonly etaMs!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      "Loss of the naive forecast (the last known price) where the run validates, in the units of validationLoss: below it the model is better. Known before the first epoch; null where nothing validates.",
  })
  readonly naiveLoss!: number | null;

  @Field(() => Float, { nullable: true, description: "Lowest validation loss so far." })
  readonly lowestLoss!: number | null;

  @Field(() => Int, { nullable: true, description: "The epoch that had it." })
  readonly lowestLossEpoch!: number | null;

  @Field(() => Float, { nullable: true, description: "Validation loss of the newest epoch." })
  readonly newestLoss!: number | null;

  @Field(() => RunError, { nullable: true, description: "Why it failed; null unless it did." })
  readonly error!: RunError | null;

  @Field(() => [String], { description: "What its reader should know before trusting it, in plain words." })
  readonly warnings!: readonly string[];

  @Field(() => Int, {
    description:
      "Number of its newest event: fetch the run, then follow with after: lastSequence. What is fetched with it is at least as new.",
  })
  readonly lastSequence!: number;

  @Field(() => String, {
    nullable: true,
    description:
      "One sentence in plain words, with the figure and the p value that it stands on. Null until the run succeeded.",
  })
  readonly verdict!: string | null;

  @Field(() => LeakTest, {
    nullable: true,
    description: "Whether it saw anything that was still to come; null until the run succeeded.",
  })
  readonly leakTest!: LeakTest | null;

  @Field(() => String, {
    nullable: true,
    description: "Which volatility forecast scales its intervals, HAR or EWMA; null until the run succeeded.",
  })
  readonly intervalSource!: string | null;

  @Field(() => [String], { description: "What people added to find it again, in the order of the alphabet." })
  readonly tags!: readonly string[];

  @Field(() => String, { nullable: true, description: "What people wrote about it; null where nobody did." })
  readonly note!: string | null;

  /** Not shown, but what field resolvers go by. */
  readonly isConstant!: boolean;
  readonly seriesId!: string;
  readonly seriesVersionId!: string;
  readonly cancelRequestedAt!: Date | null;
  readonly scoreRequestedAt!: Date | null;
  readonly experimentId!: string | null;
  readonly scheduleId!: string | null;
  readonly archivedAt!: Date | null;
}

export const RunConnection = connectionOf("Run", () => Run, "the newest first");

@InputType({ description: "Which runs to list: those that meet all that is given." })
export class RunFilter {
  @Field(() => [RunStatus], { nullable: true, description: "In any of these states." })
  readonly status?: RunStatus[] | null;

  @Field(() => ID, { nullable: true, description: "Trained on this series." })
  readonly priceSeriesId?: string | null;

  @Field(() => ID, { nullable: true, description: "Part of this experiment." })
  readonly experimentId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Part of the run's name or note, a tag, or the series' symbol or name, in any case.",
  })
  readonly search?: string | null;

  @Field(() => [RunStatus], {
    nullable: true,
    description:
      "States that the words of search name in the reader's language: runs in any of them are found, too. Means nothing without search.",
  })
  readonly searchStatus?: readonly RunStatus[] | null;

  @Field(() => String, { nullable: true, description: "One of its tags, in any case." })
  readonly tag?: string | null;

  @Field(() => Boolean, { nullable: true, description: "Whether it was put out of sight; omitted: both." })
  readonly archived?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "True: its error on the test is below the naive forecast's.",
  })
  readonly beatsNaive?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Comparisons of columns (runColumns), joined by and, or, not and parentheses: lr < 1e-3 and tag = paper and not (units >= 100). Texts with blanks in double quotes; ~ finds a part of a text; = none finds runs without a value, which no other comparison meets. At most 1000 characters.",
  })
  readonly expression?: string | null;
}
