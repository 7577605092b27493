/** What a finished run says of the bars to come, and how it did so far. */
import { Args, Ctx, Extensions, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { heavy, pointsOf } from "../cost/declared.ts";
import { Forecast, ForecastArguments, TrackRecord } from "./forecast.type.ts";
import { Run } from "./run.type.ts";

const forecastCost = pointsOf({ argument: "steps", usual: 1, most: 250 });

@Resolver(() => Run)
export class ForecastResolver {
  @Extensions(heavy)
  @FieldResolver(() => Forecast, {
    nullable: true,
    description:
      "The next steps after the last known bar, on trading days, with an interval. Bars that were imported since it was trained are used at once. Null until the run succeeded, and for runs that ended before what forecasts need was kept with them: train those again.",
    complexity: forecastCost,
  })
  forecast(
    @Root() run: Run,
    @Args(() => ForecastArguments) { steps, level, forecaster }: ForecastArguments,
    @Ctx() { services }: Context,
  ): Promise<Forecast | null> {
    return services.forecast(run, {
      steps: steps ?? 1,
      level: level ?? 0.95,
      forecaster: forecaster ?? "GRU",
    });
  }

  @Extensions(heavy)
  @FieldResolver(() => TrackRecord, {
    nullable: true,
    description: "Forecasts that were made and whose bars have come since. Null while there are none.",
    complexity: 100,
  })
  trackRecord(@Root() run: Run, @Ctx() { services }: Context): Promise<TrackRecord | null> {
    return services.trackRecord(run);
  }
}
