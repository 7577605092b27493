/**
 * The catalogue of hyperparameters, one entry each. From it come the configuration's type, the API's input and output, the
 * checks of requests and stored rows, the facts of a run, the hash of idempotency keys, the dashboard's form and the table
 * in docs/TRAINING.md. Adding one costs its entry, what the training does with it, and a test.
 */
import { dataFields } from "./fields/data.ts";
import { modelFields } from "./fields/model.ts";
import { trainingFields } from "./fields/training.ts";
import type { RecipeField } from "./recipe-field.ts";

export const recipe = { ...dataFields, ...modelFields, ...trainingFields };

export type FieldName = keyof typeof recipe;
/** A field with its name, whatever its kind. */
export interface NamedField {
  readonly name: FieldName;
  readonly field: RecipeField;
}
/** In the order of the form. */
export const recipeFields: readonly NamedField[] = Object.entries(recipe).map(([name, field]) => ({
  name: name as FieldName,
  field,
}));
