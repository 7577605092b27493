/** The versions of price series: listed and gone back to; and series deleted. */
import {
  Arg,
  Args,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Int,
  Mutation,
  ObjectType,
  Resolver,
  Root,
} from "type-graphql";
import type { Context } from "../context.ts";
import { DeletePayload } from "../delete-payload.type.ts";
import { idOf } from "../known-id.ts";
import { type Connection, PageArguments, pageCost, pageRequest, toConnection } from "../paging.ts";
import { PriceSeries } from "./price-series.type.ts";
import { type SeriesVersion, SeriesVersionConnection } from "./series-version.type.ts";

@ObjectType({ description: "The series that went back to an earlier version." })
export class RevertPriceSeriesPayload {
  @Field(() => PriceSeries, { description: "The series with its newest version." })
  readonly priceSeries!: PriceSeries;
}

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
