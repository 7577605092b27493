/** Columns of hyperparameters, from the catalogue: a new field is one at once. */
import { type NamedField, recipeFields } from "../catalogue.ts";
import type { ChoiceSet } from "../recipe-field.ts";
import type { RunColumn } from "./run-column.ts";

/** What people type for short. */
const shortNames: Readonly<Record<string, readonly string[]>> = {
  learningRate: ["lr"],
  batchSize: ["batch"],
  weightDecay: ["wd"],
  earlyStoppingPatience: ["patience"],
  learningRateSchedule: ["schedule"],
  clipNorm: ["clip"],
  otherSeries: ["beside"],
};

const choicesOf = ({ values }: ChoiceSet) =>
  Object.entries(values).map(([value, { label }]) => ({ value, label }));

function columnsOf({ name, field }: NamedField): RunColumn[] {
  const about = {
    ...{ name, label: field.label, help: field.help, group: field.group, unit: field.unit ?? null },
    ...{ aliases: shortNames[name] ?? [], choices: null, better: null },
  };
  switch (field.kind) {
    case "INTEGER":
    case "NUMBER":
    case "BOOLEAN":
      return [{ ...about, kind: field.kind }];
    case "CHOICE":
      return [{ ...about, kind: "CHOICE", choices: choicesOf(field.choices) }];
    case "CHOICES":
    case "INDICATORS":
    case "OTHER_SERIES":
      return [{ ...about, kind: "TEXTS" }];
    case "LAYERS":
      return [
        { ...about, name: "shape", kind: "TEXT", help: "Units of each layer, the first one first" },
        { ...about, name: "layers", label: "Layers", kind: "INTEGER", help: "How many recurrent layers" },
        { ...about, name: "units", label: "Units", kind: "INTEGER", help: "Of all layers together" },
        { ...about, name: "dropout", label: "Dropout", kind: "NUMBER", help: "The largest of all layers" },
      ];
  }
}

export const catalogueColumns: readonly RunColumn[] = recipeFields.flatMap(columnsOf);
