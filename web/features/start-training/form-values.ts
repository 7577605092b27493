/** The form for a new run as it is typed, and the request that it makes. Which hyperparameters there are, the API says. Pure. */
import type { Engine, StartChoicesQuery, StartTrainingInput } from "../../graphql/generated/graphql.ts";
import { word } from "../../lib/format.ts";
import { inChinese, said } from "../../lib/words/said.ts";
import { numberOf, textsOf } from "./typed-numbers.ts";

export type RecipeField = StartChoicesQuery["recipeFields"][number];
export type LayerPart = RecipeField["parts"][number];
/** Values by name, as JSON text: of a preset or of a run. */
export type RecipeValues = readonly { readonly name: string; readonly value: string }[];

/** What is typed for each part of a layer. */
export type LayerValues = Readonly<Record<string, string>>;
/** Numbers stay text until they are checked: half a number is a normal state of a form. */
export type FieldValue = string | boolean | readonly string[] | readonly LayerValues[];

export interface FormValues {
  readonly priceSeriesId: string;
  readonly name: string;
  readonly engine: Engine;
  readonly recipe: Readonly<Record<string, FieldValue>>;
}
/** What the form asks for besides the configuration. */
export type Circumstances = Omit<FormValues, "recipe">;

export const engines: readonly Engine[] = ["AUTO", "NATIVE", "WASM", "WEBGPU", "TENSORFLOW"];

/** The configuration as it is typed into the form. */
export const formValues = (
  { priceSeriesId, name, engine }: Circumstances,
  fields: readonly RecipeField[],
  values: RecipeValues,
): FormValues => {
  const given = new Map(values.map(({ name, value }) => [name, value]));
  const typed = fields.map((field) => [
    field.name,
    asTyped(field, JSON.parse(given.get(field.name) ?? field.defaultValue ?? "null")),
  ]);
  return { priceSeriesId, name, engine, recipe: Object.fromEntries(typed) };
};

function asTyped({ kind }: RecipeField, value: unknown): FieldValue {
  switch (kind) {
    case "BOOLEAN":
      return value === true;
    case "CHOICES":
      return (value as string[] | null) ?? [];
    case "LAYERS":
      return (value as Record<string, unknown>[]).map((layer) =>
        Object.fromEntries(Object.entries(layer).map(([name, part]) => [name, String(part)])),
      );
    case "INDICATORS":
      return (value as Indicator[]).map(indicatorText);
    case "OTHER_SERIES":
      return (value as OtherSeries[]).map(otherSeriesText);
    default:
      return String(value ?? "");
  }
}

interface Indicator {
  readonly kind: string;
  readonly period?: number | null;
}

/** "RSI", or "RSI 21" where the period is said. */
const indicatorText = ({ kind, period }: Indicator): string =>
  period === null || period === undefined ? kind : `${kind} ${period}`;

const indicatorOf = (text: string): Indicator => {
  const [kind = "", period] = text.split(" ");
  return period === undefined ? { kind } : { kind, period: Number(period) };
};

/** What there is to tick: what is ticked, and all other kinds with their usual period. */
export const indicatorOptions = (
  { choices, choiceLabels }: Pick<RecipeField, "choices" | "choiceLabels">,
  ticked: readonly string[],
): { readonly value: string; readonly name: string }[] =>
  choices.flatMap((kind, at) => {
    const label = said(choiceLabels[at] ?? kind);
    const own = ticked.filter((text) => indicatorOf(text).kind === kind);
    if (own.length === 0) return [{ value: kind, name: label }];
    return own.map((text) => ({ value: text, name: text.replace(kind, label) }));
  });

interface OtherSeries {
  readonly priceSeriesId: string;
  readonly field?: string | null;
}
const usualColumn = "CLOSE";
const otherSeriesText = ({ priceSeriesId, field }: OtherSeries): string =>
  `${priceSeriesId} ${field ?? usualColumn}`;
const columnWord = (field: string): string => word(field).toLowerCase().replace("_", " ");
const otherSeriesOf = (text: string): OtherSeries & { readonly field: string } => {
  const [priceSeriesId = "", field] = text.split(" ");
  return { priceSeriesId, field: field ?? usualColumn };
};

/** What there is to tick: what is ticked, and the closes of all series but the run's own. */
export function otherSeriesOptions(
  series: readonly { readonly id: string; readonly symbol: string }[],
  ownId: string,
  ticked: readonly string[],
): { readonly value: string; readonly name: string }[] {
  const symbols = new Map(series.map(({ id, symbol }) => [id, symbol]));
  const closes = series.filter(({ id }) => id !== ownId).map(({ id }) => `${id} ${usualColumn}`);
  return [...new Set([...closes, ...ticked])].map((value) => {
    const { priceSeriesId, field } = otherSeriesOf(value);
    const symbol = symbols.get(priceSeriesId) ?? priceSeriesId;
    return {
      value,
      name: field === usualColumn ? symbol : `${symbol} ${columnWord(field)}`,
    };
  });
}

