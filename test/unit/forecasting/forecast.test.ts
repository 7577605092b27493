/** Forecasts of bars to come: the same as the run's own predictions were, fed back beyond the horizon, with wider intervals. */

import { beforeAll, expect, test } from "vitest";
import { Conflict, InvalidInput } from "../../../server/domain/errors.ts";
import { barsBetween, columnOf } from "../../../server/domain/price-series.ts";
import { leastOf } from "../../../server/forecasting/bounds.ts";
import { forecastAt } from "../../../server/forecasting/forecast.ts";
import { baselineOutlook } from "../../../server/forecasting/outlook/baseline-outlook.ts";
import { networkOutlook } from "../../../server/forecasting/outlook/network-outlook.ts";
import { newestBars } from "../../../server/forecasting/outlook/newest-bars.ts";
import type { SeenSubject, Subject } from "../../../server/forecasting/outlook/outlook.ts";
import { wideningOf } from "../../../server/forecasting/outlook/widening.ts";
import type { TrainingRequest } from "../../../server/recipe/training-config.ts";
import { type LiveRun, liveRun, market } from "../../support/live-run.ts";

const dayMs = 86_400_000;
const walking = wideningOf("CLOSE", new Float64Array());
const timesAfter = ({ bars }: Subject, steps: number): number[] =>
  Array.from({ length: steps }, (_, i) => bars.time.at(-1)! + (i + 1) * dayMs);
const forecastOf = async (run: LiveRun, subject: SeenSubject, steps: number) =>
  forecastAt(
    await networkOutlook(subject, run.predict),
    timesAfter(subject, steps),
    walking,
    leastOf(run.config.target),
  );

/** What the run stored of a step, predicted from `anchor`. */
function storedAt({ result, testFrom }: LiveRun, anchor: number, step: number) {
  const columns = result.predictions.find((one) => one.split === "TEST" && one.step === step)!;
  // The first anchor of the test is the bar before it.
  const at = anchor - (testFrom - 1);
  const bound = (level: number) => columns.intervals!.find((one) => one.level === level)!;
  return {
    predicted: columns.predicted[at]!,
    bounds: [0.8, 0.95].flatMap((level) => [bound(level).lower[at]!, bound(level).upper[at]!]),
  };
}

const recipes: [string, TrainingRequest][] = [
  ["closes as they are", {}],
  [
    "log returns, from all prices and volume",
    { transform: "LOG_RETURN", features: ["CLOSE", "HIGH", "LOW", "VOLUME"] },
  ],
  ["distances from the last close", { inputForm: "MINUS_LAST", scaler: "STANDARD", horizon: 1 }],
  [
    "log returns with indicators, three steps",
    { transform: "LOG_RETURN", indicators: [{ kind: "LOG_RANGE" }, { kind: "ABSOLUTE_RETURN" }], horizon: 3 },
  ],
  [
    "weekdays of the exchange, and averages that forget slowly",
    {
      indicators: [
        { kind: "WEEKDAY" },
        { kind: "MONTH_END" },
        { kind: "RSI", period: 5 },
        { kind: "EMA_RATIO", period: 10 },
        { kind: "VOLUME_RATIO" },
      ],
    },
  ],
  ["a volume", { target: "VOLUME", features: ["VOLUME"], scaler: "STANDARD" }],
  ["a log variance", { target: "LOG_VARIANCE", indicators: [{ kind: "LOG_RETURN" }] }],
  [
    "indicators that remember, and the weekday",
    { transform: "LOG_RETURN", indicators: [{ kind: "RSI" }, { kind: "WEEKDAY" }, { kind: "MONTH_END" }] },
  ],
  ["a volume, whose intervals know no ranges", { target: "VOLUME", transform: "DIFFERENCE" }],
  ["a series that begins later", { skipFirstBars: 50 }],
];

