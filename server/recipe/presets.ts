/** Named configurations to start from. Each is a request that passes its checks on any series long enough for it. */
import { InvalidInput } from "../domain/errors.ts";
import type { TrainingRequest } from "./training-config.ts";

export interface TrainingPreset {
  readonly id: "standard" | "returns" | "quick" | "original";
  readonly title: string;
  readonly description: string;
  /** What it asks for besides the defaults, which never change: they are the contract's. */
  readonly request: TrainingRequest;
}

export const trainingPresets: readonly TrainingPreset[] = [
  {
    id: "standard",
    title: "Standard",
    description:
      "Closing price from its last 60 values, two GRU layers, 50 epochs. A tenth is held out to choose the epoch, " +
      "the last 300 bars to score it once.",
    request: {},
  },
  {
    id: "returns",
    title: "Returns",
    description:
      "As the standard, but learns the logarithm of the change instead of the price: no level to extrapolate, " +
      "and an honest look at how little of the next step is predictable.",
    request: { transform: "LOG_RETURN" },
  },
  {
    id: "quick",
    title: "Quick look",
    description: "One small layer, 30 values back, 30 epochs: a few seconds, to see whether all is well.",
    request: { window: 30, layers: [{ units: 32, dropout: 0 }], epochs: 30 },
  },
  {
    id: "original",
    title: "Original recipe",
    description:
      "Opening price, the scaler refit on the test, the test as validation: as first published, with its two leaks, " +
      "to compare with. Its warnings say what they do to the scores.",
    request: {
      target: "OPEN",
      features: ["OPEN"],
      validationBars: 0,
      validateOnTest: true,
      scalerFit: "EACH_SPLIT",
    },
  },
];

/**
 * What the very first start trains. Not the standard: learning prices, it ends 90 % worse than the naive forecast on the
 * sample, because the test's prices lie above those of the training; the first verdict that a newcomer reads should be
 * the usual one, about as good as the naive forecast.
 */
export const firstTraining: TrainingPreset = trainingPresets.find(({ id }) => id === "returns")!;

/**
 * The request with the preset's values where it leaves a field out; as it is where it names none.
 * @throws InvalidInput where there is no such preset
 */
export function withPreset(id: string | null | undefined, request: TrainingRequest): TrainingRequest {
  if (id === null || id === undefined) return request;
  const preset = trainingPresets.find((one) => one.id === id);
  if (!preset) {
    const known = trainingPresets.map((one) => one.id);
    const message = `preset must be one of ${known.join(", ")}, got ${JSON.stringify(id)}`;
    throw new InvalidInput("preset", message, known);
  }
  const asked = Object.entries(request).filter(([, value]) => value !== null && value !== undefined);
  return { ...preset.request, ...Object.fromEntries(asked) };
}
