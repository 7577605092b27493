/** A version of a price series, as the API shows it. */
import { Field, ID, Int, ObjectType } from "type-graphql";
import { DateTime } from "../date-time.ts";
import { connectionOf } from "../paging.ts";

@ObjectType({ description: "The bars of a series as an import left them. Nothing changes them any more." })
export class SeriesVersion {
  @Field(() => ID, { description: "UUID." })
  readonly id!: string;

  @Field(() => Int, { description: "From 1, in the order of imports." })
  readonly number!: number;

  @Field(() => String, { description: "Hash of its bars: the same bars, the same hash." })
  readonly contentHash!: string;

  @Field(() => Int, { description: "Number of its bars." })
  readonly barCount!: number;

  @Field(() => DateTime, { nullable: true, description: "Time of its oldest bar; null without bars." })
  readonly firstTime!: Date | null;

  @Field(() => DateTime, { nullable: true, description: "Time of its newest bar; null without bars." })
  readonly lastTime!: Date | null;

  @Field(() => DateTime, { description: "When it was imported, or made from an earlier one." })
  readonly createdAt!: Date;

  @Field(() => Int, {
    nullable: true,
    description: "Bars that its import added; null where it was no import, or nobody counted yet.",
  })
  readonly rowsAdded!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: "Bars that its import changed; null where it was no import, or nobody counted yet.",
  })
  readonly rowsChanged!: number | null;
}

export const SeriesVersionConnection = connectionOf("SeriesVersion", () => SeriesVersion, "the newest first");
