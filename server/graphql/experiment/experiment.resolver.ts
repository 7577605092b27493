/** Experiments: started, cancelled and read. */
import {
  Arg,
  Args,
  Ctx,
  Extensions,
  FieldResolver,
  Float,
  ID,
  Mutation,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import { experimentStatus } from "../../domain/experiment.ts";
import { isFinal } from "../../domain/run.ts";
import type { Context } from "../context.ts";
import { heavy, listOf } from "../cost/declared.ts";
import { idOf, isId } from "../known-id.ts";
import { type Connection, PageArguments, pageCost, pageRequest, toConnection } from "../paging.ts";
import { Split } from "../run/results.type.ts";
import { type Run, RunConnection, RunStatus } from "../run/run.type.ts";
import { Experiment, GroupScores, StartExperimentInput, StartExperimentPayload } from "./experiment.type.ts";

@Resolver(() => Experiment)
export class ExperimentResolver {
  @Query(() => Experiment, {
    nullable: true,
    description: "The experiment with this id; null if there is none.",
  })
  async experiment(
    @Arg("id", () => ID, { description: "The experiment's id." }) id: string,
    @Ctx() { services }: Context,
  ): Promise<Experiment | null> {
    return isId(id) ? services.experiments.find(id) : null;
  }

  @Mutation(() => StartExperimentPayload, {
    description: "Checks all runs of the plan and queues them together, or none of them.",
  })
  async startExperiment(
    @Arg("input", () => StartExperimentInput, { description: "What to train, and how often." })
    input: StartExperimentInput,
    @Ctx() { services }: Context,
  ): Promise<StartExperimentPayload> {
    idOf("price series", input.training.priceSeriesId);
    return { experiment: await services.startExperiment(input) };
  }

  @Mutation(() => StartExperimentPayload, {
    description: "Cancels all of its runs that have not ended. Safe to repeat.",
  })
  async cancelExperiment(
    @Arg("id", () => ID, { description: "The experiment to cancel." }) id: string,
    @Ctx() { services }: Context,
  ): Promise<StartExperimentPayload> {
    return { experiment: await services.cancelExperiment(idOf("experiment", id)) };
  }

  @FieldResolver(() => RunStatus, {
    description: "RUNNING while some of its runs have not ended; otherwise the worst of their ends.",
    complexity: 1,
  })
  async status(@Root() { id }: Experiment, @Ctx() { services }: Context): Promise<RunStatus> {
    return experimentStatus((await services.experiments.runsOf(id)).map(({ status }) => status));
  }

  @FieldResolver(() => Float, { description: "Share of its runs that have ended, 0..1.", complexity: 1 })
  async progress(@Root() { id }: Experiment, @Ctx() { services }: Context): Promise<number> {
    const runs = await services.experiments.runsOf(id);
    return runs.length === 0 ? 1 : runs.filter(({ status }) => isFinal(status)).length / runs.length;
  }

  @FieldResolver(() => RunConnection, { description: "Its runs, the newest first.", complexity: pageCost() })
  async runs(
    @Root() { id }: Experiment,
    @Args(() => PageArguments) args: PageArguments,
    @Ctx() { services }: Context,
  ): Promise<Connection<Run>> {
    return toConnection(await services.runs.list(pageRequest(args), { experimentId: id }));
  }

  @Extensions(heavy)
  @FieldResolver(() => [GroupScores], {
    description: "Mean, spread and the ensemble over its runs. The best MAE first.",
    complexity: listOf(20),
  })
  async leaderboard(
    @Root() experiment: Experiment,
    @Arg("split", () => Split, { defaultValue: "TEST", description: "The split." }) split: Split,
    @Ctx() { services }: Context,
  ): Promise<GroupScores[]> {
    return services.experimentLeaderboard(experiment, split);
  }
}
