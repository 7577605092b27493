/** Training runs: asked for, cancelled, listed and watched, and what is known of each. */
import {
  Arg,
  Args,
  Ctx,
  Extensions,
  FieldResolver,
  Float,
  ID,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
  Subscription,
} from "type-graphql";
import { integerIn } from "../../domain/checks.ts";
import { thinEpochs } from "../../domain/thin-epochs.ts";
import { recipe } from "../../recipe/catalogue.ts";
import type { Context } from "../context.ts";
import { heavy, listOf } from "../cost/declared.ts";
import { DeletePayload } from "../delete-payload.type.ts";
import { isId } from "../known-id.ts";
import { type Connection, pageCost, pageRequest, toConnection } from "../paging.ts";
import { chartCost, pointsAsked } from "../price-series/price-series.arguments.ts";
import { PriceSeries } from "../price-series/price-series.type.ts";
import { SeriesVersion } from "../price-series/series-version.type.ts";
import { TrainingEvent, toTrainingEvent } from "../training-event/training-event.type.ts";
import { PredictionColumns, SplitScores, StepScores, toPredictionColumns } from "./results.type.ts";
import {
  CurveArguments,
  curveCost,
  curvePoints,
  EpochsArguments,
  epochsCost,
  LogArguments,
  linesAsked,
  logCost,
  PredictionsArguments,
  RunsArguments,
  toRunFilter,
  toRunListOrder,
} from "./run.arguments.ts";
import { Epoch, Run, RunConnection } from "./run.type.ts";

@Resolver(() => Run)
export class RunResolver {
  @Query(() => Run, { nullable: true, description: "The run with this id; null if there is none." })
  async run(
    @Arg("id", () => ID, { description: "The run's id." }) id: string,
    @Ctx() { services }: Context,
  ): Promise<Run | null> {
    return isId(id) ? services.runs.find(id) : null;
  }

  @Query(() => RunConnection, {
    description: "Runs, the newest first unless sorted otherwise.",
    complexity: pageCost(),
  })
  async runs(
    @Args(() => RunsArguments) args: RunsArguments,
    @Ctx() { services }: Context,
  ): Promise<Connection<Run>> {
    const order = args.sort ? toRunListOrder(args.sort) : undefined;
    return toConnection(await services.runs.list(pageRequest(args), toRunFilter(args.filter ?? {}), order));
  }

  @Mutation(() => DeletePayload, {
    description:
      "Deletes runs with their events, checkpoints, scores and predictions: all or none of them. Running ones are refused (CONFLICT), ids that no run has are passed over. At most 500.",
  })
  async deleteRuns(
    @Arg("ids", () => [ID], { description: "The runs to delete." }) ids: string[],
    @Ctx() { services }: Context,
  ): Promise<DeletePayload> {
    return { deletedIds: await services.deleteRuns(ids) };
  }

  @Subscription(() => Run, {
    description:
      "A run each time that one is created or changes status or progress (at most a few times a second per run).",
    subscribe: ({ context }: { context: Context }) => context.services.watchRuns(),
  })
  runChanges(@Root() run: Run): Run {
    return run;
  }

  @FieldResolver(() => PriceSeries, { description: "The series that it is trained on.", complexity: 1 })
  async priceSeries(@Root() run: Run, @Ctx() { loaders }: Context): Promise<PriceSeries> {
    return (
      (await loaders.priceSeries.load(run.seriesId)) ?? missing(`series ${run.seriesId} of run ${run.id}`)
    );
  }

  @FieldResolver(() => SeriesVersion, {
    description: "The bars that it was trained on, whatever was imported since.",
    complexity: 1,
  })
  async seriesVersion(@Root() run: Run, @Ctx() { loaders }: Context): Promise<SeriesVersion> {
    return (
      (await loaders.seriesVersion.load(run.seriesVersionId)) ??
      missing(`version ${run.seriesVersionId} of run ${run.id}`)
    );
  }

  @FieldResolver(() => Boolean, { description: "Whether someone asked for it to be cancelled." })
  cancelRequested(@Root() run: Run): boolean {
    return run.cancelRequestedAt !== null;
  }

