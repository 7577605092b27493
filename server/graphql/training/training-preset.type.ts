/** Named configurations to start from: the fields of a request, filled in. */
import { Field, ID, Int, ObjectType } from "type-graphql";
import { type FilledIn, fillIn } from "../../recipe/complete-config.ts";
import type * as domain from "../../recipe/presets.ts";
import { Indicator } from "./indicator.type.ts";
import { OtherSeries } from "./other-series.type.ts";
import { RecipeValue, valuesOf } from "./recipe-field.type.ts";
import { declareConfigFields } from "./recipe-types.ts";
import { GruLayer } from "./training-config.type.ts";

/** Has the type of a filled-in request; its fields are declared below. */
const Request = class {} as new () => FilledIn;

@ObjectType({ description: "A good way to begin: the fields of startTraining's input, filled in." })
export class TrainingPreset extends Request {
  @Field(() => ID, { description: "A word for programs, such as standard." })
  readonly id!: string;

  @Field(() => String, { description: "What people call it." })
  readonly title!: string;

  @Field(() => String, { description: "What it is good for." })
  readonly description!: string;

  @Field(() => String, { description: "What to expect of it, for people, before it starts." })
  readonly expectation!: string;

  @Field(() => Int, {
    description: "From how many seeds it is best trained (startExperiment); 1: a single run will do.",
  })
  readonly seeds!: number;

  @Field(() => [RecipeValue], { description: "All of it by name, for programs that read recipeFields." })
  readonly values!: readonly RecipeValue[];
}
declareConfigFields(
  TrainingPreset,
  { LAYERS: GruLayer, INDICATORS: Indicator, OTHER_SERIES: OtherSeries },
  {
    validationBars: "Bars before the test that validate each epoch. Null: a tenth of them. 0: none.",
  },
);

export function toTrainingPreset({ request, ...preset }: domain.TrainingPreset): TrainingPreset {
  const filledIn = fillIn(request);
  return { ...filledIn, ...preset, values: valuesOf(filledIn) };
}
