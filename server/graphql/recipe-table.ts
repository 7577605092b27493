/** The table of hyperparameters in docs/TRAINING.md, from the catalogue. */
import { type NamedField, recipeFields } from "../recipe/catalogue.ts";
import { indicatorKinds } from "../recipe/indicators.ts";
import { type NumberRange, type RecipeField, valuesOf } from "../recipe/recipe-field.ts";

const begin = "<!-- hyperparameters: npm run schema writes what follows -->\n";
const end = "\n<!-- end of hyperparameters -->";

/** The document with its table written anew. @throws Error where it has no place for one */
export function withRecipeTable(document: string): string {
  const [before, rest] = document.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined)
    throw new Error(`the document must have the lines ${begin.trim()} and ${end.trim()}`);
  return `${before}${begin}${recipeTable()}${end}${after}`;
}

const recipeTable = (): string =>
  ["| field | takes | default | |", "| --- | --- | --- | --- |", ...recipeFields.map(row)].join("\n");

const row = ({ name, field }: NamedField): string =>
  `| \`${name}\` | ${takes(field)} | ${usual(field)} | ${field.description} |`;

function takes(field: RecipeField): string {
  switch (field.kind) {
    case "INTEGER":
    case "NUMBER":
      return `${field.kind === "INTEGER" ? "whole number" : "number"}, ${range(field)}`;
    case "BOOLEAN":
      return "`true`, `false`";
    case "CHOICE":
      return code(valuesOf(field.choices));
    case "CHOICES":
      return `some of ${code(valuesOf(field.choices))}`;
    case "LAYERS":
      return `${field.minimum}..${field.maximum} layers`;
    case "INDICATORS":
      return `at most ${field.maximum} of ${code(indicatorKinds)}`;
    case "OTHER_SERIES":
      return `at most ${field.maximum} columns of other series`;
  }
}

const code = (values: readonly string[]): string => values.map((value) => `\`${value}\``).join(", ");

function range({ minimum, maximum, isMinimumExclusive }: NumberRange): string {
  if (maximum === undefined) return isMinimumExclusive ? `above ${minimum}` : `${minimum} or more`;
  return isMinimumExclusive ? `above ${minimum}, at most ${maximum}` : `${minimum}..${maximum}`;
}

function usual(field: RecipeField): string {
  if (field.default === null) return field.omitted ?? "";
  if (field.kind === "LAYERS")
    return (field.default ?? []).map(({ units, dropout }) => `${units}, dropout ${dropout}`).join("; ");
  if (field.kind === "INDICATORS" || field.kind === "OTHER_SERIES") return "none";
  return `\`${field.default}\``;
}