test.each(recipes)(
  "%s: where the series ends at a bar of the test, the forecast and its intervals are those that the run stored of that bar",
  async (_, request) => {
    const run = await liveRun(request);
    const { horizon } = run.config;
    for (const anchor of [run.testFrom + 5, run.testFrom + 22, market.time.length - 1 - horizon]) {
      const said = await forecastOf(run, run.subjectAt(await run.trainedUpTo(anchor), anchor, 0), horizon);
      for (let step = 1; step <= horizon; step++) {
        const { predicted, bounds } = storedAt(run, anchor, step);
        expect(said.predicted[step - 1]! / predicted).toBeCloseTo(1, 6);
        const own = [...said.bounds.values()].flatMap(({ lower, upper }) => [
          lower[step - 1]!,
          upper[step - 1]!,
        ]);
        expect(bounds.every(Number.isFinite)).toBe(true);
        own.forEach((bound, i) => {
          expect(bound / bounds[i]!).toBeCloseTo(1, 6);
        });
      }
    }
  },
);

test.each(recipes.slice(0, 7))(
  "%s: a model that is older than the newest bars has learnt its intervals from all that came since",
  async (_, request) => {
    const run = await liveRun(request);
    const { horizon } = run.config;
    const trained = await run.trainedUpTo(run.testFrom + 6);
    for (const age of [1, 2, 7, 40]) {
      const anchor = run.testFrom + 6 + age;
      const said = await forecastOf(run, run.subjectAt(trained, anchor, age), horizon);
      const { predicted, bounds } = storedAt(run, anchor, horizon);
      expect(said.predicted.at(-1)! / predicted).toBeCloseTo(1, 6);
      const own = [...said.bounds.values()].flatMap(({ lower, upper }) => [lower.at(-1)!, upper.at(-1)!]);
      own.forEach((bound, i) => {
        expect(bound / bounds[i]!).toBeCloseTo(1, 6);
      });
    }
  },
);

let run: LiveRun;
let trained: Subject["trained"];
const end = market.time.length - 1;
beforeAll(async () => {
  run = await liveRun({
    ...{ transform: "LOG_RETURN", features: ["CLOSE", "HIGH", "LOW"], scaler: "STANDARD" },
    ...{ epochs: 10, learningRate: 0.01 },
  });
  trained = await run.trainedUpTo(end);
});

test("beyond the horizon the network is shown its own predictions as bars, whose other prices move with the close", async () => {
  const subject = run.subjectAt(trained, end, 0);
  const { predicted } = await forecastOf(run, subject, 5);
  const factor = (at: number) => predicted[at]! / market.close[end]!;
  const extended = (column: Float64Array) =>
    Float64Array.from([...column, ...[0, 1].map((at) => column.at(-1)! * factor(at))]);
  const { bars } = subject;
  const shown = {
    ...bars,
    time: Float64Array.from([...bars.time, ...timesAfter(subject, 2)]),
    open: extended(bars.open),
    high: extended(bars.high),
    low: extended(bars.low),
    close: extended(bars.close),
    adjustedClose: extended(bars.adjustedClose),
    volume: extended(bars.volume),
  };
  const next = await (await networkOutlook({ ...subject, bars: shown }, run.predict)).predict([0, 0]);
  expect(predicted.slice(2, 4)).toEqual(next.map((value) => expect.closeTo(value, 8)));
  expect((await forecastOf(run, subject, 2)).predicted).toEqual(predicted.slice(0, 2));
});

test("intervals widen beyond the horizon by the root of time from the last step that was measured", async () => {
  const { predicted, bounds } = await forecastOf(run, run.subjectAt(trained, end, 0), 250);
  expect(predicted).toHaveLength(250);
  expect(predicted.every(Number.isFinite)).toBe(true);
  for (const level of [0.8, 0.95]) {
    const { lower, upper } = bounds.get(level)!;
    const half = (step: number) => (upper[step - 1]! - lower[step - 1]!) / 2;
    expect(half(8) / half(2)).toBeCloseTo(2, 8);
    expect(half(200) / half(2)).toBeCloseTo(10, 8);
    expect((upper[99]! + lower[99]!) / 2).toBeCloseTo(predicted[99]!, 8);
  }
  expect(bounds.get(0.95)!.upper[0]).toBeGreaterThan(bounds.get(0.8)!.upper[0]!);
});

