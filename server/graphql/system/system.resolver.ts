/** Engines, workers, and who is looking. */
import { Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { listOf } from "../cost/declared.ts";
import { Run } from "../run/run.type.ts";
import { EngineInfo, Installation, Viewer, Worker } from "./system.type.ts";

@Resolver(() => Worker)
export class SystemResolver {
  @Query(() => Viewer, {
    description: "Who is asking. There are no accounts yet: everyone is local, and may do everything.",
  })
  viewer(): Viewer {
    return { name: "local", role: "ADMIN" };
  }

  @Query(() => Installation, { description: "What answers here." })
  installation(@Ctx() { services }: Context): Promise<Installation> {
    return services.installation();
  }

  @Query(() => [EngineInfo], {
    description:
      "What this installation can train on, each engine verified against the reference and timed on the standard batch.",
    complexity: listOf(4),
  })
  engines(@Ctx() { services }: Context): Promise<EngineInfo[]> {
    return services.listEngines();
  }

  @Query(() => [Worker], {
    description: "The processes that train: present ones, and those lost of late.",
    complexity: listOf(10),
  })
  workers(@Ctx() { services }: Context): Promise<Worker[]> {
    return services.listWorkers();
  }

  @FieldResolver(() => Run, {
    nullable: true,
    description: "The run that it trains, or the first of several; null while idle.",
    complexity: 1,
  })
  async currentRun(
    @Root() { currentRunIds: [first] }: Worker,
    @Ctx() { loaders }: Context,
  ): Promise<Run | null> {
    return first === undefined ? null : loaders.run.load(first);
  }

  @FieldResolver(() => [Run], {
    description: "All runs that it trains: several small ones are trained beside each other.",
    complexity: listOf(4),
  })
  async currentRuns(@Root() { currentRunIds }: Worker, @Ctx() { loaders }: Context): Promise<Run[]> {
    const runs = await Promise.all(currentRunIds.map((id) => loaders.run.load(id)));
    return runs.filter((run) => run !== null);
  }
}
