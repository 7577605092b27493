/** What is found in the bars of a series, and what its list shows of it, as the API shows them. */
import { Field, Float, Int, ObjectType } from "type-graphql";
import type { SeriesSummary } from "../../services/series-summary.ts";
import { DateTime } from "../date-time.ts";
import { PriceJump, toPriceJump } from "./import-review.type.ts";

@ObjectType({ description: "A pause between two bars that is longer than the series' own rhythm has." })
export class SeriesGap {
  @Field(() => DateTime, { description: "Of the bar before it." })
  readonly from!: Date;

  @Field(() => DateTime, { description: "Of the bar after it." })
  readonly to!: Date;
}

@ObjectType({ description: "What was found in the bars of a series' newest version." })
export class SeriesQuality {
  @Field(() => [SeriesGap], {
    description: "The 50 longest gaps, in the order of time. Weekends and yearly holidays are none.",
  })
  readonly gaps!: readonly SeriesGap[];

  @Field(() => Int, { description: "How many gaps there are." })
  readonly gapCount!: number;

  @Field(() => [PriceJump], { description: "The 50 largest jumps of the close, in the order of time." })
  readonly jumps!: readonly PriceJump[];

  @Field(() => Int, { description: "How many jumps there are." })
  readonly jumpCount!: number;

  @Field(() => [Float], {
    description: "Some 60 closes that show the course of the series, the oldest first, extremes kept.",
  })
  readonly sparkline!: readonly number[];

  @Field(() => Float, { nullable: true, description: "Close of the newest bar; null without bars." })
  readonly lastClose!: number | null;

  @Field(() => Float, { nullable: true, description: "Close of the bar before the newest." })
  readonly previousClose!: number | null;
}

export const toSeriesQuality = (summary: SeriesSummary): SeriesQuality => ({
  ...summary,
  gaps: summary.gaps.map(({ from, to }) => ({ from: new Date(from), to: new Date(to) })),
  jumps: summary.jumps.map(toPriceJump),
});