test("beyond the horizon a log variance is shown as bars of just that variance, a volume as bars of that volume", async () => {
  for (const target of ["LOG_VARIANCE", "VOLUME"] as const) {
    const other = await liveRun({ target, features: [target], horizon: 1 });
    const subject = other.subjectAt(await other.trainedUpTo(end), end, 0);
    const { predicted } = await forecastOf(other, subject, 40);
    // A linear model of the target alone, iterated by hand on its scaled values.
    const { inputs, target: scaler } = subject.trained.scalers;
    const { unit, origin } = inputs[0]!;
    const { config } = other;
    const newest = columnOf(subject.bars, target).slice(-300);
    const [lowest, highest] = [Math.min(...newest), Math.max(...newest)];
    const seen = Array.from(newest.slice(-config.window));
    for (const [at, value] of predicted.entries()) {
      const rows = Float32Array.from(seen.slice(-config.window), (one) => (one - origin) / unit);
      const [scaled] = await other.predict(rows, Int32Array.of(0));
      const said = scaled! * scaler.unit + scaler.origin;
      const expected = at === 0 ? said : Math.min(Math.max(said, lowest), highest);
      expect(value / expected).toBeCloseTo(1, 6);
      seen.push(value);
    }
  }
});

test("no interval of a volume promises less than nothing, neither of the test nor of what is to come", async () => {
  const other = await liveRun({ target: "VOLUME", features: ["VOLUME"], horizon: 1 });
  const lower = other.result.predictions.flatMap(({ intervals }) =>
    (intervals ?? []).flatMap((one) => Array.from(one.lower)),
  );
  const subject = other.subjectAt(await other.trainedUpTo(end), end, 0);
  const { bounds } = await forecastOf(other, subject, 250);
  lower.push(...bounds.get(0.8)!.lower, ...bounds.get(0.95)!.lower);
  expect(Math.min(...lower.filter(Number.isFinite))).toBe(0);
});

test("beyond the horizon the calendar's days decide which weekday the network is shown", async () => {
  const weekly = await liveRun({ indicators: [{ kind: "WEEKDAY" }], horizon: 1 });
  const subject = weekly.subjectAt(await weekly.trainedUpTo(end), end, 0);
  const outlook = await networkOutlook(subject, weekly.predict);
  const [first, second, third] = timesAfter(subject, 4).slice(1) as [number, number, number];
  const said = await outlook.predict([first, second, third]);
  // The weekday of the first bar to come is shown for the second prediction.
  const other = await outlook.predict([first + 2 * dayMs, second + 2 * dayMs, third + 2 * dayMs]);
  expect(other[0]).toBe(said[0]);
  expect(other[1]).not.toBe(said[1]);
});

test("only the newest bars matter: a longer history gives the same forecast", async () => {
  const subject = run.subjectAt(trained, end, 0);
  expect(subject.bars.time.length).toBe(newestBars(run.config, "GRU", 0));
  const short = await forecastOf(run, subject, 6);
  const whole = await forecastOf(run, { ...subject, bars: market }, 6);
  short.predicted.forEach((value, at) => {
    expect(value / whole.predicted[at]!).toBeCloseTo(1, 9);
  });
  const widths = ({ bounds }: typeof short) =>
    bounds.get(0.95)!.upper.map((bound, at) => bound - bounds.get(0.95)!.lower[at]!);
  widths(short).forEach((width, at) => {
    expect(width / widths(whole)[at]!).toBeCloseTo(1, 6);
  });
});

test("a model of long ago, a history that was rewritten and one that ends earlier all still give intervals", async () => {
  const old = { ...trained, origin: { ...trained.origin, lastTime: market.time[20]!, barCount: 21 } };
  const rewritten = { ...trained, origin: { ...trained.origin, lastTime: market.time[end - 10]! + 1 } };
  const reverted = { ...trained, origin: { ...trained.origin, lastTime: market.time[end]! + 5 * dayMs } };
  for (const other of [old, rewritten, reverted]) {
    const { bounds } = await forecastOf(run, run.subjectAt(other, end, 1000), 2);
    expect(bounds.get(0.95)!.lower.every(Number.isFinite)).toBe(true);
  }
});

