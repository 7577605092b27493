import { expect, test } from "vitest";
import { InvalidInput } from "../../server/domain/errors.ts";
import type { SeriesVersion } from "../../server/domain/price-series.ts";
import type { BoundedPredictions } from "../../server/domain/results.ts";
import { chartPredictions } from "../../server/services/chart-predictions.ts";
import { smallConfig } from "../support/small-config.ts";

const numbers = (value: (i: number) => number) => Array.from({ length: 1_000 }, (_, i) => value(i));
const columns: BoundedPredictions = {
  time: numbers((i) => i).map((i) => new Date(i * 86_400_000)),
  actual: numbers((i) => (i === 333 ? 99 : Math.sin(i))),
  predicted: numbers((i) => (i === 777 ? -99 : Math.cos(i))),
  naive: numbers((i) => i),
  lower: [],
  upper: [],
};
const run = {
  id: "run",
  seriesVersionId: "v",
  status: "SUCCEEDED",
  config: { ...smallConfig, horizon: 3 },
} as const;
const chartOf = (predictions: BoundedPredictions | null) =>
  chartPredictions({
    runs: {
      predictions: async () => predictions,
    },
    series: { findVersions: async () => [] },
  });

test("predictions are thinned to what a chart can show, whole points only, and their extremes stay", async () => {
  const chart = await chartOf(columns)(run, { split: "TEST", step: 2, maxPoints: 50 });
  expect(chart.time.length).toBeLessThanOrEqual(50);
  expect(chart.actual).toContain(99);
  expect(chart.predicted).toContain(-99);
  chart.naive.forEach((i, point) => {
    expect([chart.time[point], chart.actual[point], chart.predicted[point]]).toEqual([
      columns.time[i],
      columns.actual[i],
      columns.predicted[i],
    ]);
  });
  expect(await chartOf(columns)(run, { split: "TEST", step: 3, maxPoints: 1_000 })).toEqual(columns);
});

test("a run without a result has columns of no length", async () => {
  expect(await chartOf(null)(run, { split: "TRAIN", step: 1, maxPoints: 50 })).toEqual({
    time: [],
    actual: [],
    predicted: [],
    naive: [],
    lower: [],
    upper: [],
  });
});

test("of a run that has not succeeded nothing is looked up: what is stored may be a part", async () => {
  const refuse = () => Promise.reject(new Error("looked up"));
  const chart = chartPredictions({ runs: { predictions: refuse }, series: { findVersions: refuse } });
  for (const status of ["QUEUED", "RUNNING", "FAILED", "CANCELLED"] as const)
    expect((await chart({ ...run, status }, { split: "TEST", step: 1, maxPoints: 50 })).time).toEqual([]);
});

test("a step beyond the horizon and a chart of no points are refused", async () => {
  const chart = chartOf(columns);
  for (const step of [0, 4, 1.5])
    await expect(chart(run, { split: "TEST", step: step, maxPoints: 50 })).rejects.toThrow(/from 1 to 3/);
  await expect(chart(run, { split: "TEST", step: 1, maxPoints: 1 })).rejects.toThrow(InvalidInput);
});

test("intervals are thinned with their predictions, and a level that is not kept is refused", async () => {
  const bounded = { ...columns, lower: numbers((i) => i - 1), upper: numbers((i) => i + 1) };
  const chart = await chartOf(bounded)(run, { split: "TEST", step: 1, maxPoints: 50 });
  expect(chart.lower).toEqual(chart.naive.map((i) => i - 1));
  expect(chart.upper).toEqual(chart.naive.map((i) => i + 1));
  await expect(chartOf(columns)(run, { split: "TEST", step: 1, maxPoints: 50, level: 0.9 })).rejects.toThrow(
    "level must be one of 0.8, 0.95, got 0.9",
  );
});

test("targets of which an outside forecaster said nothing are left out", async () => {
  const some = { ...columns, predicted: numbers((i) => (i % 2 === 0 ? Number.NaN : i)) };
  const chart = await chartOf(some)(run, { split: "TEST", step: 1, maxPoints: 1_000 });
  expect(chart.predicted).toEqual(numbers((i) => i).filter((i) => i % 2 === 1));
  expect(chart.naive).toEqual(chart.predicted);
});

test("a log variance is told as volatility in percent a year, by the series' own rhythm", async () => {
  const version = {
    barCount: 253,
    firstTime: new Date("2020-01-01"),
    lastTime: new Date("2020-12-31T06:00:00Z"),
  };
  const chart = chartPredictions({
    runs: { predictions: async () => ({ ...columns, predicted: columns.time.map(() => Math.log(1e-4)) }) },
    series: { findVersions: async () => [version as SeriesVersion] },
  });
  const config = { ...run.config, target: "LOG_VARIANCE" } as const;
  const { predicted } = await chart({ ...run, config }, { split: "TEST", step: 1, maxPoints: 2 });
  // 1 % a bar, 252 bars a year: sqrt(252) %.
  expect(predicted[0]).toBeCloseTo(Math.sqrt(252), 6);
});
