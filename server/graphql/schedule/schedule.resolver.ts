/** Schedules: made, listed and deleted. */
import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import { NotFound } from "../../domain/errors.ts";
import type { Context } from "../context.ts";
import { listOf } from "../cost/declared.ts";
import { DeletePayload } from "../delete-payload.type.ts";
import { idOf, isId } from "../known-id.ts";
import { PriceSeries } from "../price-series/price-series.type.ts";
import { Run } from "../run/run.type.ts";
import { CreateScheduleInput, CreateSchedulePayload, Schedule } from "./schedule.type.ts";

@Resolver(() => Schedule)
export class ScheduleResolver {
  @Query(() => [Schedule], {
    description: "What is trained again and again, the oldest first.",
    complexity: listOf(100),
  })
  async schedules(
    @Arg("priceSeriesId", () => ID, { nullable: true, description: "On this series. Omitted: on any." })
    priceSeriesId: string | null | undefined,
    @Ctx() { services }: Context,
  ): Promise<Schedule[]> {
    if (priceSeriesId != null && !isId(priceSeriesId)) return [];
    return services.schedules.list(priceSeriesId ?? null);
  }

  @Mutation(() => CreateSchedulePayload, {
    description: "Trains a recipe now, and again and again as the series grows or at set times.",
  })
  async createSchedule(
    @Arg("input", () => CreateScheduleInput, { description: "What to train, and when." })
    input: CreateScheduleInput,
    @Ctx() { services }: Context,
  ): Promise<CreateSchedulePayload> {
    idOf("price series", input.training.priceSeriesId);
    return services.createSchedule(input);
  }

  @Mutation(() => DeletePayload, { description: "Ends a schedule. The runs that it started stay." })
  async deleteSchedule(
    @Arg("id", () => ID, { description: "The schedule to end." }) id: string,
    @Ctx() { services }: Context,
  ): Promise<DeletePayload> {
    await services.deleteSchedule(idOf("schedule", id));
    return { deletedIds: [id] };
  }

  @FieldResolver(() => PriceSeries, { description: "The series that it trains on.", complexity: 1 })
  async priceSeries(@Root() { seriesId }: Schedule, @Ctx() { loaders }: Context): Promise<PriceSeries> {
    const series = await loaders.priceSeries.load(seriesId);
    if (!series) throw new NotFound(`the price series ${seriesId} is there no more`);
    return series;
  }

  @FieldResolver(() => Run, {
    nullable: true,
    description:
      "The run to ask for forecasts: each new one takes its place unless its validation is clearly worse. Null until the first has succeeded.",
    complexity: 1,
  })
  async champion(@Root() { championId }: Schedule, @Ctx() { loaders }: Context): Promise<Run | null> {
    return championId === null ? null : loaders.run.load(championId);
  }
}
