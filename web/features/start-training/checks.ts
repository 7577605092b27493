/**
 * Checks every field of the form as it is typed, by the ranges that the API tells. What fields and the series allow
 * together comes from the API too, as the preview of the training. Pure.
 */

import { listed } from "../../entities/run/listed.ts";
import { count } from "../../lib/format.ts";
import { t } from "../../lib/words/t.ts";
import {
  applies,
  type FieldValue,
  type FormValues,
  type LayerPart,
  type LayerValues,
  mayBeEmpty,
  type RecipeField,
} from "./form-values.ts";
import { textsIn } from "./sweep.ts";
import { meantQuestion, numberOf } from "./typed-numbers.ts";

/** Field paths as the API writes them, such as layers[0].units, and what is wrong there. */
export type FormErrors = Readonly<Record<string, string>>;

export function checkForm(values: FormValues, fields: readonly RecipeField[]): FormErrors {
  const problems = fields
    .filter((field) => applies(field, values))
    .flatMap((field) => problemsOf(field, values.recipe[field.name]!));
  if (values.priceSeriesId === "") problems.unshift(["priceSeriesId", t("Choose the series to train on")]);
  return Object.fromEntries(problems);
}

type Problem = [path: string, words: string];

function problemsOf(field: RecipeField, value: FieldValue): Problem[] {
  const found = (words: string | null): Problem[] => (words === null ? [] : [[field.name, words]]);
  switch (field.kind) {
    case "INTEGER":
    case "NUMBER": {
      const isLeftEmpty = mayBeEmpty(field) && (value as string).trim() === "";
      return isLeftEmpty ? [] : found(numbersProblem(field, textsIn(field, value as string)));
    }
    case "CHOICES":
      return found((value as readonly string[]).length === 0 ? t("Choose at least one") : null);
    case "INDICATORS":
    case "OTHER_SERIES":
      return found(
        (value as readonly string[]).length > (field.maximum ?? Number.POSITIVE_INFINITY)
          ? t("At most {maximum}", { maximum: String(field.maximum) })
          : null,
      );
    case "LAYERS":
      return layerProblems(field, value as readonly LayerValues[]);
    default:
      return [];
  }
}

function layerProblems(field: RecipeField, layers: readonly LayerValues[]): Problem[] {
  const [fewest, most] = [field.minimum ?? 0, field.maximum ?? Number.POSITIVE_INFINITY];
  if (layers.length < fewest || layers.length > most)
    return [[field.name, t("{fewest} to {most} layers", { fewest, most })]];
  return layers.flatMap((layer, index) =>
    field.parts.flatMap((part): Problem[] => {
      const problem = numberProblem(part, layer[part.name] ?? "");
      return problem === null ? [] : [[`${field.name}[${index}].${part.name}`, problem]];
    }),
  );
}

type Bounds = Pick<LayerPart, "kind" | "minimum" | "maximum" | "isMinimumExclusive" | "isMaximumExclusive">;

function numbersProblem(bounds: Bounds, texts: readonly string[]): string | null {
  const wrong = texts.map((text) => numberProblem(bounds, text)).find((problem) => problem !== null);
  if (wrong) return wrong;
  const values = texts.map(numberOf);
  const repeated = values.find((value, at) => values.indexOf(value) < at);
  return repeated === undefined ? null : t("Each value once, not {value} twice", { value: count(repeated) });
}

function numberProblem(bounds: Bounds, text: string): string | null {
  const value = numberOf(text);
  const isWhole = bounds.kind === "INTEGER";
  const question = meantQuestion(text, isWhole);
  if (question) return question;
  if (isWhole ? !Number.isSafeInteger(value) : !Number.isFinite(value))
    return isWhole
      ? t("A whole number, {range}", { range: rangeWords(bounds) })
      : t("A number, {range}", { range: rangeWords(bounds) });
  return isWithin(bounds, value)
    ? null
    : t("{range}, not {value}", { range: capital(rangeWords(bounds)), value: count(value) });
}

function isWithin(
  { minimum, maximum, isMinimumExclusive, isMaximumExclusive }: Bounds,
  value: number,
): boolean {
  const [low, high] = [minimum ?? Number.NEGATIVE_INFINITY, maximum ?? Number.POSITIVE_INFINITY];
  return (
    (isMinimumExclusive ? value > low : value >= low) && (isMaximumExclusive ? value < high : value <= high)
  );
}

/** "1 to 10,000", "above 0, at most 1", "0 or more, below 1", "0 or more" */
function rangeWords({ minimum, maximum, isMinimumExclusive, isMaximumExclusive }: Bounds): string {
  const [low, high] = [count(minimum ?? 0), maximum == null ? null : count(maximum)];
  if (high !== null && !isMinimumExclusive && !isMaximumExclusive) return t("{low} to {high}", { low, high });
  const lower = isMinimumExclusive ? t("above {low}", { low }) : t("{low} or more", { low });
  if (high === null) return lower;
  return listed([lower, isMaximumExclusive ? t("below {high}", { high }) : t("at most {high}", { high })]);
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
