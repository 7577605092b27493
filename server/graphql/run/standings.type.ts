/** What is said of many runs at once, as the API shows it. */
import { Field, Float, Int, ObjectType } from "type-graphql";
import type * as domain from "../../domain/standings.ts";

@ObjectType({ description: "How many runs do what, and how those ended that ended since." })
export class RunFigures implements domain.RunFigures {
  @Field(() => Int, { description: "Train now." })
  readonly running!: number;

  @Field(() => Int, { description: "Wait for a worker now." })
  readonly waiting!: number;

  @Field(() => Int, { description: "Succeeded since." })
  readonly succeeded!: number;

  @Field(() => Int, { description: "Failed since." })
  readonly failed!: number;

  @Field(() => Int, { description: "Cancelled since." })
  readonly cancelled!: number;

  @Field(() => Int, {
    description: "Of those that succeeded since: erred less on their test than the naive forecast.",
  })
  readonly beatNaive!: number;
}

@ObjectType({ description: "The run of a series with the highest skill on its test." })
export class SeriesLeader implements domain.SeriesLeader {
  /** Not shown, but what field resolvers go by. */
  readonly runId!: string;
  readonly seriesId!: string;

  @Field(() => Float, { description: "Its 1 - MAE / the naive forecast's, all steps together." })
  readonly skill!: number;

  @Field(() => Int, {
    description:
      "Scored seeds of its recipe (an experiment of plan SEEDS), its own among them; 1 without others.",
  })
  readonly count!: number;

  @Field(() => Float, { description: "Mean skill of those runs: the best of several is partly luck." })
  readonly skillMean!: number;

  @Field(() => Float, {
    nullable: true,
    description: "Standard deviation over those runs; null of fewer than two.",
  })
  readonly skillDeviation!: number | null;
}
