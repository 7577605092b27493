/** Named configurations to start from: the fields of a request, filled in. */
import { Field, ID, Int, ObjectType } from "type-graphql";
import type * as domain from "../../recipe/presets.ts";
import { TrainingFields } from "./training-config.type.ts";

@ObjectType({ description: "A good way to begin: the fields of startTraining's input, filled in." })
export class TrainingPreset extends TrainingFields {
  @Field(() => ID, { description: "A word for programs, such as standard." })
  readonly id!: string;

  @Field(() => String, { description: "What people call it." })
  readonly title!: string;

  @Field(() => String, { description: "What it is good for." })
  readonly description!: string;

  @Field(() => Int, {
    nullable: true,
    description: "Bars before the test that validate each epoch. Null: a tenth of them. 0: none.",
  })
  readonly validationBars?: number | null;
}

export const toTrainingPreset = ({ request, ...preset }: domain.TrainingPreset) => ({
  ...request,
  ...preset,
});
