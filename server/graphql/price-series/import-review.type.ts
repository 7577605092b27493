/** What an import changes in the bars of a series, for people to look at before they store it. */
import { Field, Float, Int, ObjectType } from "type-graphql";
import type * as domain from "../../domain/import-review.ts";
import { splitNear } from "../../domain/import-review.ts";
import { DateTime } from "../date-time.ts";

@ObjectType({ description: "A value of a stored bar that an import changes." })
export class ChangedValue {
  @Field(() => String, { description: "open, high, low, close, adjustedClose or volume." })
  readonly field!: string;

  @Field(() => Float, { nullable: true, description: "As it was stored; null: not known." })
  readonly before!: number | null;

  @Field(() => Float, { nullable: true, description: "As the file has it; null: not known." })
  readonly after!: number | null;
}

@ObjectType({ description: "A stored bar that an import changes." })
export class ChangedBar {
  @Field(() => DateTime, { description: "When its period began." })
  readonly time!: Date;

  @Field(() => [ChangedValue], { description: "What changes of it." })
  readonly changes!: readonly ChangedValue[];
}

@ObjectType({ description: "A close that is more than 30 % above or below the one before." })
export class PriceJump {
  @Field(() => DateTime, { description: "Of the bar after the jump." })
  readonly time!: Date;

  @Field(() => Float, { description: "The close before it." })
  readonly before!: number;

  @Field(() => Float, { description: "The close after it." })
  readonly after!: number;

  @Field(() => Float, {
    nullable: true,
    description: "The ratio of a split that it looks like, such as 2 for 2 to 1 or 1 to 2; null: like none.",
  })
  readonly splitRatio!: number | null;
}

@ObjectType({ description: "Stretches of the bars that came as columns of equal length, for a small chart." })
export class ImportOutline {
  @Field(() => [DateTime], { description: "When each stretch begins." })
  readonly time!: readonly Date[];

  @Field(() => [Float], { description: "Its lowest price." })
  readonly low!: readonly number[];

  @Field(() => [Float], { description: "Its highest price." })
  readonly high!: readonly number[];

  @Field(() => [Float], { description: "Its last price." })
  readonly close!: readonly number[];
}

@ObjectType({ description: "What an import changes, for people to look at before they store it." })
export class ImportReview {
  @Field(() => [ChangedBar], {
    description:
      "The first 100 stored bars that change, the oldest first; rowsUpdated says how many there are.",
  })
  readonly changedBars!: readonly ChangedBar[];

  @Field(() => [PriceJump], {
    description: "The first 20 jumps that the file brings, among its own bars or beside stored ones.",
  })
  readonly jumps!: readonly PriceJump[];

  @Field(() => Int, { description: "How many jumps there are." })
  readonly jumpCount!: number;

  @Field(() => ImportOutline, { description: "The course of the bars that came." })
  readonly outline!: ImportOutline;
}

const known = (value: number): number | null => (Number.isFinite(value) ? value : null);

export const toPriceJump = ({ time, before, after }: domain.PriceJump): PriceJump => ({
  ...{ time: new Date(time), before, after },
  splitRatio: splitNear(before, after),
});

export const toImportReview = (review: domain.ImportReview): ImportReview => ({
  changedBars: review.changedBars.map(({ time, changes }) => ({
    time: new Date(time),
    changes: changes.map(({ column, before, after }) => ({
      field: column,
      before: known(before),
      after: known(after),
    })),
  })),
  jumps: review.jumps.map(toPriceJump),
  jumpCount: review.jumpCount,
  outline: { ...review.outline, time: review.outline.time.map((time) => new Date(time)) },
});
