/** The GraphQL side of the catalogue: enums, and the fields of inputs and outputs, declared in a loop instead of one by one. */
import { type ClassType, Field, Float, Int } from "type-graphql";
import { type FieldName, recipeFields } from "../../recipe/catalogue.ts";
import { type ChoiceSet, type RecipeField, valuesOf } from "../../recipe/recipe-field.ts";
import { graphqlEnum } from "../graphql-enum.ts";

const enums = new Map<ChoiceSet, object>();

/** The enum of a set of choices; one set is one enum, whoever asks for it. */
export function enumOf<Value extends string>(
  choices: ChoiceSet<Value>,
): { readonly [value in Value]: value } {
  const known = enums.get(choices);
  if (known) return known as { readonly [value in Value]: value };
  const meanings = Object.fromEntries(
    valuesOf(choices).map((value) => [value, choices.values[value].meaning]),
  ) as Record<Value, string>;
  const made = graphqlEnum<Value>(choices.type, choices.description, meanings);
  enums.set(choices, made);
  return made;
}

/** The types of those fields whose values are lists of objects. */
export type ObjectTypes = Readonly<Record<"LAYERS" | "INDICATORS" | "OTHER_SERIES", ClassType>>;

/** Made at once, not when the schema is built: by then every enum must be registered. */
function typeOf(field: RecipeField, objects: ObjectTypes) {
  switch (field.kind) {
    case "INTEGER":
      return Int;
    case "NUMBER":
      return Float;
    case "BOOLEAN":
      return Boolean;
    case "CHOICE":
      return enumOf(field.choices);
    case "CHOICES":
      return [enumOf(field.choices)];
    case "LAYERS":
    case "INDICATORS":
    case "OTHER_SERIES":
      return [objects[field.kind]];
  }
}

/** Declares every hyperparameter as a field of a request: all may be omitted. */
export function declareRequestFields(input: ClassType, objects: ObjectTypes): void {
  for (const { name, field } of recipeFields) {
    const usual = field.default === null ? "" : ` Default: ${literal(field.default)}.`;
    const description = `${requestWords(field)}${usual}`;
    const type = typeOf(field, objects);
    Field(() => type, { nullable: true, description })(input.prototype, name);
  }
}

function requestWords({ requestDescription, description, omitted }: RecipeField): string {
  if (requestDescription !== undefined) return requestDescription;
  return omitted === undefined ? description : `${description} Omitted: ${omitted}.`;
}

/** @param nullable fields that may be null there, besides those whose value may be. */
export function declareConfigFields(
  output: ClassType,
  objects: ObjectTypes,
  nullable: Partial<Record<FieldName, string>> = {},
): void {
  for (const { name, field } of recipeFields) {
    const isNullable = "mayBeNull" in field && field.mayBeNull === true;
    const mayBeNull = name in nullable || isNullable;
    const description =
      nullable[name] ?? (isNullable ? `${field.description} Null: ${field.omitted}.` : field.description);
    const type = typeOf(field, objects);
    Field(() => type, { nullable: mayBeNull, description })(output.prototype, name);
  }
}

/** As GraphQL writes it, enums without quotes. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (value === null || typeof value !== "object") return String(value);
  return `{ ${Object.entries(value)
    .map(([name, part]) => `${name}: ${literal(part)}`)
    .join(", ")} }`;
}
