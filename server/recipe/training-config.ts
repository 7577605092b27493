/** What a training run is asked to do: the request as it comes, and the configuration, complete and checked. */
import { integerIn, numberIn, oneOf, trueOrFalse } from "../domain/checks.ts";
import { InvalidInput } from "../domain/errors.ts";
import { type PriceField, priceFields } from "../domain/price-series.ts";
import { checkSeries, type SeriesFacts } from "./series-facts.ts";
import { defaultValidationBars } from "./splits.ts";
import { trainingWarnings } from "./training-warnings.ts";

/** What the network predicts: the price itself, its change from the last known price, or the logarithm of their ratio. */
export const targetTransforms = ["PRICE", "DIFFERENCE", "LOG_RETURN"] as const;
export type TargetTransform = (typeof targetTransforms)[number];

/** TRAIN: the scaler sees the training split only. EACH_SPLIT: refit per split, which leaks. */
export const scalerFits = ["TRAIN", "EACH_SPLIT"] as const;
export type ScalerFit = (typeof scalerFits)[number];

export interface GruLayer {
  readonly units: number;
  /** Share of the layer's outputs that is dropped in training, [0, 1). */
  readonly dropout: number;
}

export interface TrainingConfig {
  readonly target: PriceField;
  readonly transform: TargetTransform;
  readonly features: readonly PriceField[];
  /** Time steps that the network sees. */
  readonly window: number;
  /** Steps ahead that it predicts at once. */
  readonly horizon: number;
  readonly layers: readonly GruLayer[];
  readonly resetAfter: boolean;
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  /** Largest global norm of a batch's gradient, above 0: a longer one is scaled down to it. Null: no clipping. */
  readonly clipNorm: number | null;
  /** Each update first takes this share, times the learning rate, off every weight (AdamW). 0: none. */
  readonly weightDecay: number;
  readonly seed: number;
  readonly testBars: number;
  readonly validationBars: number;
  readonly validateOnTest: boolean;
  readonly scalerFit: ScalerFit;
}

/** The part of a request that configures the training: absent or null where the default is wanted, nothing checked. */
export type TrainingRequest = {
  readonly [key in Exclude<keyof TrainingConfig, "layers">]?: TrainingConfig[key] | null;
} & {
  readonly layers?: readonly { readonly units: number; readonly dropout?: number | null }[] | null;
};

/** Most epochs of a run. */
export const longestTraining = 10_000;
/** Steps ahead at most. */
export const longestHorizon = 60;

/** GraphQL's Int is signed: below 0 nothing is gained, and every engine takes 31 bits. */
const largestSeed = 2 ** 31 - 1;

const defaultLayers: readonly GruLayer[] = [
  { units: 80, dropout: 0.2 },
  { units: 100, dropout: 0.2 },
];

/**
 * Fills in the defaults and checks everything that can be known before training.
 * @returns the configuration, and what its user should know about it, in plain words
 * @throws InvalidInput naming the field (`window`, `layers[1].units`), what was expected and what came
 */
export function parseTrainingConfig(
  request: TrainingRequest,
  series: SeriesFacts,
): { config: TrainingConfig; warnings: string[] } {
  const target = oneOf("target", request.target ?? "CLOSE", priceFields);
  const upToTest = {
    target,
    transform: oneOf("transform", request.transform ?? "PRICE", targetTransforms),
    features: parseFeatures(request.features ?? [target]),
    window: integerIn("window", request.window ?? 60, 2, 512),
    horizon: integerIn("horizon", request.horizon ?? 1, 1, longestHorizon),
    layers: parseLayers(request.layers ?? defaultLayers),
    resetAfter: trueOrFalse("resetAfter", request.resetAfter ?? true),
    epochs: integerIn("epochs", request.epochs ?? 50, 1, longestTraining),
    batchSize: integerIn("batchSize", request.batchSize ?? 64, 1, 4096),
    learningRate: numberIn("learningRate", request.learningRate ?? 0.001, { above: 0, atMost: 1 }),
    clipNorm: parseClipNorm(request.clipNorm ?? null),
    weightDecay: numberIn("weightDecay", request.weightDecay ?? 0, { atLeast: 0 }),
    seed: integerIn("seed", request.seed ?? 7, 0, largestSeed),
    testBars: integerIn("testBars", request.testBars ?? 300, 0),
    validateOnTest: trueOrFalse("validateOnTest", request.validateOnTest ?? false),
    scalerFit: oneOf("scalerFit", request.scalerFit ?? "TRAIN", scalerFits),
  };
  const validationBars = integerIn(
    "validationBars",
    request.validationBars ?? defaultValidationBars(series.barCount, upToTest),
    0,
  );
  const config = { ...upToTest, validationBars };
  checkWeightDecay(config);
  checkValidation(config);
  checkSeries(config, series);
  return { config, warnings: trainingWarnings(config, series) };
}

function parseFeatures(features: readonly PriceField[]): PriceField[] {
  if (features.length === 0)
    throw new InvalidInput("features", "features must name at least one field, got none");
  features.forEach((feature, index) => {
    oneOf(`features[${index}]`, feature, priceFields);
    if (features.indexOf(feature) < index)
      throw new InvalidInput(`features[${index}]`, `features must not repeat, got ${feature} twice`);
  });
  return [...features];
}

function parseLayers(layers: NonNullable<TrainingRequest["layers"]>): GruLayer[] {
  if (layers.length < 1 || layers.length > 4)
    throw new InvalidInput("layers", `layers must be 1..4 layers, got ${layers.length}`);
  return layers.map((layer, index) => ({
    units: integerIn(`layers[${index}].units`, layer.units, 1, 512),
    dropout: numberIn(`layers[${index}].dropout`, layer.dropout ?? 0, { atLeast: 0, below: 1 }),
  }));
}

const parseClipNorm = (clipNorm: number | null) =>
  clipNorm === null ? null : numberIn("clipNorm", clipNorm, { above: 0 });

/** Every engine refuses more: a step would turn the weights' sign and soon overflow them. */
function checkWeightDecay({ learningRate, weightDecay }: TrainingConfig): void {
  if (learningRate * weightDecay > 1)
    throw new InvalidInput(
      "weightDecay",
      `weightDecay times learningRate must be at most 1, got ${weightDecay} times ${learningRate}`,
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
