/** Engines, workers, and who is looking. */
import { Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { Run } from "../run/run.type.ts";
import { EngineInfo, Viewer, Worker } from "./installation.type.ts";

@Resolver(() => Worker)
export class InstallationResolver {
  @Query(() => Viewer, {
    description: "Who is asking. There are no accounts yet: everyone is local, and may do everything.",
  })
  viewer(): Viewer {
    return { name: "local", role: "ADMIN" };
  }

  @Query(() => [EngineInfo], {
    description:
      "What this installation can train on, each engine verified against the reference and timed on the standard batch.",
  })
  engines(@Ctx() { services }: Context): Promise<EngineInfo[]> {
    return services.listEngines();
  }

  @Query(() => [Worker], { description: "The processes that train: present ones, and those lost of late." })
  workers(@Ctx() { services }: Context): Promise<Worker[]> {
    return services.listWorkers();
  }

  @FieldResolver(() => Run, { nullable: true, description: "The run that it trains; null while idle." })
  async currentRun(@Root() { currentRunId }: Worker, @Ctx() { loaders }: Context): Promise<Run | null> {
    return currentRunId === null ? null : loaders.run.load(currentRunId);
  }
}
