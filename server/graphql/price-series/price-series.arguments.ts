/** What the fields of price series may be asked with. */
import { Max, Min } from "class-validator";
import { ArgsType, Field, ID, Int } from "type-graphql";
import { pointsOf } from "../cost/declared.ts";
import { DateTime } from "../date-time.ts";
import { PageArguments, pageSizeOutOfRange } from "../paging.ts";

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
  @Min(1, { message: pageSizeOutOfRange })
  @Max(500, { message: pageSizeOutOfRange })
  readonly first?: number | null;

  @Field(() => String, { nullable: true, description: "The cursor after which the page begins." })
  readonly after?: string | null;

  @Field(() => DateTime, { nullable: true, description: "Only bars at or after it." })
  readonly from?: Date | null;

  @Field(() => DateTime, { nullable: true, description: "Only bars at or before it." })
  readonly to?: Date | null;
}

export const usualPoints = 1000;
export const mostPoints = 100_000;
export const pointsOutOfRange = ({ value }: { value: unknown }) =>
  `maxPoints must be 2..${mostPoints}, got ${value}`;
/** What a field with this argument costs. */
export const chartCost = pointsOf({ argument: "maxPoints", usual: usualPoints, most: mostPoints });

@ArgsType()
export class MaxPointsArguments {
  @Field(() => Int, {
    nullable: true,
    defaultValue: usualPoints,
    description: "How many at most, 2..100000: what the screen can show.",
  })
  @Min(2, { message: pointsOutOfRange })
  @Max(mostPoints, { message: pointsOutOfRange })
  readonly maxPoints?: number | null;
}

@ArgsType()
export class ChartArguments extends MaxPointsArguments {
  @Field(() => DateTime, { nullable: true, description: "Only bars at or after it." })
  readonly from?: Date | null;

  @Field(() => DateTime, { nullable: true, description: "Only bars at or before it." })
  readonly to?: Date | null;
}
