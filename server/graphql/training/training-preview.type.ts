/** What a form shows before a training is started. */
import { Field, Int, ObjectType } from "type-graphql";
import type * as recipe from "../../recipe/preview.ts";
import { Split } from "../run/results.type.ts";

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

@ObjectType({
  description: "How a request would cut its series. Holes and values of the series are not looked at.",
})
export class TrainingPreview {
  @Field(() => [SplitPreview], { description: "In the order of time; none where there is a problem." })
  readonly splits!: readonly SplitPreview[];

  @Field(() => InputProblem, { nullable: true, description: "The first one; null where there is none." })
  readonly problem!: InputProblem | null;
}

export const toTrainingPreview = ({ splits, problem }: recipe.TrainingPreview): TrainingPreview => ({
  splits: splits.map(({ split, firstBar, endBar, firstAnchor, endAnchor }) => ({
    split,
    barCount: endBar - firstBar,
    windowCount: endAnchor - firstAnchor,
  })),
  problem: problem && { field: problem.field, message: problem.message },
});
