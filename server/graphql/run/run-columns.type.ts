/** What runs can be sorted, filtered and shown by, and a run's values of it. */
import { Field, Float, InputType, ObjectType } from "type-graphql";
import type * as recipe from "../../recipe/run-columns/run-column.ts";
import { graphqlEnum } from "../graphql-enum.ts";

export type RunColumnKind = recipe.RunColumnKind;
export const RunColumnKind = graphqlEnum<RunColumnKind>("RunColumnKind", "What a column's values are.", {
  TEXT: "A text.",
  TEXTS: "Any number of texts; as one they are joined by commas.",
  CHOICE: "One of the choices.",
  BOOLEAN: "true or false, as text.",
  INTEGER: "A whole number.",
  NUMBER: "A number.",
  SHARE: "A number of which 1 is 100 %.",
  DURATION: "Milliseconds.",
  TIME: "Milliseconds since 1970 UTC.",
});

export type RunColumnGroup = recipe.RunColumnGroup;
export const RunColumnGroup = graphqlEnum<RunColumnGroup>("RunColumnGroup", "What a column is about.", {
  RUN: "The run itself.",
  RESULT: "How good it became.",
  DATA: "Its configuration: the data.",
  MODEL: "Its configuration: the network.",
  TRAINING: "Its configuration: the training.",
});

export type BetterEnd = "LOWER" | "HIGHER";
export const BetterEnd = graphqlEnum<BetterEnd>("BetterEnd", "Which end of a score is good.", {
  LOWER: "Errors and losses.",
  HIGHER: "Skill and accuracy.",
});

@ObjectType({ description: "One of the choices of a column." })
export class RunColumnChoice implements recipe.RunColumnChoice {
  @Field(() => String, { description: "As an expression has it." })
  readonly value!: string;

  @Field(() => String, { description: "What people call it." })
  readonly label!: string;
}

@ObjectType({
  description:
    "Something that runs can be sorted, filtered and shown by. Scores of other forecasters are columns too, by names such as HAR.mae.",
})
export class RunColumn implements recipe.RunColumn {
  @Field(() => String, { description: "For sort.by, cells and expressions." })
  readonly name!: string;

  @Field(() => [String], { description: "Other names that expressions may call it by." })
  readonly aliases!: readonly string[];

  @Field(() => String, { description: "What people call it." })
  readonly label!: string;

  @Field(() => String, { description: "What it is, for people." })
  readonly help!: string;

  @Field(() => RunColumnKind, { description: "What its values are." })
  readonly kind!: RunColumnKind;

  @Field(() => RunColumnGroup, { description: "What it is about." })
  readonly group!: RunColumnGroup;

  @Field(() => String, { nullable: true, description: "Of its numbers, in the plural." })
  readonly unit!: string | null;

  @Field(() => [RunColumnChoice], { nullable: true, description: "Of a CHOICE; null of others." })
  readonly choices!: readonly RunColumnChoice[] | null;

  @Field(() => BetterEnd, { nullable: true, description: "Of scores: which end is good." })
  readonly better!: BetterEnd | null;
}

@ObjectType({ description: "One value of one run: a number or a text, or neither where it has none." })
export class RunCell implements recipe.RunCell {
  @Field(() => String, { description: "Name of the column." })
  readonly column!: string;

  @Field(() => Float, { nullable: true, description: "Of columns with numbers, times and durations." })
  readonly number!: number | null;

  @Field(() => String, { nullable: true, description: "Of others." })
  readonly text!: string | null;
}

@InputType({
  description: "An order of runs. Those without a value come last; equal ones by their creation.",
})
export class RunSort {
  @Field(() => String, { description: "Name of a column, as runColumns lists them." })
  readonly by!: string;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: true,
    description: "The largest, newest or last of the alphabet first.",
  })
  readonly descending?: boolean | null;
}
