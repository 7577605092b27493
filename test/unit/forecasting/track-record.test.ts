/** Forecasts that were made, held against what came: the record, and when it has left what the test measured. */
import { expect, test } from "vitest";
import type { MadeForecast } from "../../../server/domain/forecast.ts";
import { driftOf } from "../../../server/forecasting/drift.ts";
import { type LiveOutcome, outcomesOf, recordOf } from "../../../server/forecasting/track-record.ts";
import { normal } from "../../support/daily-bars.ts";

const dayMs = 86_400_000;
const days = Float64Array.from({ length: 6 }, (_, day) => day * dayMs);
const closes = Float64Array.of(100, 101, 103, 102, 104, 105);
const made = (anchor: number, step: number, predicted: number, half: number | null = 1): MadeForecast => ({
  ...{ anchorTime: new Date(anchor * dayMs), step, predicted, versionNumber: 1 },
  // A day that the calendar named, on which nothing came.
  ...{ time: new Date((anchor + step + 2) * dayMs), naive: closes[anchor]! },
  ...{ lower: half === null ? null : predicted - half, upper: half === null ? null : predicted + half },
});

test("a forecast is held against the bar that came so many bars after its anchor, whatever day it was expected on", () => {
  const outcomes = outcomesOf([made(4, 1, 104), made(1, 2, 101.5), made(1, 1, 102)], "CLOSE", days, closes);
  expect(outcomes.map(({ step, predicted, actual }) => [step, predicted, actual])).toEqual([
    [1, 102, 103],
    [2, 101.5, 102],
    [1, 104, 105],
  ]);
  expect(recordOf(outcomes)).toEqual({
    count: 3,
    mae: (1 + 0.5 + 1) / 3,
    naiveMae: (2 + 1 + 1) / 3,
    coverage95: 1,
  });
});

test("what has not come yet, and whose anchor or outcome is no bar any more, counts for nothing", () => {
  const gone = { ...made(2, 1, 103), anchorTime: new Date(2.5 * dayMs) };
  const missing = closes.map((close, day) => (day === 4 ? Number.NaN : close));
  const outcomes = outcomesOf(
    [made(5, 1, 106), made(4, 2, 106), gone, made(3, 1, 103)],
    "CLOSE",
    days,
    missing,
  );
  expect(outcomes).toEqual([]);
  expect(recordOf(outcomes)).toBeNull();
});

test("the share within the interval is of those that had one", () => {
  const outcomes = outcomesOf(
    [made(0, 1, 101.5), made(1, 1, 101.5), made(2, 1, 102, null)],
    "CLOSE",
    days,
    closes,
  );
  expect(recordOf(outcomes)?.coverage95).toBe(0.5);
  expect(recordOf(outcomes.slice(2))?.coverage95).toBeNull();
});

test("prices that were adjusted since are compared in those of today; a bar that went on is not adjusted", () => {
  const split = closes.map((close) => close / 2);
  expect(outcomesOf([made(1, 1, 102)], "CLOSE", days, split)[0]).toMatchObject({
    ...{ predicted: 51, naive: 50.5, lower: 50.5, upper: 51.5, actual: 51.5 },
  });
  const dividend = closes.map((close) => close * 0.99);
  expect(outcomesOf([made(1, 1, 102)], "ADJUSTED_CLOSE", days, dividend)[0]?.predicted).toBeCloseTo(
    100.98,
    10,
  );
  expect(outcomesOf([made(1, 1, 102)], "CLOSE", days, dividend)[0]?.predicted).toBe(102);
  expect(outcomesOf([made(1, 1, 102)], "VOLUME", days, split)[0]?.predicted).toBe(102);
});

interface Errors {
  readonly network: number;
  readonly market: number;
  readonly level?: number;
}
/** Moves of a market, of which a network foresees all but `network`. Shares of the price. */
function simulated(count: number, seed: number, { network, market, level = 100 }: Errors) {
  const draw = normal(seed);
  return Array.from({ length: count }, (_, day) => {
    const actual = level * (1 + market * draw());
    return { day, naive: level, actual, predicted: actual - level * network * draw() };
  });
}
const asTest = (rows: ReturnType<typeof simulated>) => ({
  actual: rows.map(({ actual }) => actual),
  predicted: rows.map(({ predicted }) => predicted),
  naive: rows.map(({ naive }) => naive),
});
const asLive = (rows: ReturnType<typeof simulated>, step = 1): LiveOutcome[] =>
  rows.map(({ day, ...row }) => ({ ...row, anchorTime: day * dayMs, step, lower: null, upper: null }));

const usual = { network: 0.01, market: 0.012 };
const tested = new Map([[1, asTest(simulated(300, 1, usual))]]);

test("a network that errs as in its test has not drifted: one false alarm in a hundred looks, or a few", () => {
  const alarms = Array.from({ length: 200 }, (_, seed) =>
    driftOf(asLive(simulated(40, 100 + seed, usual)), tested, true),
  ).filter((told) => told !== null);
  expect(alarms.length).toBeLessThanOrEqual(8);
});

test("one that errs twice as much has, with the figures that it stands on", () => {
  const live = asLive(simulated(40, 7, { network: 0.02, market: 0.012 }));
  expect(driftOf(live, tested, true)).toMatch(
    /^On 40 forecasts since, the error is (1\.[6-9]|2\.\d) times the test's \(p .*\), the naive forecast's (0\.\d|1\.\d) times its test's: the model has drifted\./,
  );
});

test("where the naive forecast errs as much more, the bars are to blame", () => {
  const live = asLive(simulated(40, 8, { network: 0.025, market: 0.03 }));
  expect(driftOf(live, tested, true)).toMatch(/the bars have become harder, for any forecast\.$/);
});

test("a price that went up tenfold is no drift, and one that errs less is none either", () => {
  expect(driftOf(asLive(simulated(40, 9, { ...usual, level: 1000 })), tested, true)).toBeNull();
  expect(driftOf(asLive(simulated(40, 9, { ...usual, network: 0.001 })), tested, true)).toBeNull();
  // Of a logarithm the level says nothing: its errors are taken as they are.
  expect(driftOf(asLive(simulated(40, 9, { ...usual, level: 1000 })), tested, false)).toMatch(
    /times the test's/,
  );
});

test("fewer than 20 anchors tell nothing, however many steps each has, and steps that were not tested count for nothing", () => {
  const bad = simulated(19, 10, { network: 0.1, market: 0.012 });
  const twoSteps = new Map([
    [1, asTest(simulated(300, 1, usual))],
    [2, asTest(simulated(300, 2, usual))],
  ]);
  const both = [...asLive(bad), ...asLive(bad, 2)].sort((a, b) => a.anchorTime - b.anchorTime);
  expect(driftOf(both, twoSteps, true)).toBeNull();
  const more = simulated(20, 10, { network: 0.1, market: 0.012 });
  expect(driftOf(asLive(more), twoSteps, true)).toMatch(/On 20 forecasts since/);
  expect(driftOf(asLive(more, 3), twoSteps, true)).toBeNull();
  expect(driftOf(asLive(more), new Map(), true)).toBeNull();
});

test("a test without an error, and values that never move, are no reason to fail", () => {
  const still = { actual: [5, 5, 5], predicted: [5, 5, 5], naive: [5, 5, 5] };
  const live = asLive(simulated(30, 11, usual));
  expect(driftOf(live, new Map([[1, still]]), true)).toBeNull();
});
