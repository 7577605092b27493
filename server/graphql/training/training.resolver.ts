/** Trainings: started and cancelled, and good ways to begin. */
import { Arg, Ctx, Field, ID, Int, Mutation, ObjectType, Query, Resolver } from "type-graphql";
import { trainingPresets } from "../../recipe/presets.ts";
import type { Context } from "../context.ts";
import { listOf } from "../cost/declared.ts";
import { idOf } from "../known-id.ts";
import { toRunFilter } from "../run/run.arguments.ts";
import { Run, RunFilter } from "../run/run.type.ts";
import { StartTrainingInput } from "./start-training.input.ts";
import { TrainingPreset, toTrainingPreset } from "./training-preset.type.ts";
import { TrainingPreview, toTrainingPreview } from "./training-preview.type.ts";

@ObjectType({ description: "The training that was started." })
export class StartTrainingPayload {
  @Field(() => Run, { description: "The new run, or the first one of the same idempotency key." })
  readonly run!: Run;
}

@ObjectType({ description: "The training that was cancelled." })
export class CancelTrainingPayload {
  @Field(() => Run, { description: "The run; a running one is CANCELLED once its worker has stopped." })
  readonly run!: Run;
}

@ObjectType({ description: "The training that goes on." })
export class ResumeTrainingPayload {
  @Field(() => Run, { description: "The run, which waits for a worker again." })
  readonly run!: Run;
}

@ObjectType({ description: "The trainings that were cancelled." })
export class CancelTrainingsPayload {
  @Field(() => Int, {
    description:
      "How many runs were cancelled, or asked to stop because they train; those that were asked before do not count.",
  })
  readonly cancelled!: number;
}

@Resolver()
export class TrainingResolver {
  @Query(() => [TrainingPreset], { description: "Named configurations to start from." })
  trainingPresets(): TrainingPreset[] {
    return trainingPresets.map(toTrainingPreset);
  }

  @Query(() => TrainingPreview, {
    description: "How a request would cut its series, or what is wrong with it. Starts nothing.",
    complexity: listOf(3),
  })
  async trainingPreview(
    @Arg("input", () => StartTrainingInput, { description: "As startTraining takes it." })
    input: StartTrainingInput,
    @Ctx() { services }: Context,
  ): Promise<TrainingPreview> {
    idOf("price series", input.priceSeriesId);
    return toTrainingPreview(await services.previewTraining(input));
  }

  @Mutation(() => StartTrainingPayload, {
    description: "Checks the request and queues a run for the workers.",
  })
  async startTraining(
    @Arg("input", () => StartTrainingInput, { description: "What to train, on what, and how." })
    input: StartTrainingInput,
    @Ctx() { services }: Context,
  ): Promise<StartTrainingPayload> {
    idOf("price series", input.priceSeriesId);
    return { run: await services.startTraining(input) };
  }

  @Mutation(() => CancelTrainingPayload, {
    description: "Stops at the next batch. The last checkpoint and all epochs so far are kept.",
  })
  async cancelTraining(
    @Arg("runId", () => ID, { description: "The run to cancel." }) runId: string,
    @Arg("score", () => Boolean, {
      defaultValue: false,
      description:
        "Scores the best epoch so far instead of discarding it: the run ends SUCCEEDED. Where no epoch is through, the run ends CANCELLED all the same.",
    })
    score: boolean,
    @Ctx() { services }: Context,
  ): Promise<CancelTrainingPayload> {
    return { run: await services.cancelTraining(idOf("run", runId), { score }) };
  }

  @Mutation(() => ResumeTrainingPayload, {
    description:
      "Takes a CANCELLED run up again: it goes on from its checkpoint, bit for bit as if it had never stopped. Refused (CONFLICT) where there is no checkpoint any more.",
  })
  async resumeTraining(
    @Arg("runId", () => ID, { description: "The run to go on with." }) runId: string,
    @Ctx() { services }: Context,
  ): Promise<ResumeTrainingPayload> {
    return { run: await services.resumeTraining(idOf("run", runId)) };
  }

  @Mutation(() => Run, {
    description:
      "Changes the turn of a run that waits: the higher priority is trained first, of equal ones the older run. Refused (CONFLICT) once it does not wait any more.",
  })
  setPriority(
    @Arg("runId", () => ID, { description: "The run, which must be QUEUED." }) runId: string,
    @Arg("priority", () => Int, { description: "-10..10, usually 0." }) priority: number,
    @Ctx() { services }: Context,
  ): Promise<Run> {
    return services.setPriority(idOf("run", runId), priority);
  }

  @Mutation(() => CancelTrainingsPayload, {
    description: "All that wait or run and match the filter. An empty filter means all; safe to repeat.",
  })
  async cancelTrainings(
    @Arg("filter", () => RunFilter, { description: "Which runs to cancel." }) filter: RunFilter,
    @Ctx() { services }: Context,
  ): Promise<CancelTrainingsPayload> {
    return { cancelled: await services.cancelTrainings(toRunFilter(filter)) };
  }
}
