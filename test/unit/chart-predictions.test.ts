import { expect, test } from "vitest";
import { InvalidInput } from "../../server/domain/errors.ts";
import type { PredictionColumns } from "../../server/domain/results.ts";
import { chartPredictions } from "../../server/services/chart-predictions.ts";
import { smallConfig } from "../support/small-config.ts";

const numbers = (value: (i: number) => number) => Array.from({ length: 1_000 }, (_, i) => value(i));
const columns: PredictionColumns = {
  time: numbers((i) => i).map((i) => new Date(i * 86_400_000)),
  actual: numbers((i) => (i === 333 ? 99 : Math.sin(i))),
  predicted: numbers((i) => (i === 777 ? -99 : Math.cos(i))),
  naive: numbers((i) => i),
};
const run = { id: "run", status: "SUCCEEDED", config: { ...smallConfig, horizon: 3 } } as const;
const chartOf = (predictions: PredictionColumns | null) =>
  chartPredictions({
    runs: {
      predictions: async () => predictions,
    },
  });

test("predictions are thinned to what a chart can show, whole points only, and their extremes stay", async () => {
  const chart = await chartOf(columns)(run, "TEST", 2, 50);
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
  expect(await chartOf(columns)(run, "TEST", 3, 1_000)).toEqual(columns);
});

test("a run without a result has columns of no length", async () => {
  expect(await chartOf(null)(run, "TRAIN", 1, 50)).toEqual({
    time: [],
    actual: [],
    predicted: [],
    naive: [],
  });
});

test("of a run that has not succeeded nothing is looked up: what is stored may be a part", async () => {
  const refuse = () => Promise.reject(new Error("looked up"));
  const chart = chartPredictions({ runs: { predictions: refuse } });
  for (const status of ["QUEUED", "RUNNING", "FAILED", "CANCELLED"] as const)
    expect((await chart({ ...run, status }, "TEST", 1, 50)).time).toEqual([]);
});

test("a step beyond the horizon and a chart of no points are refused", async () => {
  const chart = chartOf(columns);
  for (const step of [0, 4, 1.5]) await expect(chart(run, "TEST", step, 50)).rejects.toThrow(/from 1 to 3/);
  await expect(chart(run, "TEST", 1, 1)).rejects.toThrow(InvalidInput);
});
