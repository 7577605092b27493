/** No baseline sees a bar after its anchor, and each gives a number whatever the series. */
import { describe, expect, test } from "vitest";
import type { Baseline, Target } from "../../../server/forecasting/forecasters/baseline.ts";
import { baselinesFor } from "../../../server/forecasting/forecasters/catalogue.ts";
import { garchBars, priceTarget, targetOf, uniform, varianceTarget } from "../../support/daily-bars.ts";

const bars = 1700;
const training = { firstBar: 0, endBar: 1200 };
const horizon = 3;
const market = garchBars(bars, 4);

const upTo = (target: Target, count: number): Target => ({
  ...target,
  values: target.values.slice(0, count),
  returns: target.returns.slice(0, count),
  time: target.time.slice(0, count),
});

/** The same up to `cut`, and after it anything: also gaps, and values of either sign. */
function disturbedAfter(target: Target, cut: number): Target {
  const draw = uniform(cut);
  const disturb = (column: Float64Array) =>
    column.map((value, bar) => (bar <= cut ? value : value * 20 * (draw() - 0.5)));
  let shift = 0;
  return {
    ...target,
    values: disturb(target.values),
    returns: disturb(target.returns),
    time: target.time.map((at, bar) => {
      if (bar > cut) shift += draw() * 3e8;
      return at + shift;
    }),
  };
}

const differences = {
  ...priceTarget(market),
  values: priceTarget(market).values.map((price) => price - 100),
};
const hourly = { ...priceTarget(market), time: market.time.map((at) => at / 24) };
const targets: [string, Target][] = [
  ["prices", priceTarget(market)],
  ["hourly prices", hourly],
  ["prices of either sign", differences],
  ["log variance", varianceTarget(market)],
];
const everyBaseline = targets.flatMap(([kind, target]) =>
  baselinesFor(target, horizon, training.endBar).map((baseline) => ({
    name: `${baseline.label} of ${kind}`,
    baseline,
    target,
  })),
);

describe.each(everyBaseline)("$name", ({ baseline, target }) => {
  const whole = baseline.predict(target, training, { firstAnchor: 1190, endAnchor: bars - horizon }, horizon);

  test.each([1199, 1300, 1555])("bars after %d change no bit of what was forecast until then", (cut) => {
    const anchors = { firstAnchor: 1190, endAnchor: cut + 1 };
    const known = Array.from(whole.subarray(0, (cut - 1189) * horizon));
    expect(Array.from(baseline.predict(disturbedAfter(target, cut), training, anchors, horizon))).toEqual(
      known,
    );
    expect(Array.from(baseline.predict(upTo(target, cut + 1), training, anchors, horizon))).toEqual(known);
  });

  test("a forecast is the same whichever anchor was asked for first", () => {
    const anchors = { firstAnchor: 1437, endAnchor: 1438 };
    const alone = baseline.predict(target, training, anchors, horizon);
    expect(Array.from(alone)).toEqual(Array.from(whole.subarray(247 * horizon, 248 * horizon)));
  });

  test("it forecasts each anchor and step, from the very first bar on", () => {
    const all = baseline.predict(target, training, { firstAnchor: 0, endAnchor: bars }, horizon);
    expect(all).toHaveLength(bars * horizon);
    expect(all.every(Number.isFinite)).toBe(true);
  });
});

const sees = (target: Target, trainingBars: number, steps = 1) =>
  baselinesFor(target, steps, trainingBars).map(({ forecaster, refit }) => `${forecaster} ${refit}`);

test("bars before the training part and after it do not touch what is fitted once", () => {
  const target = varianceTarget(market);
  const late = { firstBar: 400, endBar: 1200 };
  const anchors = { firstAnchor: 1300, endAnchor: 1310 };
  const values = target.values.map((value, bar) => (bar < 400 ? value - 5 : value));
  const returns = target.returns.map((value, bar) => (bar < 400 ? 7 * value : value));
  const once = baselinesFor(target, 1, 1200).filter(({ refit }) => refit === "TRAIN");
  expect(once.map(({ forecaster }) => forecaster)).toEqual(["LAST_VALUE", "HAR", "HAR_LEVERAGE"]);
  for (const { predict } of once)
    expect(predict({ ...target, values, returns }, late, anchors, 1)).toEqual(
      predict(target, late, anchors, 1),
    );
});

test("a regression is left out where its rows are fewer than twice its coefficients", () => {
  const prices = priceTarget(market);
  expect(sees(prices, 18)).toContain("AR TRAIN");
  expect(sees(prices, 17)).not.toContain("AR TRAIN");
  const variances = varianceTarget(market);
  expect(sees(variances, 30)).toEqual([
    ...["LAST_VALUE TRAIN", "MEAN ROLLING", "EWMA ROLLING", "HAR TRAIN", "HAR ROLLING"],
  ]);
  expect(sees(variances, 29)).toEqual(["LAST_VALUE TRAIN", "MEAN ROLLING", "EWMA ROLLING"]);
  expect(sees(variances, 30, 2)).toEqual(["LAST_VALUE TRAIN", "MEAN ROLLING", "EWMA ROLLING"]);
  expect(sees(variances, 36)).toContain("HAR_LEVERAGE ROLLING");
});

test.each([
  ["a price that never moves", targetOf("PRICE", new Float64Array(300).fill(7), new Float64Array(300)), 7],
  [
    "a log variance at its floor",
    targetOf("LOG_VARIANCE", new Float64Array(300).fill(-18.4), new Float64Array(300)),
    -18.4,
  ],
  ["a column of zeros", targetOf("PRICE", new Float64Array(300), new Float64Array(300)), 0],
])("%s is forecast to stay", (_, target, value) => {
  const forecastOf = ({ predict }: Baseline) =>
    predict(target, { firstBar: 0, endBar: 200 }, { firstAnchor: 199, endAnchor: 295 }, 4);
  for (const baseline of baselinesFor(target, 4, 200))
    for (const forecast of forecastOf(baseline)) expect(forecast).toBeCloseTo(value, 6);
});

test("prices that turn negative after the training part do not stop a forecast", () => {
  const oil = priceTarget(market);
  oil.values.set([3, -37, 10], 1400);
  for (const { predict } of baselinesFor(oil, 2, 1200)) {
    const forecasts = predict(oil, training, { firstAnchor: 1199, endAnchor: 1600 }, 2);
    expect(forecasts.every(Number.isFinite)).toBe(true);
  }
});