/** A field that has no effect beside the others is not shown, checked or sent. */
export const applies = ({ appliesWhen }: RecipeField, { recipe }: FormValues): boolean =>
  !appliesWhen || recipe[appliesWhen.field] === appliesWhen.is;

/** A field changed; a network that saw the old target alone goes on to see the new one alone. */
export function withField(
  { recipe }: FormValues,
  name: string,
  value: FieldValue,
): Pick<FormValues, "recipe"> {
  const { target, features } = recipe;
  const sawTargetAlone = Array.isArray(features) && features.length === 1 && features[0] === target;
  const follows: FormValues["recipe"] =
    name === "target" && sawTargetAlone ? { features: [value as string] } : {};
  return { recipe: { ...recipe, ...follows, [name]: value } };
}

/** Left empty, a field takes what the API then takes. */
export const mayBeEmpty = ({ omitted }: Pick<RecipeField, "omitted">): boolean => omitted != null;

/** What a request may begin from, so that it names only what differs. */
export interface Beginning {
  readonly id: string;
  readonly values: RecipeValues;
}

/**
 * The request of values that passed their checks.
 * @param preset what the form began with; null: the request names every field
 */
export function trainingInput(
  values: FormValues,
  fields: readonly RecipeField[],
  idempotencyKey: string | null,
  preset: Beginning | null = null,
): StartTrainingInput {
  const changes = preset && changesTo(preset, values, fields);
  return {
    priceSeriesId: values.priceSeriesId,
    name: values.name.trim() || null,
    engine: values.engine,
    idempotencyKey,
    ...(preset && changes ? { preset: preset.id, ...changes } : recipeOf(values, fields)),
  };
}

/** The fields of which something else is typed than they began with. */
export function changedFields(
  begun: FormValues,
  values: FormValues,
  fields: readonly RecipeField[],
): readonly RecipeField[] {
  const typedIn = (field: RecipeField, { recipe }: FormValues) =>
    Array.isArray(recipe[field.name]) ? recipe[field.name] : String(recipe[field.name]).trim();
  return fields.filter(
    (field) =>
      (applies(field, values) || applies(field, begun)) &&
      JSON.stringify(typedIn(field, values)) !== JSON.stringify(typedIn(field, begun)),
  );
}

/** The fields that differ from the preset's. Null: no request can say it, since an empty field takes the preset's value. */
function changesTo(
  preset: Beginning,
  values: FormValues,
  fields: readonly RecipeField[],
): Partial<StartTrainingInput> | null {
  const begun = formValues(values, fields, preset.values);
  const compared = fields
    .filter((field) => applies(field, values) || applies(field, begun))
    .map((field) => {
      const wanted = applies(field, values) ? asSent(field, values.recipe[field.name]!) : null;
      const given = asSent(field, begun.recipe[field.name]!);
      return { field, wanted, differs: JSON.stringify(wanted) !== JSON.stringify(given) };
    });
  const changes = compared.filter(({ differs }) => differs);
  if (changes.length === 0) return {};
  if (changes.some(({ wanted }) => wanted === null)) return null;
  // The API fills in a field without a default by the others: a new target would change the features.
  const named = compared.filter(
    ({ field, wanted, differs }) => differs || (field.defaultValue == null && wanted !== null),
  );
  return Object.fromEntries(named.map(({ field, wanted }) => [field.name, wanted]));
}

const recipeOf = (values: FormValues, fields: readonly RecipeField[]): Partial<StartTrainingInput> =>
  Object.fromEntries(
    fields.map((field) => [
      field.name,
      applies(field, values) ? asSent(field, values.recipe[field.name]!) : null,
    ]),
  );

function asSent({ kind, omitted, isSweepable }: RecipeField, value: FieldValue): unknown {
  if (kind === "LAYERS")
    return (value as readonly LayerValues[]).map((layer) =>
      Object.fromEntries(Object.entries(layer).map(([name, text]) => [name, numberOf(text)])),
    );
  if (kind === "INDICATORS") return (value as readonly string[]).map(indicatorOf);
  if (kind === "OTHER_SERIES") return (value as readonly string[]).map(otherSeriesOf);
  if (kind !== "INTEGER" && kind !== "NUMBER") return value;
  if (mayBeEmpty({ omitted }) && (value as string).trim() === "") return null;
  // Of several the first: a sweep names all of them.
  return numberOf(isSweepable ? textsOf(value as string, kind === "INTEGER")[0]! : (value as string));
}

/** A label as it stands within a sentence: "learning rate", but "GRU layers". */
export const labelWithin = (label: string): string =>
  inChinese(label) ?? label.replace(/^[A-Z](?=[a-z])/, (first) => first.toLowerCase());

interface Labelled {
  readonly name: string;
  readonly label: string;
}
/** What the form calls each hyperparameter, for the words of the API's errors. */
export const labelsOf = (
  fields: readonly (Labelled & { readonly parts: readonly Labelled[] })[],
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    fields.flatMap((field) => [field, ...field.parts]).map(({ name, label }) => [name, said(label)]),
  );
