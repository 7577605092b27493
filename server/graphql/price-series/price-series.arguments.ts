/** What the fields of price series may be asked with. */
import { ArgsType, Field, ID, Int } from "type-graphql";
import { integerIn } from "../../domain/checks.ts";
import { pointsOf } from "../cost/declared.ts";
import { DateTime } from "../date-time.ts";
import { PageArguments } from "../paging.ts";

@ArgsType()
export class PriceSeriesArguments {
  @Field(() => ID, { nullable: true, description: "Its id; with a symbol too, both must fit." })
  readonly id?: string | null;

  @Field(() => String, { nullable: true, description: "Its symbol." })
  readonly symbol?: string | null;
}

@ArgsType()
export class PriceSeriesListArguments extends PageArguments {
  @Field(() => String, { nullable: true, description: "Part of the symbol or the name, in any case." })
  readonly search?: string | null;
}

export const usualBars = 100;

@ArgsType()
export class BarsArguments {
  @Field(() => Int, { nullable: true, defaultValue: usualBars, description: "How many at most, 1..500." })
  readonly first?: number | null;

  @Field(() => String, { nullable: true, description: "The cursor after which the page begins." })
  readonly after?: string | null;

  @Field(() => DateTime, { nullable: true, description: "Only bars at or after it." })
  readonly from?: Date | null;

  @Field(() => DateTime, { nullable: true, description: "Only bars at or before it." })
  readonly to?: Date | null;
}

const usualPoints = 1000;
const mostPoints = 100_000;
/** How many points a chart may have. @throws InvalidInput */
export const pointsAsked = (maxPoints: number | null | undefined): number =>
  integerIn("maxPoints", maxPoints ?? usualPoints, 2, mostPoints);
/** What a field with this argument costs. */
export const chartCost = pointsOf({ argument: "maxPoints", usual: usualPoints, most: mostPoints });

@ArgsType()
export class MaxPointsArguments {
  @Field(() => Int, {
    nullable: true,
    defaultValue: usualPoints,
    description: "How many at most, 2..100000: what the screen can show.",
  })
  readonly maxPoints?: number | null;
}

@ArgsType()
export class ChartArguments extends MaxPointsArguments {
  @Field(() => DateTime, { nullable: true, description: "Only bars at or after it." })
  readonly from?: Date | null;

  @Field(() => DateTime, { nullable: true, description: "Only bars at or before it." })
  readonly to?: Date | null;
}
