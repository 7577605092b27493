/** What startTraining refuses, and in which words: settings by themselves, and settings that a series does not carry. */
import { expect, test } from "vitest";
import { InvalidInput } from "../../server/domain/errors.ts";
import { parseTrainingConfig } from "../../server/recipe/parse-request.ts";
import type { SeriesFacts } from "../../server/recipe/series-facts.ts";
import { splitSeries } from "../../server/recipe/splits.ts";
import type { TrainingRequest } from "../../server/recipe/training-config.ts";
import { cleanFacts } from "../support/clean-facts.ts";

function refusal(request: object, facts: SeriesFacts): { field: string; message: string } {
  try {
    parseTrainingConfig(request as TrainingRequest, facts);
  } catch (error) {
    if (error instanceof InvalidInput) return { field: error.field, message: error.message };
    throw error;
  }
  throw new Error(`expected a refusal of ${JSON.stringify(request)}`);
}

test.each<[object, string, string]>([
  [{ window: 1 }, "window", "window must be 2..512, got 1"],
  [{ window: 513 }, "window", "window must be 2..512, got 513"],
  [{ window: 2.5 }, "window", "window must be a whole number, 2..512, got 2.5"],
  [{ window: "60" }, "window", 'window must be a whole number, 2..512, got "60"'],
  [{ horizon: 0 }, "horizon", "horizon must be 1..60, got 0"],
  [{ horizon: 61 }, "horizon", "horizon must be 1..60, got 61"],
  [{ epochs: 0 }, "epochs", "epochs must be 1..10000, got 0"],
  [{ epochs: 10001 }, "epochs", "epochs must be 1..10000, got 10001"],
  [{ batchSize: 0 }, "batchSize", "batchSize must be 1..4096, got 0"],
  [{ batchSize: 4097 }, "batchSize", "batchSize must be 1..4096, got 4097"],
  [{ learningRate: 0 }, "learningRate", "learningRate must be a number above 0 and at most 1, got 0"],
  [{ learningRate: 1.5 }, "learningRate", "learningRate must be a number above 0 and at most 1, got 1.5"],
  [
    { learningRate: Number.NaN },
    "learningRate",
    "learningRate must be a number above 0 and at most 1, got NaN",
  ],
  [
    { learningRate: Number.POSITIVE_INFINITY },
    "learningRate",
    "learningRate must be a number above 0 and at most 1, got Infinity",
  ],
  [{ clipNorm: 0 }, "clipNorm", "clipNorm must be a number above 0, got 0"],
  [{ clipNorm: -1 }, "clipNorm", "clipNorm must be a number above 0, got -1"],
  [{ clipNorm: "1" }, "clipNorm", 'clipNorm must be a number above 0, got "1"'],
  [{ clipNorm: Number.POSITIVE_INFINITY }, "clipNorm", "clipNorm must be a number above 0, got Infinity"],
  [{ weightDecay: -0.01 }, "weightDecay", "weightDecay must be a number at least 0, got -0.01"],
  [{ weightDecay: Number.NaN }, "weightDecay", "weightDecay must be a number at least 0, got NaN"],
  [
    { weightDecay: 101, learningRate: 0.01 },
    "weightDecay",
    "weightDecay times learningRate must be at most 1, got 101 times 0.01",
  ],
  [{ seed: -1 }, "seed", "seed must be 0..2147483647, got -1"],
  [{ seed: 2 ** 31 }, "seed", "seed must be 0..2147483647, got 2147483648"],
  [{ testBars: -1 }, "testBars", "testBars must be 0 or more, got -1"],
  [{ testBars: 0.5 }, "testBars", "testBars must be a whole number, 0 or more, got 0.5"],
  [{ validationBars: -5 }, "validationBars", "validationBars must be 0 or more, got -5"],
  [
    { target: "PRICE" },
    "target",
    'target must be one of OPEN, HIGH, LOW, CLOSE, ADJUSTED_CLOSE, VOLUME, LOG_VARIANCE, got "PRICE"',
  ],
  [{ transform: "LOG" }, "transform", 'transform must be one of PRICE, DIFFERENCE, LOG_RETURN, got "LOG"'],
  [{ scalerFit: "ALL" }, "scalerFit", 'scalerFit must be one of TRAIN, EACH_SPLIT, got "ALL"'],
  [{ resetAfter: 1 }, "resetAfter", "resetAfter must be true or false, got 1"],
  [{ validateOnTest: "yes" }, "validateOnTest", 'validateOnTest must be true or false, got "yes"'],
  [{ features: [] }, "features", "features must name at least one field, got none"],
  [
    { features: ["CLOSE", "WEATHER"] },
    "features[1]",
    'features[1] must be one of OPEN, HIGH, LOW, CLOSE, ADJUSTED_CLOSE, VOLUME, LOG_VARIANCE, got "WEATHER"',
  ],
  [{ features: ["OPEN", "CLOSE", "OPEN"] }, "features[2]", "features must not repeat, got OPEN twice"],
  [{ layers: [] }, "layers", "layers must be 1..4 layers, got 0"],
  [{ layers: Array(5).fill({ units: 8 }) }, "layers", "layers must be 1..4 layers, got 5"],
  [{ layers: [{ units: 8 }, { units: 513 }] }, "layers[1].units", "layers[1].units must be 1..512, got 513"],
  [{ layers: [{ units: 0 }] }, "layers[0].units", "layers[0].units must be 1..512, got 0"],
  [
    { layers: [{ units: 8, dropout: 1 }] },
    "layers[0].dropout",
    "layers[0].dropout must be a number at least 0 and below 1, got 1",
  ],
  [
    { layers: [{ units: 8, dropout: -0.1 }] },
    "layers[0].dropout",
    "layers[0].dropout must be a number at least 0 and below 1, got -0.1",
  ],
  [
    { validateOnTest: true, validationBars: 100 },
    "validationBars",
    "validationBars must be 0 or omitted with validateOnTest, which validates on the test, got 100",
  ],
  [
    { validateOnTest: true, testBars: 0 },
    "validateOnTest",
    "validateOnTest needs test bars to validate on, got testBars 0: hold some out, or switch it off",
  ],
])("%j is refused: it names %s", (request, field, message) => {
  expect(refusal(request, cleanFacts(2426))).toEqual({ field, message });
});

