/** What startTraining makes of what it is asked for, and what it warns of. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { InvalidInput } from "../../server/domain/errors.ts";
import { checkOptions } from "../../server/engine/shape.ts";
import { parseTrainingConfig } from "../../server/recipe/parse-request.ts";
import { seriesFacts } from "../../server/recipe/series-facts.ts";
import type { TrainingRequest } from "../../server/recipe/training-config.ts";
import { cleanFacts } from "../support/clean-facts.ts";
import { barsOf, walk } from "../support/series.ts";

test("a request that says nothing trains the standard recipe, validated on a tenth of what is before the test", () => {
  const { config, warnings } = parseTrainingConfig({}, cleanFacts(2426));
  expect(config).toEqual({
    target: "CLOSE",
    transform: "PRICE",
    features: ["CLOSE"],
    window: 60,
    horizon: 1,
    layers: [
      { units: 80, dropout: 0.2 },
      { units: 100, dropout: 0.2 },
    ],
    resetAfter: true,
    epochs: 50,
    batchSize: 64,
    learningRate: 0.001,
    learningRateSchedule: "CONSTANT",
    loss: "MSE",
    clipNorm: null,
    weightDecay: 0,
    headInit: "GLOROT",
    indicators: [],
    otherSeries: [],
    inputForm: "AS_TARGET",
    scaler: "MINMAX",
    skipFirstBars: 0,
    skipLastBars: 0,
    earlyStoppingPatience: 0,
    seed: 7,
    testBars: 300,
    validationBars: 212,
    validateOnTest: false,
    scalerFit: "TRAIN",
  });
  expect(warnings).toEqual([]);
});

test("null means the same as leaving a field out", () => {
  const nulls = Object.fromEntries(
    Object.keys(parseTrainingConfig({}, cleanFacts(2426)).config).map((key) => [key, null]),
  ) as TrainingRequest;
  expect(parseTrainingConfig(nulls, cleanFacts(2426))).toEqual(parseTrainingConfig({}, cleanFacts(2426)));
});

test("every clipping norm and weight decay that it takes, the engines take too", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1e-12, max: 1 }),
      fc.double({ noNaN: true, min: -1, max: 1e13 }),
      fc.double({ noNaN: true, min: -1, max: 1e300 }),
      (learningRate, weightDecay, clipNorm) => {
        const accepts = (check: () => unknown) => {
          try {
            check();
            return true;
          } catch (error) {
            if (error instanceof InvalidInput || error instanceof RangeError) return false;
            throw error;
          }
        };
        const options = { batchSize: 64, seed: 7, learningRate, weightDecay, clipNorm };
        expect(accepts(() => parseTrainingConfig(options, cleanFacts(2426)))).toBe(
          accepts(() => checkOptions(options)),
        );
      },
    ),
  );
  const { config } = parseTrainingConfig(
    { clipNorm: 0.5, weightDecay: 100, learningRate: 0.01 },
    cleanFacts(2426),
  );
  expect(config).toMatchObject({ clipNorm: 0.5, weightDecay: 100 });
});

test("features default to the target, and a layer's dropout to none", () => {
  const { config } = parseTrainingConfig({ target: "HIGH", layers: [{ units: 3 }] }, cleanFacts(2426));
  expect(config.features).toEqual(["HIGH"]);
  expect(config.layers).toEqual([{ units: 3, dropout: 0 }]);
});

test("a volume of 0 beside a price does not stop logarithms: volume stays as it is", () => {
  const facts = cleanFacts(2426, { VOLUME: { notPositive: 9 } });
  const request: TrainingRequest = { transform: "LOG_RETURN", features: ["CLOSE", "VOLUME"] };
  expect(parseTrainingConfig(request, facts).warnings).toEqual([]);
});

test("validation is left out by itself where a tenth of the bars holds no window", () => {
  const request: TrainingRequest = { scalerFit: "EACH_SPLIT", testBars: 100 };
  expect(parseTrainingConfig(request, cleanFacts(700)).config.validationBars).toBe(0);
  expect(parseTrainingConfig(request, cleanFacts(710)).config.validationBars).toBe(61);
});

test("warnings name the leak, the choice on the test, and everything that makes scores worth less", () => {
  const warningsOf = (request: TrainingRequest) => parseTrainingConfig(request, cleanFacts(2426)).warnings;
  expect(warningsOf({ scalerFit: "EACH_SPLIT" })).toEqual([
    expect.stringMatching(/scaled anew for each part.*leaks/),
  ]);
  expect(warningsOf({ validateOnTest: true })).toEqual([expect.stringMatching(/choosing on the test/)]);
  expect(warningsOf({ testBars: 0 })).toEqual([expect.stringMatching(/Nothing is held out for a test/)]);
  expect(warningsOf({ validationBars: 0 })).toEqual([expect.stringMatching(/the last epoch are used/)]);
  expect(warningsOf({ features: ["OPEN", "HIGH"] })).toEqual([
    expect.stringMatching(/does not see the close, which it predicts/),
  ]);
  expect(warningsOf({ loss: "HUBER" })).toEqual([
    expect.stringMatching(/Huber's loss .* deviation 1 instead/),
  ]);
  expect(warningsOf({ loss: "HUBER", scaler: "STANDARD" })).toEqual([]);
  expect(warningsOf({ learningRateSchedule: "PLATEAU", earlyStoppingPatience: 5 })).toEqual([
    expect.stringMatching(/halved after 5 epochs .* stops after 5 of them/),
  ]);
  expect(warningsOf({ learningRateSchedule: "PLATEAU", earlyStoppingPatience: 6 })).toEqual([]);
  expect(warningsOf({ batchSize: 4096 })).toEqual([
    "The batch of 4096 is larger than the 1854 training windows: each epoch is a single update.",
  ]);
});

test("a test above everything that the training saw is warned of, unless the network learns changes", () => {
  const rising = seriesFacts(barsOf(Array.from({ length: 200 }, (_, bar) => 100 + bar)));
  const request: TrainingRequest = { window: 10, testBars: 50, validationBars: 10 };
  expect(parseTrainingConfig(request, rising).warnings).toEqual([
    "In 50 of the 50 bars of the test the close lies outside of what the training saw (100 to 239). A network that learns " +
      "prices falls behind there: let it learn the change or the log return instead.",
  ]);
  expect(parseTrainingConfig({ ...request, transform: "DIFFERENCE" }, rising).warnings).toEqual([]);
});

test("what is the same in every bar of the training is told of, target and features each in its words", () => {
  const bars = barsOf(walk(200));
  bars.volume.fill(0);
  // Different in the test alone: the training sees nothing of that.
  bars.open.fill(7, 0, 140);
  const request: TrainingRequest = { window: 10, testBars: 50, validationBars: 10 };
  const warningsOf = (more: TrainingRequest) =>
    parseTrainingConfig({ ...request, transform: "DIFFERENCE", ...more }, seriesFacts(bars)).warnings;
  expect(warningsOf({ features: ["CLOSE", "HIGH"] })).toEqual([]);
  expect(warningsOf({ features: ["CLOSE", "VOLUME", "OPEN"] })).toEqual([
    "The volume is 0 in every bar that the network trains on, so it tells nothing: leave it out of what the network sees.",
    "The open is 7 in every bar that the network trains on, so it tells nothing: leave it out of what the network sees.",
  ]);
  expect(warningsOf({ target: "OPEN", features: ["OPEN", "CLOSE"] })).toEqual([
    "There is nothing to learn: the open is 7 in every bar that the network trains on. Predict something else, or check the series.",
  ]);
});

test("no warning names an argument of the API or a value of its enums", () => {
  const bars = barsOf(walk(300).map((price, bar) => price + bar));
  bars.volume.fill(0);
  const requests: TrainingRequest[] = [
    { scalerFit: "EACH_SPLIT", batchSize: 4096, features: ["VOLUME"] },
    { validateOnTest: true, features: ["ADJUSTED_CLOSE", "VOLUME"] },
    { testBars: 0, validationBars: 0 },
    { target: "VOLUME", features: ["VOLUME"] },
  ];
  const said = requests.flatMap((request) => {
    const { warnings } = parseTrainingConfig({ window: 5, testBars: 60, ...request }, seriesFacts(bars));
    return warnings;
  });
  expect(said.length).toBeGreaterThan(8);
  for (const warning of said) expect(warning).not.toMatch(/[a-z][A-Z]|[A-Z]{3}|_/);
});

test("the facts of a series count what is missing and what is not above 0", () => {
  const bars = barsOf([5, 4, 3]);
  bars.volume.set([0, Number.NaN, 12]);
  bars.open.set([1, -1, 0]);
  const facts = seriesFacts(bars);
  expect(facts.barCount).toBe(3);
  expect(facts.fields.VOLUME).toEqual({ missing: 1, notPositive: 1 });
  expect(facts.fields.OPEN).toEqual({ missing: 0, notPositive: 2 });
  expect(facts.fields.CLOSE).toEqual({ missing: 0, notPositive: 0 });
  expect(facts.news("CLOSE", 2, 2, 3)).toEqual({ seenLowest: 4, seenHighest: 5, unseen: 1 });
});
