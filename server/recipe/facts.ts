/** A configuration in words for people: each hyperparameter that has an effect on the run, with its value. */
import { recipeFields } from "./catalogue.ts";
import { indicatorName } from "./indicators.ts";
import { otherSeriesName } from "./other-series.ts";
import type { GruLayer, Indicator, OtherSeries, RecipeField } from "./recipe-field.ts";
import type { TrainingConfig } from "./training-config.ts";

export interface RecipeFact {
  readonly name: string;
  readonly label: string;
  readonly text: string;
}

/** What is switched off, or has no effect beside the others, is left out. */
export function factsOf(config: TrainingConfig): RecipeFact[] {
  const values: Readonly<Record<string, unknown>> = config;
  return recipeFields
    .filter(({ name, field }) => field.off === undefined || values[name] !== field.off)
    .filter(({ name, field }) => !isAddition(field) || (values[name] as unknown[]).length > 0)
    .filter(({ field: { appliesWhen } }) => !appliesWhen || values[appliesWhen.field] === appliesWhen.is)
    .map(({ name, field }) => ({ name, label: field.label, text: textOf(field, values[name]) }));
}

/** None of them is the usual case, and no fact. */
const isAddition = ({ kind }: RecipeField): boolean => kind === "INDICATORS" || kind === "OTHER_SERIES";

const grouped = new Intl.NumberFormat("en-US", { maximumFractionDigits: 20 });

function textOf(field: RecipeField, value: unknown): string {
  switch (field.kind) {
    case "INTEGER":
    case "NUMBER":
      return quantity(value as number | null, field.unit);
    case "BOOLEAN":
      return value === true ? "yes" : "no";
    case "CHOICE":
      return labelOf(field, value as string);
    case "CHOICES":
      return (value as readonly string[]).map((one) => labelOf(field, one)).join(", ");
    case "LAYERS":
      return (value as readonly GruLayer[]).map(layerText).join(" → ");
    case "INDICATORS":
      return (value as readonly Indicator[]).map(indicatorName).join(", ");
    case "OTHER_SERIES":
      return (value as readonly OtherSeries[]).map(otherSeriesName).join(", ");
  }
}

function quantity(value: number | null, unit: string | undefined): string {
  if (value === null) return "none";
  const number = grouped.format(value);
  if (unit === undefined) return number;
  return `${number} ${value === 1 ? unit.replace(/s$/, "") : unit}`;
}

const labelOf = ({ choices }: Extract<RecipeField, { kind: "CHOICE" | "CHOICES" }>, value: string): string =>
  choices.values[value]?.label ?? value;

const layerText = ({ units, dropout }: GruLayer): string =>
  dropout === 0 ? String(units) : `${units} (dropout ${dropout})`;
