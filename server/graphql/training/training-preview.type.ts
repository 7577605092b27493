/** What a form shows before a training is started. */
import { Field, Float, Int, ObjectType } from "type-graphql";
import type { EngineName } from "../../domain/run.ts";
import type * as services from "../../services/services.ts";
import { Split } from "../run/results.type.ts";
import { Engine } from "./engine.type.ts";

@ObjectType({ description: "A part of the series as it would be cut." })
export class SplitPreview {
  @Field(() => Split, { description: "Which part." })
  readonly split!: Split;

  @Field(() => Int, { description: "Its bars." })
  readonly barCount!: number;

  @Field(() => Int, { description: "Windows whose targets lie in it." })
  readonly windowCount!: number;
}

@ObjectType({ description: "Why a request would be refused." })
export class InputProblem {
  @Field(() => String, { description: "Path of the field that is to blame, such as layers[1].units." })
  readonly field!: string;

  @Field(() => String, { description: "What was expected and what came." })
  readonly message!: string;
}

@ObjectType({ description: "About how long a training would take, and wait." })
export class TrainingEstimate implements services.TrainingEstimate {
  @Field(() => Engine, {
    description: "The engine that it is reckoned for: the one asked for, or the fastest.",
  })
  readonly engine!: EngineName;

  @Field(() => Float, {
    description:
      "Milliseconds with all of its epochs, from the engine's time for the standard batch; early stopping makes it shorter.",
  })
  readonly trainMs!: number;

  @Field(() => Int, { description: "Runs that train, or would train before it." })
  readonly runsBefore!: number;

  @Field(() => Float, {
    nullable: true,
    description: "Milliseconds until a worker is free for it; null where that is not known.",
  })
  readonly startsInMs!: number | null;
}

@ObjectType({
  description: "How a request would cut its series. Holes and values of the series are not looked at.",
})
export class TrainingPreview {
  @Field(() => [SplitPreview], { description: "In the order of time; none where there is a problem." })
  readonly splits!: readonly SplitPreview[];

  @Field(() => InputProblem, { nullable: true, description: "The first one; null where there is none." })
  readonly problem!: InputProblem | null;

  @Field(() => TrainingEstimate, {
    nullable: true,
    description: "Null where there is a problem, or no worker that could say.",
  })
  readonly estimate!: TrainingEstimate | null;
}

export const toTrainingPreview = ({
  splits,
  problem,
  estimate,
}: services.PreviewedTraining): TrainingPreview => ({
  estimate,
  splits: splits.map(({ split, firstBar, endBar, firstAnchor, endAnchor }) => ({
    split,
    barCount: endBar - firstBar,
    windowCount: endAnchor - firstAnchor,
  })),
  problem: problem && { field: problem.field, message: problem.message },
});
