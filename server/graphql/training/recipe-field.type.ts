/** The hyperparameters as forms and programs need them, and values and facts of one configuration. */
import { Field, Float, ObjectType } from "type-graphql";
import { type NamedField, recipeFields } from "../../recipe/catalogue.ts";
import { priceFieldChoices } from "../../recipe/choices.ts";
import { layerRanges, layerWords } from "../../recipe/fields/model.ts";
import { indicatorCatalogue } from "../../recipe/indicators.ts";
import {
  valuesOf as choicesOf,
  type RecipeField as Entry,
  type NumberRange,
} from "../../recipe/recipe-field.ts";
import { graphqlEnum } from "../graphql-enum.ts";

export type RecipeFieldKind = Entry["kind"];
export const RecipeFieldKind = graphqlEnum<RecipeFieldKind>(
  "RecipeFieldKind",
  "Which values a field takes.",
  {
    INTEGER: "A whole number.",
    NUMBER: "A number.",
    BOOLEAN: "True or false.",
    CHOICE: "One of its choices.",
    CHOICES: "Some of its choices, at least one, none twice.",
    LAYERS: "A list of recurrent layers; parts has the fields of each.",
    INDICATORS: "A list of indicators; parts has the fields of each, choices the kinds.",
    OTHER_SERIES: "A list of columns of other series: each the id of a series and one of choices.",
  },
);

export type RecipeGroup = Entry["group"];
export const RecipeGroup = graphqlEnum<RecipeGroup>("RecipeGroup", "What a field is about.", {
  DATA: "What is learned from the series, and how it is cut.",
  MODEL: "The network.",
  TRAINING: "How it is trained.",
});

@ObjectType({ description: "When a field has an effect." })
export class RecipeCondition {
  @Field(() => String, { description: "Name of another field, a BOOLEAN." })
  readonly field!: string;

  @Field(() => Boolean, { description: "The value that it must have." })
  readonly is!: boolean;
}

@ObjectType({ description: "One hyperparameter, as forms and programs need it." })
export class RecipeField {
  @Field(() => String, { description: "Its name in StartTrainingInput and TrainingConfig." })
  readonly name!: string;

  @Field(() => String, { description: "What people call it." })
  readonly label!: string;

  @Field(() => String, { description: "A short hint for people." })
  readonly help!: string;

  @Field(() => RecipeFieldKind, { description: "Which values it takes." })
  readonly kind!: RecipeFieldKind;

  @Field(() => RecipeGroup, { description: "What it is about." })
  readonly group!: RecipeGroup;

  @Field(() => Float, { nullable: true, description: "Its lowest value; of LAYERS, the fewest." })
  readonly minimum!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "Its highest value; of LAYERS, the most. Null: no bound.",
  })
  readonly maximum!: number | null;

  @Field(() => Boolean, { description: "Whether it must be above its minimum, not at it." })
  readonly isMinimumExclusive!: boolean;

  @Field(() => Boolean, { description: "Whether it must be below its maximum, not at it." })
  readonly isMaximumExclusive!: boolean;

  @Field(() => String, { nullable: true, description: "Unit of its numbers, in the plural." })
  readonly unit!: string | null;

  @Field(() => [String], { description: "What there is to choose from, as values of its enum." })
  readonly choices!: readonly string[];

  @Field(() => [String], { description: "What people call the choices, in their order." })
  readonly choiceLabels!: readonly string[];

  @Field(() => [RecipeField], { description: "The fields of each layer, of LAYERS." })
  readonly parts!: readonly RecipeField[];

  @Field(() => String, { nullable: true, description: "As JSON text." })
  readonly defaultValue!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "What is taken where it is left out and no value can say it. Null: it has a default value.",
  })
  readonly omitted!: string | null;

  @Field(() => RecipeCondition, { nullable: true, description: "When it has an effect. Null: always." })
  readonly appliesWhen!: RecipeCondition | null;

  @Field(() => Boolean, { description: "Whether a sweep may vary it." })
  readonly isSweepable!: boolean;
}

