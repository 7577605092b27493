/** Columns of other series among a network's inputs. */
import { Field, ID, InputType, ObjectType } from "type-graphql";
import type { PriceField as Domain } from "../../domain/price-series.ts";
import { priceFieldChoices } from "../../recipe/choices.ts";
import { enumOf } from "./recipe-types.ts";

const PriceField = enumOf(priceFieldChoices);

@ObjectType({ description: "One of a network's inputs: a column of another series." })
export class OtherSeries {
  @Field(() => ID, { description: "The series." })
  readonly priceSeriesId!: string;

  @Field(() => String, { description: "Its symbol." })
  readonly symbol!: string;

  @Field(() => ID, {
    description: "The version of it that the run was queued with and sees, whatever is imported later.",
  })
  readonly seriesVersionId!: string;

  @Field(() => PriceField, { description: "Which column." })
  readonly field!: Domain;
}

@InputType({ description: "One of a network's inputs: a column of another series." })
export class OtherSeriesInput {
  @Field(() => ID, { description: "The series, another than the run's own." })
  readonly priceSeriesId!: string;

  @Field(() => PriceField, { nullable: true, defaultValue: "CLOSE", description: "Which column." })
  readonly field?: Domain | null;
}
