import { expect, test } from "vitest";
import { resultWarnings, type TrainedRun } from "../../server/forecasting/result-warnings.ts";
import { barsOf, walk } from "../support/series.ts";
import { smallConfig } from "../support/small-config.ts";

const actual = walk(101).slice(1);
const naive = walk(101).slice(0, -1);
const epochsOf = (trainLosses: number[], validationLosses: (number | null)[] = trainLosses) =>
  trainLosses.map((trainLoss, i) => ({ epoch: i + 1, trainLoss, validationLoss: validationLosses[i]! }));

const warningsOf = (changes: Partial<TrainedRun> & { predicted?: number[] }) => {
  const { predicted = naive, ...run } = changes;
  return resultWarnings({
    config: smallConfig,
    bars: barsOf(walk(101)),
    epochs: epochsOf([0.5, 0.2, 0.1]),
    bestEpoch: 3,
    predictions: [{ split: "TEST", step: 1, time: [], actual, predicted, naive }],
    ...run,
  });
};
const config = { ...smallConfig, transform: "LOG_RETURN" } as const;

test("a run that went as it should is not warned of", () => {
  expect(warningsOf({})).toEqual([]);
});

test("predictions that hardly vary are told of: of a price in the prices, of a change in the changes", () => {
  const mean = actual.reduce((sum, price) => sum + price, 0) / actual.length;
  const nearlyFlat = actual.map((price) => mean + 0.05 * (price - mean));
  expect(warningsOf({ predicted: nearlyFlat })).toEqual([
    expect.stringMatching(/nearly the same price for every bar/),
  ]);
  expect(warningsOf({ predicted: actual.map((price) => mean + 0.2 * (price - mean)) })).toEqual([]);
  // It follows the price by itself: a constant change on top of the last price.
  const drift = naive.map((last) => last + 0.01);
  expect(warningsOf({ predicted: drift })).toEqual([]);
  expect(warningsOf({ config, predicted: drift })).toEqual([
    expect.stringMatching(/nearly the same change for every bar.*usual outcome/),
  ]);
  const half = naive.map((last, i) => last + 0.5 * (actual[i]! - last));
  expect(warningsOf({ config, predicted: half })).toEqual([]);
});

test.each([
  ["VOLUME", "volume"],
  ["LOG_VARIANCE", "volatility"],
] as const)("of the target %s it is the %s that hardly varies, and no price", (target, word) => {
  const flat = actual.map(() => 100);
  const [levels] = warningsOf({ config: { ...smallConfig, target }, predicted: flat }).slice(-1);
  expect(levels).toMatch(new RegExp(`nearly the same ${word} for every bar`));
  const ofChanges = { ...smallConfig, target, transform: "DIFFERENCE" } as const;
  const [changes] = warningsOf({ config: ofChanges, predicted: naive }).slice(-1);
  expect(changes).toMatch(/nearly the same change/);
  expect(`${levels} ${changes}`).not.toMatch(/price/);
});

test("a series that stood still in the test is no reason to blame the predictions", () => {
  const flat = actual.map(() => 5);
  const predictions = [
    { split: "TEST", step: 1, time: [], actual: flat, predicted: flat, naive: flat },
  ] as const;
  expect(warningsOf({ predictions })).toEqual([]);
  expect(warningsOf({ config, predictions })).toEqual([]);
});

test("the latest part is judged, and of a longer horizon its first step", () => {
  const flat = naive.map(() => 100);
  const part = (split: "TRAIN" | "TEST", step: number, predicted: number[]) =>
    ({ split, step, time: [], actual, predicted, naive }) as const;
  expect(
    warningsOf({ predictions: [part("TRAIN", 1, flat), part("TEST", 1, naive), part("TEST", 2, flat)] }),
  ).toEqual([]);
  expect(warningsOf({ predictions: [part("TRAIN", 1, naive), part("TEST", 1, flat)] })).toHaveLength(1);
  expect(warningsOf({ predictions: [part("TRAIN", 1, flat)] })).toHaveLength(1);
  expect(warningsOf({ predictions: [] })).toEqual([]);
});

test("a loss that rose tenfold from its best is told of with both epochs, also when it came down again", () => {
  expect(warningsOf({ epochs: epochsOf([0.5, 0.02, 0.3, 0.1], [0.5, 0.2, 0.3, 0.1]) })).toEqual([
    "The training loss rose from 0.02 in epoch 2 to 0.3 in epoch 3, 15 times as much: the training became unstable. " +
      "Try a smaller learning rate, or clip the gradient.",
  ]);
  expect(warningsOf({ epochs: epochsOf([0.5, 0.2, 0.1], [0.5, 0.01, 0.1]) })).toEqual([
    expect.stringMatching(/^The validation loss rose from 0.01 in epoch 2 to 0.1 in epoch 3/),
  ]);
  expect(warningsOf({ epochs: epochsOf([0.5, 0.02, 0.19], [null, null, null]) })).toEqual([]);
  expect(warningsOf({ epochs: epochsOf([0.5, 0, 0.1]) })).toEqual([]);
});

test("a first epoch that stayed the best is told of, where something validates", () => {
  expect(warningsOf({ bestEpoch: 1 })).toEqual([
    expect.stringMatching(/^The first of 3 epochs was the best/),
  ]);
  expect(warningsOf({ bestEpoch: 1, epochs: epochsOf([0.5]) })).toEqual([]);
  expect(warningsOf({ bestEpoch: 1, config: { ...smallConfig, validationBars: 0 } })).toEqual([]);
});

test("bars without a range are told of where their variance is learned from or learned", () => {
  const bars = barsOf(walk(100));
  for (const column of [bars.open, bars.high, bars.low]) column.set(bars.close.subarray(0, 20));
  const seen = { ...smallConfig, indicators: [{ kind: "LOG_VARIANCE", period: null }] } as const;
  expect(warningsOf({ bars, config: { ...smallConfig, target: "LOG_VARIANCE" } })[0]).toMatch(
    /^20 of 100 bars have no range: .* volatility was taken as the least there is/,
  );
  expect(warningsOf({ bars, config: seen })[0]).toMatch(
    /^20 of 100 bars have no range: .* range was taken as 0/,
  );
  expect(warningsOf({ bars })).toEqual([]);
  const one = barsOf(walk(200));
  for (const column of [one.open, one.high, one.low]) column[7] = one.close[7]!;
  expect(warningsOf({ bars: one, config: seen })).toEqual([]);
});
