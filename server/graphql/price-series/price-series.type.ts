/** A price series and its bars, as the API shows them. */
import { Field, Float, ID, Int, ObjectType } from "type-graphql";
import { DateTime } from "../date-time.ts";
import { connectionOf } from "../paging.ts";
import { SeriesVersion } from "./series-version.type.ts";

@ObjectType({ description: "The bars of one symbol in the order of time, one bar a time." })
export class PriceSeries {
  @Field(() => ID, { description: "UUID." })
  readonly id!: string;

  @Field(() => String, { description: "What the series is found by; no two have the same." })
  readonly symbol!: string;

  @Field(() => String, { nullable: true, description: "What people call it." })
  readonly name!: string | null;

  @Field(() => String, { nullable: true, description: "Currency of the prices, such as USD." })
  readonly currency!: string | null;

  @Field(() => String, { description: "IANA zone of the exchange." })
  readonly timezone!: string;

  @Field(() => Int, { description: "Number of bars stored." })
  readonly barCount!: number;

  @Field(() => DateTime, { nullable: true, description: "Time of the oldest bar; null without bars." })
  readonly firstTime!: Date | null;

  @Field(() => DateTime, { nullable: true, description: "Time of the newest bar; null without bars." })
  readonly lastTime!: Date | null;

  @Field(() => String, {
    description: "Hash of the stored bars; a run pins the one that it was trained on.",
  })
  readonly contentHash!: string;

  @Field(() => SeriesVersion, { description: "The newest version: its bars are those of the series." })
  readonly version!: SeriesVersion;
}

@ObjectType({ description: "The prices of one period." })
export class Bar {
  @Field(() => DateTime, { description: "When the period began." })
  readonly time!: Date;

  @Field(() => Float, { description: "First price." })
  readonly open!: number;

  @Field(() => Float, { description: "Highest price." })
  readonly high!: number;

  @Field(() => Float, { description: "Lowest price." })
  readonly low!: number;

  @Field(() => Float, { description: "Last price." })
  readonly close!: number;

  @Field(() => Float, {
    nullable: true,
    description: "Last price, adjusted; null where the source has none.",
  })
  readonly adjustedClose!: number | null;

  @Field(() => Float, { nullable: true, description: "Amount traded; null where the source has none." })
  readonly volume!: number | null;
}

export const PriceSeriesConnection = connectionOf("PriceSeries", () => PriceSeries, "by symbol");
export const BarConnection = connectionOf("Bar", () => Bar, "the oldest first");
