/** How far the next bars may move: which source is used, what it says, and that it sees no future. */
import { expect, test } from "vitest";
import { lowestLogVariance } from "../../../server/domain/log-variance.ts";
import type { Target } from "../../../server/forecasting/forecasters/baseline.ts";
import { har } from "../../../server/forecasting/forecasters/har.ts";
import {
  fitSigma,
  type SigmaFit,
  sigmaAt,
  sigmaLookBack,
  withSeen,
} from "../../../server/forecasting/intervals/sigma.ts";
import { garchBars, priceTarget, returnsOf, targetOf, varianceTarget } from "../../support/daily-bars.ts";
import { type SigmaInput, sigmaOf } from "../../support/sigma.ts";

const market = garchBars(1500, 9);
const logVariance = varianceTarget(market).values;
const training = { firstBar: 0, endBar: 1000 };
const anchors = { firstAnchor: 999, endAnchor: 1400 };
const horizon = 4;
const input: SigmaInput = { target: priceTarget(market), logVariance, training, anchors, horizon };

test("prices with ranges: the root of the variances that HAR forecasts up to the step, in units of the price", () => {
  const { source, values } = sigmaOf(input);
  const forecasts = har("TRAIN").predict(varianceTarget(market), training, anchors, horizon);
  expect(source).toBe("HAR");
  const variances = Array.from(forecasts.subarray(400, 404), Math.exp);
  variances.forEach((_, i) => {
    const sum = variances.slice(0, i + 1).reduce((total, variance) => total + variance, 0);
    expect(values[400 + i]).toBeCloseTo(market.close[1099]! * Math.sqrt(sum), 10);
  });
});

test("without ranges: EWMA (0.94) of squared returns, times the root of the step", () => {
  const { source, values } = sigmaOf({ ...input, logVariance: null });
  let variance = Math.log(market.close[1]! / market.close[0]!) ** 2;
  for (let bar = 1; bar <= 1099; bar++)
    variance = 0.94 * variance + 0.06 * Math.log(market.close[bar]! / market.close[bar - 1]!) ** 2;
  expect(source).toBe("EWMA");
  expect(values[400]).toBeCloseTo(market.close[1099]! * Math.sqrt(variance), 10);
  expect(values[403]).toBeCloseTo(2 * values[400]!, 10);
});

test.each<[string, Partial<SigmaInput>]>([
  [
    "most bars repeat the close as high and low",
    { logVariance: logVariance.map((value, bar) => (bar % 5 < 3 ? lowestLogVariance : value)) },
  ],
  [
    "a range of the training part is unknown",
    { logVariance: logVariance.map((value, bar) => (bar === 7 ? Number.NaN : value)) },
  ],
  [
    "prices are not positive",
    { target: { ...priceTarget(market), values: market.close.map((price) => price - 100) } },
  ],
  ["the training part is too short to fit HAR", { training: { firstBar: 0, endBar: 30 } }],
  ["a log variance is forecast", { target: varianceTarget(market) }],
])("EWMA where %s", (_, part) => {
  const { source, values } = sigmaOf({ ...input, ...part });
  expect(source).toBe("EWMA");
  expect(values.every((sigma) => sigma > 0 && Number.isFinite(sigma))).toBe(true);
});

test("a bar without a range says nothing of the next moves: the one before it counts on", () => {
  const holes = logVariance.map((value, bar) => (bar > 0 && bar % 3 === 0 ? lowestLogVariance : value));
  const carried = holes.map((value, bar) => (value === lowestLogVariance ? holes[bar - 1]! : value));
  const { source, values } = sigmaOf({ ...input, logVariance: holes });
  expect(source).toBe("HAR");
  expect(values).toEqual(sigmaOf({ ...input, logVariance: carried }).values);
});

test("a price that never moves, or never did in training, still has a sigma above 0", () => {
  const still = new Float64Array(1500).fill(5);
  const { values } = sigmaOf({
    ...input,
    target: targetOf("PRICE", still, returnsOf(still)),
    logVariance: null,
  });
  expect(values.every((sigma) => sigma > 0)).toBe(true);
});

test("prices and ranges that turn impossible after the training part leave the last known ones in force", () => {
  const oil: Target = { ...priceTarget(market), values: market.close.slice() };
  oil.values.set([-37, 0], 1200);
  const ranges = logVariance.slice();
  ranges.set([Number.NaN, Number.NaN], 1200);
  const { source, values } = sigmaOf({ ...input, target: oil, logVariance: ranges });
  expect(source).toBe("HAR");
  expect(values.every((sigma) => sigma > 0 && Number.isFinite(sigma))).toBe(true);
});

test("a forecast of HAR beyond all variances seen is taken for the farthest seen", () => {
  const rising = Float64Array.from({ length: 1500 }, (_, bar) => -12 + 0.002 * bar);
  const forecasts = har("TRAIN").predict({ ...input.target, values: rising }, training, anchors, 1);
  const { values } = sigmaOf({ ...input, logVariance: rising, horizon: 1 });
  forecasts.forEach((forecast, i) => {
    const seen = rising[999 + i]!;
    expect(forecast).toBeGreaterThan(seen);
    expect(values[i]).toBeCloseTo(market.close[999 + i]! * Math.exp(seen / 2), 10);
  });
});

test.each<[string, Partial<SigmaInput>]>([
  ["HAR", {}],
  ["EWMA", { logVariance: null }],
  ["EWMA of a log variance", { target: varianceTarget(market) }],
])("%s sees no bar after the anchor", (_, part) => {
  const whole = { ...input, ...part };
  const known = Array.from(sigmaOf(whole).values.subarray(0, 202 * horizon));
  const until = { firstAnchor: 999, endAnchor: 1201 };
  const disturb = (column: Float64Array) =>
    column.map((value, bar) => (bar > 1200 ? value * (1 + (bar % 7)) : value));
  const disturbed = {
    ...whole,
    anchors: until,
    target: { ...whole.target, values: disturb(whole.target.values) },
    logVariance: whole.logVariance && disturb(whole.logVariance),
  };
  expect(Array.from(sigmaOf(disturbed).values)).toEqual(known);
  const cut = (column: Float64Array) => column.slice(0, 1201);
  const short = {
    ...whole,
    anchors: until,
    target: { ...whole.target, values: cut(whole.target.values) },
    logVariance: whole.logVariance && cut(whole.logVariance),
  };
  expect(Array.from(sigmaOf(short).values)).toEqual(known);
});

test.each<[string, Partial<SigmaInput>]>([
  ["HAR", {}],
  ["EWMA", { logVariance: null }],
  ["EWMA of a log variance", { target: varianceTarget(market), logVariance: null }],
])("%s, fitted and stored, says the same of later bars from the newest ones alone", (_, part) => {
  const whole = { ...input, ...part };
  const until = (bar: number, from = 0) => ({
    target: { ...whole.target, values: whole.target.values.slice(from, bar) },
    logVariance: whole.logVariance ? whole.logVariance.slice(from, bar) : null,
  });
  const stored = JSON.stringify(withSeen(fitSigma(whole), until(1200)));
  const from = 1300 - sigmaLookBack;
  const later = sigmaAt(JSON.parse(stored) as SigmaFit, until(1400, from), {
    firstAnchor: 1300 - from,
    endAnchor: 1400 - from,
  });
  const expected = sigmaOf({ ...whole, anchors: { firstAnchor: 1300, endAnchor: 1400 } }).values;
  later.forEach((sigma, at) => {
    expect(sigma / expected[at]!).toBeCloseTo(1, 7);
  });
});
