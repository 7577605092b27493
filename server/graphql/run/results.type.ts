/** What came out of a run: scores beside the naive forecast's, predictions beside the real prices. */
import { Field, Float, Int, ObjectType } from "type-graphql";
import type * as domain from "../../domain/results.ts";
import type * as run from "../../domain/run.ts";
import { DateTime } from "../date-time.ts";
import { graphqlEnum } from "../graphql-enum.ts";

export type Split = run.Split;
export const Split = graphqlEnum<Split>("Split", "A part of the series, by what it is used for.", {
  TRAIN: "The oldest bars: the weights are fitted to them.",
  VALIDATION: "The bars after them: they choose the best epoch.",
  TEST: "The newest bars: scored once, at the end.",
});

@ObjectType({ description: "How far predictions are from the real prices." })
export class Scores implements domain.Scores {
  @Field(() => Float, { description: "Mean absolute error, in the price's unit." })
  readonly mae!: number;

  @Field(() => Float, { description: "Root mean squared error, in the price's unit." })
  readonly rmse!: number;

  @Field(() => Float, {
    nullable: true,
    description: "Mean absolute percentage error, in percent; null where a real price is 0.",
  })
  readonly mape!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      "Mean absolute scaled error (Hyndman & Koehler 2006): mae over the one-step naive mae within the training split; null where that is 0.",
  })
  readonly mase!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      "Share of targets whose direction from the last known price was predicted, 0..1; null for the naive forecast, which predicts none.",
  })
  readonly directionalAccuracy!: number | null;
}

@ObjectType({ description: "One split's scores." })
export class SplitScores implements domain.SplitScores {
  @Field(() => Split, { description: "The split that was scored." })
  readonly split!: Split;

  @Field(() => Int, { description: "Number of targets scored." })
  readonly count!: number;

  @Field(() => Scores, { description: "The network's." })
  readonly model!: Scores;

  @Field(() => Scores, { description: "The naive forecast's: the last known price." })
  readonly naive!: Scores;

  @Field(() => Float, { description: "1 - model MAE / naive MAE; above 0 beats the naive forecast." })
  readonly skill!: number;
}

@ObjectType({ description: "One split's scores at one step of the horizon." })
export class StepScores extends SplitScores implements domain.StepScores {
  @Field(() => Int, { description: "Which step of the horizon, from 1." })
  readonly step!: number;
}

@ObjectType({
  description:
    "Predictions as columns of equal length, ascending in time, in the target's unit: prices; of LOG_VARIANCE, volatility in percent a year.",
})
export class PredictionColumns implements domain.PredictionColumns {
  @Field(() => [DateTime], { description: "When the predicted bar's period began." })
  readonly time!: readonly Date[];

  @Field(() => [Float], { description: "What came." })
  readonly actual!: readonly number[];

  @Field(() => [Float], {
    description: "What was predicted. Targets of which an outside forecaster said nothing are left out.",
  })
  readonly predicted!: readonly number[];

  @Field(() => [Float], { description: "The last value known when the prediction was made." })
  readonly naive!: readonly number[];

  @Field(() => [Float], {
    nullable: "items",
    description: "Lower ends of the intervals; nulls where there are none, as in the training part.",
  })
  readonly lower!: readonly (number | null)[];

  @Field(() => [Float], {
    nullable: "items",
    description: "Upper ends of the intervals; nulls where there are none, as in the training part.",
  })
  readonly upper!: readonly (number | null)[];
}

export const toPredictionColumns = (columns: domain.BoundedPredictions): PredictionColumns => ({
  ...columns,
  lower: orNulls(columns.lower, columns.time.length),
  upper: orNulls(columns.upper, columns.time.length),
});

const orNulls = (ends: readonly number[], length: number): (number | null)[] =>
  Array.from({ length }, (_, at) => (Number.isFinite(ends[at]) ? ends[at]! : null));
