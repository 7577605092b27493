/** Several runs side by side. */
import { Arg, Ctx, Extensions, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { heavy, listOf } from "../cost/declared.ts";
import { BestOfRuns, ComparedRun } from "./comparison.type.ts";
import { Run } from "./run.type.ts";

const mostCompared = 11;

@Resolver(() => ComparedRun)
export class ComparisonResolver {
  @Query(() => BestOfRuns, {
    description:
      "Which of 2 to 10 runs of one series and target may be the best: the model confidence set. Ids that no run has are passed over.",
    complexity: listOf(mostCompared),
  })
  @Extensions(heavy)
  bestOfRuns(
    @Arg("runIds", () => [ID], { description: "2 to 10 different ones." }) runIds: string[],
    @Ctx() { services }: Context,
  ): Promise<BestOfRuns> {
    return services.bestOfRuns(runIds);
  }

  @FieldResolver(() => Run, {
    nullable: true,
    description: "Null: the naive forecast, or a run that was just deleted.",
  })
  run(@Root() { runId }: ComparedRun, @Ctx() { loaders }: Context): Promise<Run | null> | null {
    return runId === null ? null : loaders.run.load(runId);
  }

  @FieldResolver(() => Boolean, { description: "Whether this is the naive forecast." })
  isNaive(@Root() { runId }: ComparedRun): boolean {
    return runId === null;
  }
}
