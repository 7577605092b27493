/** The recipes that a user starts with, trained on real prices by the fastest engine that this machine has. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readCsvBars } from "../../server/csv/read-bars.ts";
import { type BarTable, columnOf } from "../../server/domain/price-series.ts";
import { shownScores } from "../../server/domain/shown-scores.ts";
import { train } from "../../server/forecasting/train.ts";
import type { TrainingReport } from "../../server/forecasting/training.ts";
import { fastest, loadEngine, probeEngines } from "../../server/machine/catalogue.ts";
import { parseTrainingConfig } from "../../server/recipe/parse-request.ts";
import { trainingPresets } from "../../server/recipe/presets.ts";
import { seriesFacts } from "../../server/recipe/series-facts.ts";
import type { TrainingRequest } from "../../server/recipe/training-config.ts";
import { type DailyBars, garchBars, normal } from "../support/daily-bars.ts";
import { barsOf as tableOf } from "../support/series.ts";

const root = join(import.meta.dirname, "../..");
/** Beside the project, not in it: the exchange's prices are not ours to give away. */
const originalSeries = join(root, "../shared/data/SH600519.csv");
const sampleSeries = join(root, "prisma/sample-data/sp500-2000.csv");

/** Fifty epochs take half a minute on two cores that have nothing else to do, and much longer on busy ones. */
const minuteMs = 60_000;

const presetOf = (id: string): TrainingRequest => trainingPresets.find((preset) => preset.id === id)!.request;

async function barsOf(file: string): Promise<BarTable> {
  const { bars, rowsRejected } = await readCsvBars(await readFile(file, "utf8"), { timezone: "UTC" });
  expect(rowsRejected).toBe(0);
  return bars;
}

async function trained(request: TrainingRequest, bars: BarTable) {
  const { config, warnings } = parseTrainingConfig(request, seriesFacts(bars));
  const engine = await loadEngine(fastest(await probeEngines())!.engine);
  const startedAt = performance.now();
  const reports: TrainingReport[] = [];
  for await (const report of train(engine, config, bars)) reports.push(report);
  const seconds = (performance.now() - startedAt) / 1000;
  await engine.dispose();

  const epochs = reports.filter((report) => report.kind === "epoch");
  const result = reports.find((report) => report.kind === "result")!;
  const score = shownScores(result.judgement.forecasters).scores.find(({ split }) => split === "TEST")!;
  const predictions = result.predictions.find(({ split }) => split === "TEST")!;
  process.stdout.write(
    `${engine.name} (${engine.device}): ${epochs.length} epochs in ${seconds.toFixed(1)} s, train loss ` +
      `${epochs[0]!.trainLoss.toPrecision(3)} to ${epochs.at(-1)!.trainLoss.toPrecision(3)}, best epoch ${result.bestEpoch}, ` +
      `test mae ${score.model.mae.toFixed(2)}, naive ${score.naive.mae.toFixed(2)}, skill ${score.skill.toFixed(3)}\n`,
  );
  return { epochs, warnings, score, predictions, judgement: result.judgement };
}

/** Pearson's. */
function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  const products = mean(a.map((value, i) => (value - meanA) * (b[i]! - meanB)));
  return products / Math.sqrt(mean(a.map((v) => (v - meanA) ** 2)) * mean(b.map((v) => (v - meanB) ** 2)));
}

test.skipIf(!existsSync(originalSeries))(
  "the original recipe learns: its train loss falls more than tenfold and its test predictions follow the price",
  async () => {
    const bars = await barsOf(originalSeries);
    const { epochs, warnings, score, predictions } = await trained(presetOf("original"), bars);
    expect(epochs).toHaveLength(50);
    expect(epochs.at(-1)!.trainLoss).toBeLessThan(epochs[0]!.trainLoss / 10);
    expect(warnings.join()).toMatch(/leaks.*choosing on the test/);
    expect(score.count).toBe(240);
    expect(predictions.actual).toEqual(Array.from(columnOf(bars, "OPEN").subarray(-240)));
    expect(correlation(predictions.predicted, predictions.actual)).toBeGreaterThan(0.95);
    // The naive forecast is the price of the bar before.
    expect(predictions.naive).toEqual(Array.from(columnOf(bars, "OPEN").subarray(-241, -1)));
  },
  10 * minuteMs,
);

