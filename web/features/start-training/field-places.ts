/** Which hyperparameters stand in the form at once, and which under "More": those that most people never change. Pure. */
import type { FormErrors } from "./checks.ts";
import { applies, type FormValues, type RecipeField } from "./form-values.ts";

const oftenChanged: ReadonlySet<string> = new Set([
  ...["target", "transform", "window", "horizon", "testBars", "validationBars", "features", "indicators"],
  "layers",
  ...["epochs", "batchSize", "learningRate", "earlyStoppingPatience", "seed"],
]);

export type Place = "often" | "rarely";
const placeOf = ({ name }: Pick<RecipeField, "name">): Place => (oftenChanged.has(name) ? "often" : "rarely");

export const fieldsAt = (
  fields: readonly RecipeField[],
  values: FormValues,
  group: RecipeField["group"],
  place: Place,
): readonly RecipeField[] =>
  fields.filter((field) => field.group === group && placeOf(field) === place && applies(field, values));

/** A field that is wrong must be in sight. */
export const hasError = (
  fields: readonly Pick<RecipeField, "name">[],
  errorOf: (path: string) => FormErrors[string] | undefined,
): boolean => fields.some(({ name }) => errorOf(name) !== undefined);
