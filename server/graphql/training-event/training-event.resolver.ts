/** The live story of one run. */
import { Arg, ID, Int, Resolver, Root, Subscription } from "type-graphql";
import type { RunEvent } from "../../domain/run-event.ts";
import type { Context } from "../context.ts";
import { idOf } from "../known-id.ts";
import { TrainingEvent, toTrainingEvent } from "./training-event.type.ts";

interface Asked {
  readonly args: { readonly runId: string; readonly after?: number | null };
  readonly context: Context;
}

@Resolver()
export class TrainingEventResolver {
  @Subscription(() => TrainingEvent, {
    description:
      "Every event of a run with sequence > after, in order, then live ones. Reconnect with the last sequence seen: nothing is lost or repeated. Completes after the final status.",
    subscribe: ({ args, context }: Asked) =>
      context.services.followRun(idOf("run", args.runId), args.after ?? 0),
  })
  trainingEvents(
    @Root() event: RunEvent,
    @Arg("runId", () => ID, { description: "The run to follow." }) _runId: string,
    @Arg("after", () => Int, { nullable: true, defaultValue: 0, description: "The last sequence seen." })
    _after: number,
  ): TrainingEvent {
    return toTrainingEvent(event);
  }
}