test("a small network learns to follow the prices of the sample series, and is scored beside the naive forecast", async () => {
  const bars = await barsOf(sampleSeries);
  const learnsPrices = { window: 30, layers: [{ units: 32, dropout: 0 }], epochs: 30 };
  const { epochs, warnings, score, predictions } = await trained(learnsPrices, bars);
  // The index never stood as high as in the test: what it learned are prices, and it is told so.
  expect(warnings).toEqual([
    expect.stringMatching(/^In 297 of the 300 bars of the test the close lies outside/),
  ]);
  expect(epochs.at(-1)!.trainLoss).toBeLessThan(epochs[0]!.trainLoss / 5);
  expect(score.count).toBe(300);
  expect(correlation(predictions.predicted, predictions.actual)).toBeGreaterThan(0.9);
  expect(score.naive.mae).toBeGreaterThan(0);
});

test("the standard recipe trains on the sample series", async () => {
  const bars = await barsOf(sampleSeries);
  const { epochs, score } = await trained({ ...presetOf("standard"), epochs: 2 }, bars);
  expect(epochs.at(-1)!.trainLoss).toBeLessThan(epochs[0]!.trainLoss / 5);
  expect(epochs.every(({ validationLoss }) => validationLoss !== null)).toBe(true);
  expect(score.count).toBe(300);
});

/** Simulated bars know no volume. */
const simulated = (bars: DailyBars): BarTable => ({
  ...bars,
  adjustedClose: bars.close,
  volume: bars.close.map(() => Number.NaN),
});

test("Careful ties with the last price of the sample series, and its intervals hold what they promise", async () => {
  const { score, judgement } = await trained(presetOf("careful"), await barsOf(sampleSeries));
  expect(Math.abs(score.skill)).toBeLessThan(0.03);
  expect(judgement.verdict).toMatch(/^Ties with the last price \(/);
  expect(judgement.leakTest.passed).toBe(true);
  const held = judgement.coverage.find(({ split, level }) => split === "TEST" && level === 0.95)!;
  expect(held.covered).toBeGreaterThanOrEqual(0.935);
  expect(held.covered).toBeLessThanOrEqual(0.96);
  expect(held.worstBlock).toBeGreaterThanOrEqual(0.85);
});

test("Volatility beats the last value on the sample series by far, and stands beside HAR", async () => {
  const { score, judgement } = await trained(presetOf("volatility"), await barsOf(sampleSeries));
  expect(score.skill).toBeGreaterThan(0.12);
  expect(judgement.verdict).toMatch(/^Beats the last value by \d+ % .* HAR/);
  expect(judgement.leakTest.passed).toBe(true);
});

test("on simulated paths of GARCH, Volatility beats the last value", async () => {
  for (const seed of [1, 2, 3]) {
    const { score } = await trained(presetOf("volatility"), simulated(garchBars(2500, seed)));
    expect(score.skill).toBeGreaterThan(0.1);
  }
});

test("a price that keeps returning is beaten by Careful, a random walk is not", async () => {
  const walkWith = (memory: number, step: number) => {
    const draw = normal(7);
    let level = 0;
    const closes = Array.from({ length: 2500 }, () => {
      level = memory * level + step * draw();
      return 100 * Math.exp(level);
    });
    return tableOf(closes);
  };
  // The best forecast of the first errs by 0.63 of a step: a skill of 0.225.
  expect((await trained(presetOf("careful"), walkWith(0.2, 0.02))).score.skill).toBeGreaterThan(0.15);
  expect(Math.abs((await trained(presetOf("careful"), walkWith(1, 0.01))).score.skill)).toBeLessThan(0.03);
});
