/** The form for a new run as it is typed, and the request that it makes. Pure. */
import type {
  Engine,
  PriceField,
  ScalerFit,
  StartTrainingInput,
  TargetTransform,
} from "../../graphql/generated/graphql.ts";

export interface LayerValues {
  readonly units: string;
  readonly dropout: string;
}

/** Numbers stay text until they are checked: half a number is a normal state of a form. */
export interface FormValues {
  readonly priceSeriesId: string;
  readonly name: string;
  readonly target: PriceField;
  readonly transform: TargetTransform;
  readonly features: readonly PriceField[];
  readonly window: string;
  readonly horizon: string;
  readonly layers: readonly LayerValues[];
  readonly resetAfter: boolean;
  readonly epochs: string;
  readonly batchSize: string;
  readonly learningRate: string;
  /** Empty: no clipping. */
  readonly clipNorm: string;
  readonly weightDecay: string;
  readonly seed: string;
  readonly testBars: string;
  /** Empty: a tenth of the bars before the test. */
  readonly validationBars: string;
  readonly validateOnTest: boolean;
  readonly scalerFit: ScalerFit;
  readonly engine: Engine;
}

export const targets: readonly PriceField[] = ["OPEN", "HIGH", "LOW", "CLOSE", "ADJUSTED_CLOSE", "VOLUME"];
export const transforms: readonly TargetTransform[] = ["PRICE", "DIFFERENCE", "LOG_RETURN"];
export const engines: readonly Engine[] = ["AUTO", "NATIVE", "WASM", "WEBGPU", "TENSORFLOW"];

/** A complete configuration, as presets and runs carry it. */
export interface Configuration {
  readonly target: PriceField;
  readonly transform: TargetTransform;
  readonly features: readonly PriceField[];
  readonly window: number;
  readonly horizon: number;
  readonly layers: readonly { readonly units: number; readonly dropout: number }[];
  readonly resetAfter: boolean;
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  /** Null or absent: no clipping. */
  readonly clipNorm?: number | null;
  readonly weightDecay: number;
  readonly seed: number;
  readonly testBars: number;
  /** Null or absent leaves the choice to the server. */
  readonly validationBars?: number | null;
  readonly validateOnTest: boolean;
  readonly scalerFit: ScalerFit;
}

/** What the form asks for besides the configuration. */
export type Circumstances = Pick<FormValues, "priceSeriesId" | "name" | "engine">;

/** The configuration as it is typed into the form. */
export const formValues = (
  { priceSeriesId, name, engine }: Circumstances,
  config: Configuration,
): FormValues => ({
  priceSeriesId,
  name,
  engine,
  target: config.target,
  transform: config.transform,
  features: config.features,
  window: String(config.window),
  horizon: String(config.horizon),
  layers: config.layers.map(({ units, dropout }) => ({ units: String(units), dropout: String(dropout) })),
  resetAfter: config.resetAfter,
  epochs: String(config.epochs),
  batchSize: String(config.batchSize),
  learningRate: String(config.learningRate),
  clipNorm: String(config.clipNorm ?? ""),
  weightDecay: String(config.weightDecay),
  seed: String(config.seed),
  testBars: String(config.testBars),
  validationBars: String(config.validationBars ?? ""),
  validateOnTest: config.validateOnTest,
  scalerFit: config.scalerFit,
});

/** Another target; a network that saw the old target alone goes on to see the new one alone. */
export const withTarget = ({ target, features }: FormValues, next: PriceField): Partial<FormValues> => ({
  target: next,
  features: features.length === 1 && features[0] === target ? [next] : features,
});

/** Text as a number; NaN for anything else, an empty text too. */
export function numberOf(text: string): number {
  if (text.trim() === "") return Number.NaN;
  // Adding 0 turns -0, which no one means, into 0.
  return Number(text.trim()) + 0;
}

/** The request of values that passed their checks. */
export const trainingInput = (values: FormValues, idempotencyKey: string): StartTrainingInput => ({
  priceSeriesId: values.priceSeriesId,
  name: values.name.trim() || null,
  target: values.target,
  transform: values.transform,
  features: [...values.features],
  window: numberOf(values.window),
  horizon: numberOf(values.horizon),
  layers: values.layers.map(({ units, dropout }) => ({ units: numberOf(units), dropout: numberOf(dropout) })),
  resetAfter: values.resetAfter,
  epochs: numberOf(values.epochs),
  batchSize: numberOf(values.batchSize),
  learningRate: numberOf(values.learningRate),
  clipNorm: values.clipNorm.trim() === "" ? null : numberOf(values.clipNorm),
  weightDecay: numberOf(values.weightDecay),
  seed: numberOf(values.seed),
  testBars: numberOf(values.testBars),
  validationBars: values.validationBars.trim() === "" ? null : numberOf(values.validationBars),
  validateOnTest: values.validateOnTest,
  scalerFit: values.scalerFit,
  engine: values.engine,
  idempotencyKey,
});
