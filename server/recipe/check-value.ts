/** Whether a value is one that a field takes, by the kind of the field. */
import { integerIn, numberIn, oneOf, trueOrFalse } from "../domain/checks.ts";
import { InvalidInput } from "../domain/errors.ts";
import { priceFields } from "../domain/price-series.ts";
import { layerRanges } from "./fields/model.ts";
import { indicatorEntry, indicatorKinds, indicatorName } from "./indicators.ts";
import {
  type ChoiceSet,
  type GruLayer,
  type Indicator,
  type NumberRange,
  type OtherSeries,
  type RecipeField,
  type RequestedIndicator,
  type RequestedLayer,
  type RequestedOtherSeries,
  valuesOf,
} from "./recipe-field.ts";

/**
 * @returns the value as a configuration holds it; null where the field leaves its default to be derived
 * @throws InvalidInput naming the field (`window`, `layers[1].units`), what was expected and what came
 */
export function checkValue(name: string, field: RecipeField, value: unknown): unknown {
  if (value === null && field.default === null) return null;
  switch (field.kind) {
    case "INTEGER":
      return integerIn(name, value, field.minimum, field.maximum);
    case "NUMBER":
      return numberIn(name, value, boundsOf(field));
    case "BOOLEAN":
      return trueOrFalse(name, value);
    case "CHOICE":
      return oneOf(name, value, valuesOf(field.choices));
    case "CHOICES":
      return checkChoices(name, field.choices, value as readonly unknown[]);
    case "LAYERS":
      return checkLayers(name, field, value as readonly RequestedLayer[]);
    case "INDICATORS":
      return checkIndicators(name, field, value as readonly RequestedIndicator[]);
    case "OTHER_SERIES":
      return checkOthers(name, field, value as readonly RequestedOtherSeries[]);
  }
}

function boundsOf({ minimum, maximum, isMinimumExclusive, isMaximumExclusive }: NumberRange) {
  const lower = isMinimumExclusive ? { above: minimum } : { atLeast: minimum };
  if (maximum === undefined) return lower;
  return { ...lower, ...(isMaximumExclusive ? { below: maximum } : { atMost: maximum }) };
}

function checkChoices(name: string, choices: ChoiceSet, chosen: readonly unknown[]): string[] {
  if (chosen.length === 0) throw new InvalidInput(name, `${name} must name at least one field, got none`);
  return chosen.map((value, index) => {
    const path = `${name}[${index}]`;
    const found = oneOf(path, value, valuesOf(choices));
    if (chosen.indexOf(value) < index)
      throw new InvalidInput(path, `${name} must not repeat, got ${found} twice`);
    return found;
  });
}

function checkLayers(
  name: string,
  { minimum, maximum }: { minimum: number; maximum: number },
  layers: readonly RequestedLayer[],
): GruLayer[] {
  if (layers.length < minimum || layers.length > maximum)
    throw new InvalidInput(name, `${name} must be ${minimum}..${maximum} layers, got ${layers.length}`);
  const { units, dropout } = layerRanges;
  return layers.map((layer, index) => ({
    units: integerIn(`${name}[${index}].units`, layer.units, units.minimum, units.maximum),
    dropout: numberIn(`${name}[${index}].dropout`, layer.dropout ?? 0, boundsOf(dropout)),
  }));
}

function checkIndicators(
  name: string,
  { minimum, maximum }: { minimum: number; maximum: number },
  asked: readonly RequestedIndicator[],
): Indicator[] {
  if (asked.length < minimum || asked.length > maximum)
    throw new InvalidInput(name, `${name} must be at most ${maximum} indicators, got ${asked.length}`);
  const checked = asked.map((one, index) => checkIndicator(`${name}[${index}]`, one));
  const names = checked.map(indicatorName);
  const repeated = names.findIndex((one, index) => names.indexOf(one) < index);
  if (repeated >= 0)
    throw new InvalidInput(`${name}[${repeated}]`, `${name} must not repeat, got ${names[repeated]} twice`);
  return checked;
}

function checkIndicator(path: string, { kind, period }: RequestedIndicator): Indicator {
  const known = oneOf(`${path}.kind`, kind, indicatorKinds);
  const range = indicatorEntry(known).period;
  if (range !== null)
    return {
      kind: known,
      period: integerIn(`${path}.period`, period ?? range.usual, range.minimum, range.maximum),
    };
  if (period === null || period === undefined) return { kind: known, period: null };
  throw new InvalidInput(
    `${path}.period`,
    `${path}.period must be omitted: ${known} has none, got ${period}`,
  );
}

function checkOthers(
  name: string,
  { maximum }: { maximum: number },
  asked: readonly RequestedOtherSeries[],
): OtherSeries[] {
  if (asked.length > maximum)
    throw new InvalidInput(name, `${name} must be at most ${maximum} columns, got ${asked.length}`);
  const checked = asked.map(({ priceSeriesId, field, symbol, seriesVersionId }, index) => ({
    priceSeriesId,
    field: oneOf(`${name}[${index}].field`, field ?? "CLOSE", priceFields),
    symbol: symbol ?? null,
    seriesVersionId: seriesVersionId ?? null,
  }));
  const columns = checked.map(({ priceSeriesId, field }) => `${field} of ${priceSeriesId}`);
  const repeated = columns.findIndex((one, index) => columns.indexOf(one) < index);
  if (repeated >= 0)
    throw new InvalidInput(`${name}[${repeated}]`, `${name} must not repeat, got ${columns[repeated]} twice`);
  return checked;
}
