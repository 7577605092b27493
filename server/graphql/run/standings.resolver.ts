/** What is said of many runs at once. */
import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { listOf } from "../cost/declared.ts";
import { DateTime } from "../date-time.ts";
import { PriceSeries } from "../price-series/price-series.type.ts";
import { Run } from "./run.type.ts";
import { RunFigures, SeriesLeader } from "./standings.type.ts";

/** Of the series that were trained on last. */
const mostLeaders = 12;

@Resolver(() => SeriesLeader)
export class StandingsResolver {
  @Query(() => RunFigures, { description: "How many runs do what, and how a day went.", complexity: 10 })
  runFigures(
    @Arg("since", () => DateTime, { description: "Counts runs that ended from then on." }) since: Date,
    @Ctx() { services }: Context,
  ): Promise<RunFigures> {
    return services.runs.figures(since);
  }

  @Query(() => [SeriesLeader], {
    description: `The best run of each of the ${mostLeaders} series that were last trained on; archived runs are left out.`,
    complexity: listOf(mostLeaders),
  })
  async seriesLeaders(@Ctx() { services }: Context): Promise<SeriesLeader[]> {
    return [...(await services.runs.seriesLeaders(mostLeaders))];
  }

  @FieldResolver(() => Run, { nullable: true, description: "The run; null if it was just deleted." })
  run(@Root() { runId }: SeriesLeader, @Ctx() { loaders }: Context): Promise<Run | null> {
    return loaders.run.load(runId);
  }

  @FieldResolver(() => PriceSeries, { nullable: true, description: "Its series; null if just deleted." })
  priceSeries(@Root() { seriesId }: SeriesLeader, @Ctx() { loaders }: Context): Promise<PriceSeries | null> {
    return loaders.priceSeries.load(seriesId);
  }
}
