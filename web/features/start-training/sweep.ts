/** Fields in which several values are typed: each combination becomes a run. Pure. */
import type { SweepAxisInput } from "../../graphql/generated/graphql.ts";
import { applies, type FormValues, type RecipeField } from "./form-values.ts";
import { numberOf, textsOf } from "./typed-numbers.ts";

export interface Axis extends Pick<RecipeField, "name" | "label"> {
  readonly values: readonly number[];
}

/** The texts of a field that may have several values; one of any other. */
export const textsIn = (field: RecipeField, text: string): readonly string[] =>
  mayHaveSeveral(field) ? textsOf(text, field.kind === "INTEGER") : [text];

const mayHaveSeveral = ({ kind, isSweepable }: Pick<RecipeField, "kind" | "isSweepable">): boolean =>
  isSweepable && (kind === "INTEGER" || kind === "NUMBER");

/** Of a form that passed its checks. */
export const axesOf = (values: FormValues, fields: readonly RecipeField[]): readonly Axis[] =>
  fields
    .filter((field) => mayHaveSeveral(field) && applies(field, values))
    .map((field) => ({
      name: field.name,
      label: field.label,
      values: textsIn(field, values.recipe[field.name] as string).map(numberOf),
    }))
    .filter((axis) => axis.values.length > 1);

export const axisInput = ({ name, values }: Axis): SweepAxisInput => ({
  field: name,
  values: values.map((value) => JSON.stringify(value)),
});

/** Whether they are what several seeds of one recipe are: 3, 4, 5. */
export const areNeighbours = ({ values }: Pick<Axis, "values">): boolean =>
  values.every((value, at) => at === 0 || value === values[at - 1]! + 1);