@ObjectType({ description: "A hyperparameter's value." })
export class RecipeValue {
  @Field(() => String, { description: "Name of the field." })
  readonly name!: string;

  @Field(() => String, { description: "As JSON text." })
  readonly value!: string;
}

@ObjectType({ description: "A hyperparameter's value in words for people." })
export class RecipeFact {
  @Field(() => String, { description: "Name of the field." })
  readonly name!: string;

  @Field(() => String, { description: "What people call the field." })
  readonly label!: string;

  @Field(() => String, { description: "Its value in words, with its unit." })
  readonly text!: string;
}

export function toRecipeField({ name, field }: NamedField): RecipeField {
  const { label, help, kind, group, isSweepable, unit = null, omitted = null, appliesWhen = null } = field;
  const named = choicesIn(field);
  return {
    ...{ name, label, help, kind, group, isSweepable, unit, omitted, appliesWhen },
    ...rangeOf("minimum" in field ? field : {}),
    choices: named.map(([value]) => value),
    choiceLabels: named.map(([, choice]) => choice.label),
    parts: partsOf(kind),
    defaultValue: field.default === null ? null : JSON.stringify(field.default),
  };
}

const choicesIn = (field: Entry): readonly (readonly [string, { readonly label: string }])[] =>
  field.kind === "INDICATORS"
    ? Object.entries(indicatorCatalogue)
    : field.kind === "OTHER_SERIES"
      ? Object.entries(priceFieldChoices.values)
      : "choices" in field
        ? choicesOf(field.choices).map((value) => [value, field.choices.values[value]!] as const)
        : [];

function partsOf(kind: RecipeFieldKind): readonly RecipeField[] {
  if (kind === "LAYERS") return layerParts;
  return kind === "INDICATORS" ? indicatorParts : [];
}

const rangeOf = (range: Partial<NumberRange>) => ({
  minimum: range.minimum ?? null,
  maximum: range.maximum ?? null,
  isMinimumExclusive: range.isMinimumExclusive === true,
  isMaximumExclusive: range.isMaximumExclusive === true,
});

const layerParts: readonly RecipeField[] = (["units", "dropout"] as const).map((name) => ({
  name,
  label: layerWords[name].label,
  help: layerWords[name].help,
  kind: name === "units" ? "INTEGER" : "NUMBER",
  group: "MODEL",
  ...rangeOf(layerRanges[name]),
  ...{ unit: null, choices: [], choiceLabels: [], parts: [], omitted: null, appliesWhen: null },
  defaultValue: name === "units" ? null : "0",
  isSweepable: false,
}));

const noParts = { choices: [], choiceLabels: [], parts: [], omitted: null, appliesWhen: null };

const indicatorParts: readonly RecipeField[] = [
  {
    ...noParts,
    name: "kind",
    label: "Kind",
    help: "Which indicator",
    kind: "CHOICE",
    group: "DATA",
    unit: null,
    ...rangeOf({}),
    choices: Object.keys(indicatorCatalogue),
    choiceLabels: Object.values(indicatorCatalogue).map(({ label }) => label),
    defaultValue: null,
    isSweepable: false,
  },
  {
    ...noParts,
    name: "period",
    label: "Period",
    help: "Bars that it looks back",
    kind: "INTEGER",
    group: "DATA",
    unit: "bars",
    ...rangeOf({ minimum: 1, maximum: 250 }),
    omitted: "the kind's usual one",
    defaultValue: null,
    isSweepable: false,
  },
];

/** Those of a configuration, or of a preset. */
export const valuesOf = (values: object): RecipeValue[] =>
  recipeFields.map(({ name }) => ({
    name,
    value: JSON.stringify((values as Readonly<Record<string, unknown>>)[name] ?? null),
  }));
