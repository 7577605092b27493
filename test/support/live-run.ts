/** A run on a linear model, and what it would have stored had its series ended at an earlier bar. */
import { type BarTable, barsBetween } from "../../server/domain/price-series.ts";
import { judge } from "../../server/forecasting/judge.ts";
import { shapeOf } from "../../server/forecasting/model-shape.ts";
import { othersOf } from "../../server/forecasting/other-series.ts";
import { newestBars } from "../../server/forecasting/outlook/newest-bars.ts";
import type { Predict, SeenSubject, Subject } from "../../server/forecasting/outlook/outlook.ts";
import { predictSplits } from "../../server/forecasting/predictions.ts";
import { train } from "../../server/forecasting/train.ts";
import { decodeModel, encodeModel } from "../../server/forecasting/trained-model.ts";
import type { TrainingReport } from "../../server/forecasting/training.ts";
import { buildWindows } from "../../server/forecasting/windows.ts";
import { parseTrainingConfig } from "../../server/recipe/parse-request.ts";
import { seriesFacts } from "../../server/recipe/series-facts.ts";
import type { TrainingRequest } from "../../server/recipe/training-config.ts";
import { type DailyBars, garchBars } from "./daily-bars.ts";
import { LinearEngine } from "./linear-engine.ts";
import { resultOf } from "./train-linear.ts";

const tableOfDays = (days: DailyBars): BarTable => ({
  ...days,
  adjustedClose: days.close.map((price) => price / 2),
  volume: days.close.map((_, bar) => 1000 + 100 * Math.sin(bar / 3)),
});
export const market = tableOfDays(garchBars(700, 11));

/** Where the days of `market`, midnights in UTC, are the evenings before. */
const zone = "America/New_York";

export type LiveRun = Awaited<ReturnType<typeof liveRun>>;

/** @param otherBars of other series that the request names, by version */
export async function liveRun(
  request: TrainingRequest,
  bars = market,
  otherBars: ReadonlyMap<string, BarTable> = new Map(),
) {
  const small = { window: 6, horizon: 2, testBars: 60, validationBars: 40, epochs: 2 };
  const { config } = parseTrainingConfig({ ...small, ...request }, seriesFacts(bars));
  const others = othersOf(config, bars.time, otherBars);
  const engine = new LinearEngine();
  const reports: TrainingReport[] = [];
  for await (const report of train(engine, config, bars, { timezone: zone, otherBars })) reports.push(report);
  const result = resultOf(reports);
  const { weights } = result.trained;
  const model = await engine.createModel(shapeOf(config), { batchSize: 8, learningRate: 0.1, seed: 1 });
  await model.restore({ ...(await model.snapshot()), weights });
  const predict: Predict = (rows, starts) => model.predict({ rows, starts });

  /** The stored model, had the series ended with this bar: the same network, its test that much shorter. */
  const trainedUpTo = async (bar: number): Promise<Subject["trained"]> => {
    const cut = barsBetween(bars, config.skipFirstBars, bar + 1);
    const shorter = { ...config, testBars: config.testBars - (bars.time.length - 1 - bar) };
    const sources = { bars: cut, timezone: zone, others };
    const splits = buildWindows(sources, shorter);
    const predictions = (await predictSplits(model, shorter, cut, splits))!;
    const { trained } = (await judge(model, sources, shorter, predictions))!;
    const stored = decodeModel(encodeModel({ ...trained, weights }));
    return { ...stored, origin: stored.origin! };
  };
  /** A forecast after `bar` by that model, from the newest bars alone. */
  const subjectAt = (
    trained: Subject["trained"],
    bar: number,
    age: number,
    forecaster = "GRU" as const,
  ): SeenSubject => {
    const needed = newestBars(config, forecaster, age);
    const newest = barsBetween(bars, Math.max(0, bar + 1 - needed), bar + 1);
    return { config, trained, bars: newest, timezone: zone, others };
  };
  return {
    config,
    bars,
    result,
    predict,
    trainedUpTo,
    subjectAt,
    testFrom: bars.time.length - config.testBars,
  };
}
