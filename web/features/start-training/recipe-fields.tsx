/** The hyperparameters of one group, each drawn by its kind. */
"use client";
import { said } from "../../lib/words/said.ts";
import { fieldsAt, hasError } from "./field-places.ts";
import {
  type FieldValue,
  indicatorOptions,
  type LayerValues,
  otherSeriesOptions,
  type RecipeField,
} from "./form-values.ts";
import { Check, Checks, Choice, TextInput } from "./inputs.tsx";
import { Layers } from "./layers.tsx";
import { MoreFields } from "./more-fields.tsx";
import type { SeriesChoice } from "./start-choices.ts";
import type { StartForm } from "./use-start-form.ts";

interface Props {
  readonly form: StartForm;
  readonly group: RecipeField["group"];
  /** Those that a run may see beside its own. */
  readonly series: readonly SeriesChoice[];
}

/** Those that are often changed. */
export function RecipeFields({ form, group, series }: Props) {
  return fieldsAt(form.fields, form.values, group, "often").map((field) => (
    <RecipeInput key={field.name} form={form} field={field} series={series} />
  ));
}

interface MoreProps extends Props {
  readonly about: string;
}

export function MoreRecipeFields({ form, group, series, about }: MoreProps) {
  const fields = fieldsAt(form.fields, form.values, group, "rarely");
  if (fields.length === 0) return null;
  return (
    <MoreFields
      about={about}
      labels={fields.map(({ label }) => said(label))}
      mustOpen={hasError(fields, form.errorOf)}
    >
      {fields.map((field) => (
        <RecipeInput key={field.name} form={form} field={field} series={series} />
      ))}
    </MoreFields>
  );
}

function RecipeInput({ form, field, series }: Omit<Props, "group"> & { readonly field: RecipeField }) {
  const { name } = field;
  const value = form.values.recipe[name]!;
  const onChange = (next: FieldValue) => form.changeField(name, next);
  const common = {
    ...{ name, label: said(field.label), hint: field.help && said(field.help) },
    ...{ error: form.errorOf(name), onChange },
  };
  const options = field.choices.map((choice, at) => ({
    value: choice,
    name: said(field.choiceLabels[at] ?? choice),
  }));
  switch (field.kind) {
    case "BOOLEAN":
      return <Check {...common} value={value as boolean} />;
    case "CHOICE":
      return <Choice {...common} value={value as string} options={options} />;
    case "CHOICES":
      return <Checks {...common} value={value as readonly string[]} options={options} />;
    case "INDICATORS":
      return (
        <Checks
          {...common}
          value={value as readonly string[]}
          options={indicatorOptions(field, value as readonly string[])}
        />
      );
    case "OTHER_SERIES": {
      const ticked = value as readonly string[];
      const others = otherSeriesOptions(series, form.values.priceSeriesId, ticked);
      return others.length === 0 ? null : <Checks {...common} value={ticked} options={others} />;
    }
    case "LAYERS":
      return (
        <Layers
          field={field}
          layers={value as readonly LayerValues[]}
          errorOf={form.errorOf}
          onChange={onChange}
        />
      );
    default:
      return <TextInput {...common} value={value as string} isNumber />;
  }
}
