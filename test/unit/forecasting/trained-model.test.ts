/** Finished networks as bytes, and windows that are unlike what they were trained on. */
import { expect, test } from "vitest";
import { inputColumns } from "../../../server/forecasting/inputs.ts";
import {
  decodeModel,
  encodeModel,
  familiarOf,
  type TrainedModel,
  unlikeness,
} from "../../../server/forecasting/trained-model.ts";
import { scalersOf } from "../../../server/forecasting/windows.ts";
import { completeConfig } from "../../../server/recipe/complete-config.ts";
import { splitSeries } from "../../../server/recipe/splits.ts";
import { alone, barsOf, walk } from "../../support/series.ts";

const step = {
  residuals: [0.1, 1 / 3],
  alphas: [0.2, 0.05],
  pending: [{ anchor: 7, centre: 1, sigma: 2, reach: [null, 3] }],
};
const model: TrainedModel = {
  weights: Float32Array.of(0.1, -1e-30, 3),
  scalers: { inputs: [{ origin: 0.1, unit: 1 / 3 }], target: { origin: -1, unit: 2 } },
  intervals: { state: { steps: [step] }, source: "HAR" },
  familiar: { ranges: [{ lowest: -1, highest: 1 / 7 }], farthest: 2.5 },
  origin: {
    barCount: 7,
    lastTime: 1e12,
    sigma: { source: "EWMA", form: "DIFFERENCE", usual: 1, horizon: 1 },
  },
};

test("a model comes back bit for bit", () => {
  expect(decodeModel(encodeModel(model))).toEqual(model);
});

test("bytes that are no model are refused in words", () => {
  expect(() => decodeModel(encodeModel(model).subarray(0, -4))).toThrow(
    /a trained model of 3 weights must have/,
  );
  expect(() => decodeModel(new TextEncoder().encode("GATECKPT and so on"))).toThrow(
    "must begin with GATEMODL",
  );
});

test("windows of the training are familiar; one far outside of it is not", () => {
  const prices = walk(300);
  const bars = barsOf([...prices, ...prices.slice(-20).map((price) => price * 3)]);
  const config = completeConfig({ window: 8, testBars: 40, scaler: "STANDARD" }, bars.time.length);
  const [training] = splitSeries(bars.time.length, config);
  const inputs = inputColumns(alone(bars), config);
  const scalers = scalersOf(alone(bars), config, training!).inputs;
  const familiar = familiarOf(inputs, scalers, config.window, training!);
  const at = (anchor: number) => unlikeness(inputs, scalers, familiar, config.window, anchor);
  let unlike = 0;
  for (let anchor = training!.firstAnchor; anchor < training!.endAnchor; anchor++)
    if (at(anchor).isUnlike) unlike++;
  expect(unlike).toBeLessThanOrEqual(0.01 * (training!.endAnchor - training!.firstAnchor));
  expect(at(bars.time.length - 1)).toEqual({ outside: 1, isUnlike: true });
});
