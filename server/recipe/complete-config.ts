/** Makes a configuration of a request: defaults filled in, and everything checked that no bar has to be seen for. */
import { InvalidInput } from "../domain/errors.ts";
import { type FieldName, recipeFields } from "./catalogue.ts";
import { checkValue } from "./check-value.ts";
import { defaultValidationBars } from "./splits.ts";
import type { TrainingConfig, TrainingRequest } from "./training-config.ts";
import { usedBarCount } from "./used-bars.ts";

/** A request with the defaults that need no series. */
export type FilledIn = Omit<TrainingConfig, "validationBars"> & { readonly validationBars: number | null };

/** @throws InvalidInput naming the field (`window`, `layers[1].units`), what was expected and what came */
export function fillIn(request: TrainingRequest): FilledIn {
  const asked = request as Partial<Record<FieldName, unknown>>;
  const checked = Object.fromEntries(
    recipeFields.map(({ name, field }) => [name, checkValue(name, field, asked[name] ?? field.default)]),
  ) as unknown as Omit<FilledIn, "features"> & { readonly features: FilledIn["features"] | null };
  return { ...checked, features: checked.features ?? [checked.target] };
}

/**
 * @param barCount of the series: it decides how many bars validate where the request does not say
 * @throws InvalidInput as `fillIn` does, and where fields contradict each other
 */
export function completeConfig(request: TrainingRequest, barCount: number): TrainingConfig {
  const asked = fillIn(request);
  const used = usedBarCount(barCount, asked);
  const validationBars = asked.validationBars ?? defaultValidationBars(used, asked);
  const config: TrainingConfig = { ...asked, validationBars };
  checkWeightDecay(config);
  checkInputs(config);
  checkValidation(config);
  return config;
}

/** Every engine refuses more: a step would turn the weights' sign and soon overflow them. */
function checkWeightDecay({ learningRate, weightDecay }: TrainingConfig): void {
  if (learningRate * weightDecay > 1)
    throw new InvalidInput(
      "weightDecay",
      `weightDecay times learningRate must be at most 1, got ${weightDecay} times ${learningRate}`,
    );
}

/** Every engine holds that many. */
const mostInputs = 32;

function checkInputs({ features, indicators, otherSeries }: TrainingConfig): void {
  const count = features.length + indicators.length + otherSeries.length;
  if (count > mostInputs)
    throw new InvalidInput(
      otherSeries.length > indicators.length ? "otherSeries" : "indicators",
      `features, indicators and otherSeries must be at most ${mostInputs} together, got ${features.length}, ${indicators.length} and ${otherSeries.length}`,
    );
}

function checkValidation(config: TrainingConfig): void {
  if (!config.validateOnTest) return;
  if (config.testBars === 0)
    throw new InvalidInput(
      "validateOnTest",
      "validateOnTest needs test bars to validate on, got testBars 0: hold some out, or switch it off",
    );
  if (config.validationBars > 0)
    throw new InvalidInput(
      "validationBars",
      `validationBars must be 0 or omitted with validateOnTest, which validates on the test, got ${config.validationBars}`,
    );
}