  @FieldResolver(() => Boolean, {
    description: "Whether someone asked for it to stop and to score its best epoch.",
  })
  scoreRequested(@Root() run: Run): boolean {
    return run.scoreRequestedAt !== null;
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description:
      "Its place among the runs that wait, from 1: the higher priority first, then the older run. Null unless it is QUEUED.",
    complexity: 1,
  })
  async queuePosition(@Root() run: Run, @Ctx() { loaders }: Context): Promise<number | null> {
    return run.status === "QUEUED" ? loaders.queuePosition.load(run.id) : null;
  }

  @Extensions(heavy)
  @FieldResolver(() => [Epoch], {
    description: "The epochs finished so far, in order.",
    complexity: epochsCost,
  })
  async epochs(
    @Root() run: Run,
    @Args(() => EpochsArguments) { maxPoints, from, to }: EpochsArguments,
    @Ctx() { loaders }: Context,
  ): Promise<readonly Epoch[]> {
    const most = maxPoints == null ? null : pointsAsked(maxPoints);
    const all = await loaders.epochs.load(run.id);
    const [first, last] = [from ?? 0, to ?? Number.POSITIVE_INFINITY];
    const epochs =
      from == null && to == null ? all : all.filter(({ epoch }) => epoch >= first && epoch <= last);
    return most === null ? epochs : thinEpochs(epochs, most);
  }

  @FieldResolver(() => [Float], {
    description:
      "Its losses for a small picture: the validation's (the training's where nothing validates) at epochs with even steps between them, the newest included.",
    complexity: curveCost,
  })
  lossCurve(
    @Root() run: Run,
    @Args(() => CurveArguments) { maxPoints }: CurveArguments,
    @Ctx() { loaders }: Context,
  ): Promise<readonly number[]> {
    return loaders.lossCurve.load({ id: run.id, points: curvePoints(maxPoints) });
  }

  @Extensions(heavy)
  @FieldResolver(() => [TrainingEvent], {
    description:
      "What happened to it besides its epochs: statuses and messages, oldest first, the newest `last` of them.",
    complexity: logCost,
  })
  async log(
    @Root() run: Run,
    @Args(() => LogArguments) { last, before }: LogArguments,
    @Ctx() { services }: Context,
  ): Promise<TrainingEvent[]> {
    const events = await services.runLog(run.id, before ?? null, linesAsked(last));
    return events.map(toTrainingEvent);
  }

  @FieldResolver(() => [SplitScores], {
    description:
      "Model against the naive forecast (the last known price) on the same targets, in price units.",
    complexity: listOf(3),
  })
  scores(@Root() run: Run, @Ctx() { loaders }: Context): Promise<readonly SplitScores[]> {
    return loaders.scores.load(run.id);
  }

  @FieldResolver(() => [StepScores], {
    description:
      "The same for each step of the horizon, by split, then by step. Empty for runs scored before there were any.",
    complexity: listOf(3 * recipe.horizon.maximum),
  })
  stepScores(@Root() run: Run, @Ctx() { loaders }: Context): Promise<readonly StepScores[]> {
    return loaders.stepScores.load(run.id);
  }

  @Extensions(heavy)
  @FieldResolver(() => PredictionColumns, {
    description:
      "With true history up to step bars before, each prediction at the time of the bar that it predicts.",
    complexity: chartCost,
  })
  async predictions(
    @Root() run: Run,
    @Args(() => PredictionsArguments)
    { split, step, maxPoints, level, forecaster, forecasterName, from, to }: PredictionsArguments,
    @Ctx() { services }: Context,
  ): Promise<PredictionColumns> {
    const asked = integerIn("step", step ?? 1, 1);
    return toPredictionColumns(
      await services.chartPredictions(run, {
        split,
        step: asked,
        maxPoints: pointsAsked(maxPoints),
        level: level ?? 0.95,
        from: from ?? null,
        to: to ?? null,
        forecaster: { forecaster: forecaster ?? "GRU", name: forecasterName ?? null },
      }),
    );
  }
}

function missing(what: string): never {
  throw new Error(`the database must hold ${what}`);
}
