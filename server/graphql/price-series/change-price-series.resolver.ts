/** What is told of a whole series, and what people do with it: go back to a version, rename it, delete it. */
import {
  Arg,
  Args,
  Ctx,
  Field,
  FieldResolver,
  Float,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Resolver,
  Root,
} from "type-graphql";
import type { PriceField as Domain } from "../../domain/price-series.ts";
import { priceFieldChoices } from "../../recipe/choices.ts";
import type { Context } from "../context.ts";
import { DeletePayload } from "../delete-payload.type.ts";
import { idOf } from "../known-id.ts";
import { type Connection, PageArguments, pageCost, pageRequest, toConnection } from "../paging.ts";
import { enumOf } from "../training/recipe-types.ts";
import { PriceSeries } from "./price-series.type.ts";
import { SeriesQuality, toSeriesQuality } from "./series-summary.type.ts";
import { type SeriesVersion, SeriesVersionConnection } from "./series-version.type.ts";

@ObjectType({ description: "The series that went back to an earlier version." })
export class RevertPriceSeriesPayload {
  @Field(() => PriceSeries, { description: "The series with its newest version." })
  readonly priceSeries!: PriceSeries;
}

@InputType({ description: "What is to change of a series; what is left out stays." })
export class UpdatePriceSeriesInput {
  @Field(() => String, { nullable: true, description: "Another symbol, which no other series has." })
  readonly symbol?: string | null;

  @Field(() => String, { nullable: true, description: "What people call it; empty: nothing else." })
  readonly name?: string | null;

  @Field(() => String, { nullable: true, description: "Currency of the prices, such as USD; empty: none." })
  readonly currency?: string | null;
}

@ObjectType({ description: "The series with its new description." })
export class UpdatePriceSeriesPayload {
  @Field(() => PriceSeries, { description: "The series." })
  readonly priceSeries!: PriceSeries;
}

const PriceField = enumOf(priceFieldChoices);

@Resolver(() => PriceSeries)
export class ChangePriceSeriesResolver {
  @FieldResolver(() => SeriesVersionConnection, {
    description:
      "Its versions, the newest first: the newest 21, and those that runs were trained on. Others are deleted in time.",
    complexity: pageCost(),
  })
  async versions(
    @Root() series: PriceSeries,
    @Args(() => PageArguments) args: PageArguments,
    @Ctx() { services }: Context,
  ): Promise<Connection<SeriesVersion>> {
    return toConnection(await services.priceSeries.versions(series.id, pageRequest(args)));
  }

  @FieldResolver(() => SeriesQuality, {
    description: "What was found in its bars, and its course in few points. Found once for each version.",
    complexity: 50,
  })
  async quality(@Root() series: PriceSeries, @Ctx() { services }: Context): Promise<SeriesQuality> {
    return toSeriesQuality(await services.seriesSummary(series.version));
  }

  @FieldResolver(() => Int, { description: "How many runs were started on it, whatever became of them." })
  async runCount(@Root() series: PriceSeries, @Ctx() { loaders }: Context): Promise<number> {
    return (await loaders.seriesRuns.load(series.id)).runs;
  }

  @FieldResolver(() => Float, {
    nullable: true,
    description: "The best skill on the test split of any run on any of its versions; null without one.",
  })
  async bestTestSkill(@Root() series: PriceSeries, @Ctx() { loaders }: Context): Promise<number | null> {
    return (await loaders.seriesRuns.load(series.id)).bestSkill;
  }

  @FieldResolver(() => PriceField, {
    nullable: true,
    description:
      "What the run of that skill predicts: a volatility's skill is not to be held against a price's.",
  })
  async bestTestTarget(@Root() series: PriceSeries, @Ctx() { loaders }: Context): Promise<Domain | null> {
    return (await loaders.seriesRuns.load(series.id)).bestTarget;
  }

  @Mutation(() => UpdatePriceSeriesPayload, {
    description:
      "Gives a series another symbol, name or currency; its bars and runs stay. Refused (CONFLICT) where another has the symbol.",
  })
  async updatePriceSeries(
    @Arg("id", () => ID, { description: "The series." }) id: string,
    @Arg("input", () => UpdatePriceSeriesInput, { description: "What is to change." })
    input: UpdatePriceSeriesInput,
    @Ctx() { services }: Context,
  ): Promise<UpdatePriceSeriesPayload> {
    return { priceSeries: await services.updatePriceSeries(idOf("price series", id), input) };
  }

  @Mutation(() => RevertPriceSeriesPayload, {
    description:
      "Back to an earlier version, as a new one; nothing new where the bars are the newest already. Runs keep theirs.",
  })
  async revertPriceSeries(
    @Arg("id", () => ID, { description: "The series." }) id: string,
    @Arg("toVersion", () => Int, { description: "Number of the version whose bars it is to have." })
    toVersion: number,
    @Ctx() { services }: Context,
  ): Promise<RevertPriceSeriesPayload> {
    return { priceSeries: await services.revertPriceSeries(idOf("price series", id), toVersion) };
  }

  @Mutation(() => DeletePayload, {
    description:
      "Deletes a series with all its versions. Refused (CONFLICT, with their number) while runs were trained on it or see it beside another (otherSeries), unless withRuns; and while any of them is RUNNING.",
  })
  async deletePriceSeries(
    @Arg("id", () => ID, { description: "The series." }) id: string,
    @Arg("withRuns", () => Boolean, {
      nullable: true,
      defaultValue: false,
      description:
        "Its runs too, with their events, checkpoints, scores and predictions; waiting ones are not trained.",
    })
    withRuns: boolean | null,
    @Ctx() { services }: Context,
  ): Promise<DeletePayload> {
    await services.deletePriceSeries(idOf("price series", id), { withRuns: withRuns ?? false });
    return { deletedIds: [id] };
  }
}
