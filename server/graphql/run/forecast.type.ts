/** Forecasts of bars to come, and how those that were made did. */
import { ArgsType, Field, Float, Int, ObjectType } from "type-graphql";
import type * as domain from "../../domain/forecast.ts";
import { DateTime } from "../date-time.ts";
import { SeriesVersion } from "../price-series/series-version.type.ts";
import { Forecaster } from "./judgement.type.ts";

@ArgsType()
export class ForecastArguments {
  @Field(() => Int, { nullable: true, defaultValue: 1, description: "How many bars, 1..250." })
  readonly steps?: number | null;

  @Field(() => Float, { nullable: true, defaultValue: 0.95, description: "Of the intervals: 0.8 or 0.95." })
  readonly level?: number | null;

  @Field(() => Forecaster, {
    nullable: true,
    defaultValue: "GRU",
    description:
      "Who forecasts: the run's network, or another of its leaderboard. What is fitted is then fitted on the newest 1000 bars.",
  })
  readonly forecaster?: Forecaster | null;
}

@ObjectType({
  description:
    "Predictions of bars that are not known yet, as columns of equal length, in the target's unit: prices; of LOG_VARIANCE, volatility in percent a year.",
})
export class Forecast implements Omit<domain.Forecast, "seriesVersion"> {
  @Field(() => Forecaster, { description: "Who forecasts." })
  readonly forecaster!: Forecaster;

  @Field(() => String, {
    nullable: true,
    description: "Tells several of a kind apart, as on the leaderboard, such as last 1000 bars.",
  })
  readonly forecasterName!: string | null;

  @Field(() => [DateTime], { description: "When the bars are expected, by the calendar." })
  readonly time!: readonly Date[];

  @Field(() => [Int], { description: "Which bar after the newest one, from 1." })
  readonly step!: readonly number[];

  @Field(() => [Float], { description: "What is predicted." })
  readonly predicted!: readonly number[];

  @Field(() => Float, { description: "Share of outcomes that the intervals promise to hold." })
  readonly level!: number;

  @Field(() => [Float], {
    nullable: "items",
    description: "Lower ends of the intervals; null where too few outcomes are known for one.",
  })
  readonly lower!: readonly (number | null)[];

  @Field(() => [Float], {
    nullable: "items",
    description: "Upper ends of the intervals; null where too few outcomes are known for one.",
  })
  readonly upper!: readonly (number | null)[];

  @Field(() => [Float], {
    description:
      "The target's newest values before it, up to 60, in the same unit: where a chart of it begins.",
  })
  readonly recent!: readonly number[];

  @Field(() => [DateTime], { description: "When those values' bars were." })
  readonly recentTime!: readonly Date[];

  @Field(() => [Boolean], {
    description:
      "Whether the step is beyond the run's horizon: its own predictions are then fed back, held within what the newest 300 bars did, and intervals widen by a rule instead of as measured: a price's with the root of time.",
  })
  readonly isBeyondHorizon!: readonly boolean[];

  @Field(() => SeriesVersion, { description: "The bars that it comes from: the newest of the series." })
  readonly seriesVersion!: SeriesVersion;

  @Field(() => Int, { description: "Bars that came after those that the run was trained and tested on." })
  readonly modelAgeBars!: number;

  @Field(() => Boolean, {
    description:
      "Whether the network sees what it was not trained on: over 5 % of its numbers outside of the training's range, or farther from its mean than 99.5 % of its windows. False of other forecasters.",
  })
  readonly isUnlikeTraining!: boolean;

  @Field(() => String, {
    description: "Which calendar gave the times, and until when it is known, in words.",
  })
  readonly calendar!: string;
}

@ObjectType({
  description: "How the network's forecasts did whose bars have come, of the steps that it was trained for.",
})
export class TrackRecord implements domain.TrackRecord {
  @Field(() => Int, { description: "Forecasts with an outcome: one a bar and step, as first made." })
  readonly count!: number;

  @Field(() => Float, {
    description: "Mean absolute error, in the target's unit; of LOG_VARIANCE, of the logarithm.",
  })
  readonly mae!: number;

  @Field(() => Float, { description: "That of the last value known when each was made." })
  readonly naiveMae!: number;

  @Field(() => Float, {
    nullable: true,
    description: "Share of outcomes within the 95 % interval, 0..1; null where none had one.",
  })
  readonly coverage95!: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      "In words, when the error is above the test's (one-sided t test at 1 %, from 20 anchors on); null while it is not.",
  })
  readonly drift!: string | null;
}
