/** Several runs side by side, as the API shows it. */
import { Field, Float, Int, ObjectType } from "type-graphql";
import type * as domain from "../../domain/comparison.ts";
import { DateTime } from "../date-time.ts";

@ObjectType({ description: "A run among several, or the naive forecast beside them." })
export class ComparedRun implements domain.ComparedRun {
  /** Not shown, but what field resolvers go by. */
  readonly runId!: string | null;

  @Field(() => Float, {
    nullable: true,
    description:
      "Of the model confidence set (Hansen, Lunde & Nason 2011) by absolute errors: the smallest size of a test at which it leaves the set. Null where it has no test to compare.",
  })
  readonly pValue!: number | null;

  @Field(() => Boolean, { description: "Whether it is in the 90 % set: the best is among those that are." })
  readonly mayBeBest!: boolean;
}

@ObjectType({ description: "Which of several runs may be the best, on the bars that all of them predicted." })
export class BestOfRuns implements domain.BestOfRuns {
  @Field(() => Int, {
    description: "Bars that were compared: the newest 1,000 that every test has, one step ahead.",
  })
  readonly bars!: number;

  @Field(() => DateTime, { nullable: true, description: "Of the first of them." })
  readonly from!: Date | null;

  @Field(() => DateTime, { nullable: true, description: "Of the last of them." })
  readonly to!: Date | null;

  @Field(() => [ComparedRun], {
    description: "The runs in the order that was asked, then the naive forecast.",
  })
  readonly compared!: readonly ComparedRun[];

  @Field(() => String, { nullable: true, description: "In words why nothing could be compared." })
  readonly problem!: string | null;
}
