/** Named configurations to start from. Each is a request that passes its checks on any series long enough for it. */
import { InvalidInput } from "../domain/errors.ts";
import type { TrainingRequest } from "./training-config.ts";

export interface TrainingPreset {
  readonly id: "careful" | "volatility" | "quick" | "original" | "standard" | "returns";
  readonly title: string;
  readonly description: string;
  /** What to expect of it, measured: docs/HONESTY.md has the figures. */
  readonly expectation: string;
  /** From how many seeds it is best trained: one number says little where luck is as large as the gain. */
  readonly seeds: number;
  /** What it asks for besides the defaults, which never change: they are the contract's. */
  readonly request: TrainingRequest;
}

/** What both honest recipes have in common: a small network that starts at the naive forecast and stops in time. */
const careful = {
  window: 22,
  layers: [{ units: 16, dropout: 0 }],
  scaler: "STANDARD",
  headInit: "ZERO",
  batchSize: 128,
  clipNorm: 1,
  epochs: 60,
  earlyStoppingPatience: 10,
} as const satisfies TrainingRequest;

export const trainingPresets: readonly TrainingPreset[] = [
  {
    id: "careful",
    seeds: 3,
    title: "Careful",
    description:
      "The next close as a log return, from log returns and log variances of a month. A small network that starts at the " +
      "drift forecast, and stops when validation no longer gains.",
    expectation:
      "Closing prices are hardly predictable: from 1.5 % worse to 1.5 % better than the last price is usual. " +
      "Anything far better deserves suspicion.",
    request: { ...careful, transform: "LOG_RETURN", indicators: [{ kind: "LOG_VARIANCE" }] },
  },
  {
    id: "volatility",
    seeds: 1,
    title: "Volatility",
    description:
      "How much the price will move within the next bar, whichever way: learned as the change of the log variance from its " +
      "last value, from a month of log variances and returns.",
    expectation:
      "Volatility is predictable: 10 to 25 % better than its last value is usual on daily bars, about as good as HAR or a " +
      "few percent better.",
    request: {
      ...careful,
      target: "LOG_VARIANCE",
      transform: "DIFFERENCE",
      inputForm: "MINUS_LAST",
      indicators: [{ kind: "LOG_RETURN" }, { kind: "ABSOLUTE_RETURN" }],
      learningRate: 0.002,
    },
  },
  {
    id: "quick",
    seeds: 1,
    title: "Quick look",
    description: "As Careful, from one seed and for 15 epochs: a second or two, to see whether all is well.",
    expectation: "As Careful, a little less: about as good as the last price.",
    request: { ...careful, transform: "LOG_RETURN", epochs: 15, earlyStoppingPatience: 0 },
  },
  {
    id: "original",
    seeds: 1,
    title: "Original recipe",
    description:
      "Opening price, the scaler refit on the test, the test as validation: as first published, with its two leaks, " +
      "to compare with. Its warnings say what they do to the scores.",
    expectation:
      "A picture in which prediction covers price, and a forecast that is worse than the last price all the same.",
    request: {
      target: "OPEN",
      features: ["OPEN"],
      validationBars: 0,
      validateOnTest: true,
      scalerFit: "EACH_SPLIT",
    },
  },
  {
    id: "standard",
    seeds: 1,
    title: "Standard",
    description:
      "Closing price from its last 60 values, two GRU layers, 50 epochs. A tenth is held out to choose the epoch, " +
      "the last 300 bars to score it once.",
    expectation:
      "Where the series grew, the test's prices lie beyond what the network saw, and it falls far behind the last price: " +
      "90 % worse on the S&P 500 of 2019 and 2020.",
    request: {},
  },
  {
    id: "returns",
    seeds: 1,
    title: "Returns",
    description:
      "As the standard, but learns the logarithm of the change instead of the price: no level to extrapolate, " +
      "and an honest look at how little of the next step is predictable.",
    expectation: "About as good as the last price: 1 % better to 3 % worse.",
    request: { transform: "LOG_RETURN" },
  },
];

/**
 * What the very first start trains, in this order: what is worth forecasting, what an honest recipe does with prices, and
 * what the classic one does.
 */
export const firstTrainings: readonly TrainingPreset[] = (["volatility", "careful", "original"] as const).map(
  (id) => trainingPresets.find((preset) => preset.id === id)!,
);

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