test.each<[string, object, SeriesFacts, string, string]>([
  [
    "too short for what is held out",
    { validationBars: 40 },
    cleanFacts(400),
    "testBars",
    "the series is too short: window 60, horizon 1, validationBars 40 and testBars 300 need 401 bars (window 60 + horizon 1 + validation 40 + test 300), it has 400",
  ],
  [
    "too short for the window alone",
    { window: 100, testBars: 0, validationBars: 0 },
    cleanFacts(100),
    "window",
    "the series is too short: window 100, horizon 1, validationBars 0 and testBars 0 need 101 bars (window 100 + horizon 1 + validation 0 + test 0), it has 100",
  ],
  [
    "too short for a validation larger than the test",
    { validationBars: 70, testBars: 10 },
    cleanFacts(140),
    "validationBars",
    "the series is too short: window 60, horizon 1, validationBars 70 and testBars 10 need 141 bars (window 60 + horizon 1 + validation 70 + test 10), it has 140",
  ],
  [
    "too short by the bar that the first change starts from",
    { transform: "DIFFERENCE", window: 10, testBars: 0, validationBars: 0 },
    cleanFacts(11),
    "window",
    "the series is too short: window 10, horizon 1, validationBars 0 and testBars 0 need 12 bars (1 to change from + window 10 + horizon 1 + validation 0 + test 0), it has 11",
  ],
  [
    "without a single bar",
    { testBars: 0 },
    cleanFacts(0),
    "window",
    "the series is too short: window 60, horizon 1, validationBars 0 and testBars 0 need 61 bars (window 60 + horizon 1 + validation 0 + test 0), it has 0",
  ],
  [
    "whose test is shorter than the horizon",
    { horizon: 20, testBars: 19 },
    cleanFacts(2426),
    "testBars",
    "testBars must be 0 or at least 20 (horizon 20), got 19",
  ],
  [
    "whose test holds no window of its own where the scaler is refit",
    { scalerFit: "EACH_SPLIT", testBars: 60 },
    cleanFacts(2426),
    "testBars",
    "testBars must be 0 or at least 61 (window 60 + horizon 1), got 60",
  ],
  [
    "whose validation holds no window of its own where the scaler is refit",
    { scalerFit: "EACH_SPLIT", validationBars: 60 },
    cleanFacts(2426),
    "validationBars",
    "validationBars must be 0 or at least 61 (window 60 + horizon 1), got 60",
  ],
  [
    "without volume",
    { features: ["CLOSE", "VOLUME"] },
    cleanFacts(2426, { VOLUME: { missing: 2426 } }),
    "features[1]",
    "features[1] is VOLUME, but the series has no values of it",
  ],
  [
    "with holes in its volume",
    { target: "VOLUME" },
    cleanFacts(2426, { VOLUME: { missing: 3 } }),
    "target",
    "target is VOLUME, which 3 of the series' 2426 bars lack: it must have a value in every bar",
  ],
  [
    "without adjusted closes",
    { target: "ADJUSTED_CLOSE" },
    cleanFacts(2426, { ADJUSTED_CLOSE: { missing: 2426 } }),
    "target",
    "target is ADJUSTED_CLOSE, but the series has no values of it",
  ],
  [
    "with a price of 0, of which there is no logarithm",
    { transform: "LOG_RETURN", features: ["CLOSE", "LOW"] },
    cleanFacts(2426, { LOW: { notPositive: 2 } }),
    "transform",
    "transform LOG_RETURN needs values above 0, but LOW is 0 or below in 2 of 2426 bars: use DIFFERENCE or PRICE",
  ],
  [
    "with a volume of 0 whose logarithm is the target",
    { transform: "LOG_RETURN", target: "VOLUME" },
    cleanFacts(2426, { VOLUME: { notPositive: 1 } }),
    "transform",
    "transform LOG_RETURN needs values above 0, but VOLUME is 0 or below in 1 of 2426 bars: use DIFFERENCE or PRICE",
  ],
])("a series %s is refused", (_, request, facts, field, message) => {
  expect(refusal(request, facts)).toEqual({ field, message });
});

test("the shortest series that is accepted has exactly one training window", () => {
  for (const scalerFit of ["TRAIN", "EACH_SPLIT"] as const)
    for (const transform of ["PRICE", "LOG_RETURN"] as const) {
      const held = scalerFit === "EACH_SPLIT" ? 20 : 3;
      const request: TrainingRequest = {
        ...{ window: 10, horizon: 3, testBars: held, validationBars: held, scalerFit, transform },
      };
      const needed = 10 + 3 + 2 * held + (transform === "PRICE" ? 0 : 1);
      expect(refusal(request, cleanFacts(needed - 1)).message).toContain(`need ${needed} bars`);
      const { config } = parseTrainingConfig(request, cleanFacts(needed));
      for (const { firstAnchor, endAnchor } of splitSeries(needed, config))
        expect(endAnchor - firstAnchor).toBeGreaterThan(0);
    }
});