test("inputs far from what was trained on are called so, and usual ones are not", async () => {
  const subject = run.subjectAt(trained, end, 0);
  expect((await networkOutlook(subject, run.predict)).isUnlikeTraining).toBe(false);
  const crash = market.close.map((price, bar) => (bar > end - 3 ? price * 0.5 ** (bar - end + 3) : price));
  const fallen = barsBetween({ ...market, close: crash }, end - 400, end + 1);
  expect((await networkOutlook({ ...subject, bars: fallen }, run.predict)).isUnlikeTraining).toBe(true);
});

test("newest bars without what the network sees are named, and too few of them", async () => {
  const subject = run.subjectAt(trained, end, 0);
  const { bars } = subject;
  const high = bars.high.map((value, bar) => (bar === bars.time.length - 3 ? Number.NaN : value));
  const lacking = networkOutlook({ ...subject, bars: { ...bars, high } }, run.predict);
  await expect(lacking).rejects.toThrow(Conflict);
  await expect(lacking).rejects.toThrow(/the last 7 bars with CLOSE, HIGH, LOW in each.*only the last 1 /);
  const few = networkOutlook({ ...subject, bars: barsBetween(bars, 0, 5) }, run.predict);
  await expect(few).rejects.toThrow(Conflict);
});

test.each(["LAST_VALUE", "DRIFT", "MEAN", "SEASONAL", "AR"] as const)(
  "%s forecasts beside the network, with intervals of its own errors",
  async (forecaster) => {
    const subject = { ...run.subjectAt(trained, end, 0), bars: market };
    const outlook = baselineOutlook(subject, forecaster);
    const { predicted, bounds } = await forecastAt(outlook, timesAfter(subject, 20), walking);
    expect(outlook.who.forecaster).toBe(forecaster);
    expect(predicted).toHaveLength(20);
    if (forecaster === "LAST_VALUE") expect(new Set(predicted)).toEqual(new Set([market.close[end]]));
    predicted.forEach((value, at) => {
      expect(value).toBeGreaterThan(bounds.get(0.95)!.lower[at]!);
      expect(value).toBeLessThan(bounds.get(0.8)!.upper[at]!);
    });
  },
);

test("what is fitted is fitted on the newest bars, and named as on the leaderboard", async () => {
  const subject = { ...run.subjectAt(trained, end, 0), bars: market };
  expect(baselineOutlook(subject, "AR").who).toEqual({ forecaster: "AR", name: "last 1000 bars" });
  const variance = { ...subject, config: { ...run.config, target: "LOG_VARIANCE" as const } };
  const volatile = {
    ...trained,
    origin: {
      ...trained.origin,
      sigma: { source: "EWMA", form: "DIFFERENCE", usual: 1, horizon: 2 } as const,
    },
  };
  for (const forecaster of ["EWMA", "HAR", "HAR_LEVERAGE"] as const) {
    const { predicted } = await forecastAt(
      baselineOutlook({ ...variance, trained: volatile }, forecaster),
      timesAfter(subject, 10),
      walking,
    );
    expect(predicted.every((value) => value > -20 && value < -2)).toBe(true);
  }
});

test("a forecaster that says nothing of the target is refused, with those that do", () => {
  const subject = { ...run.subjectAt(trained, end, 0), bars: market };
  for (const forecaster of ["HAR", "EWMA", "ENSEMBLE", "OUTSIDE"] as const) {
    expect(() => baselineOutlook(subject, forecaster)).toThrow(InvalidInput);
    expect(() => baselineOutlook(subject, forecaster)).toThrow(/GRU, LAST_VALUE, DRIFT, MEAN, SEASONAL, AR/);
  }
});
