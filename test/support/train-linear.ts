/** The training loop on a linear model, driven as a worker drives it: what it reports, by kind. */

import { shownScores } from "../../server/domain/shown-scores.ts";
import type { Engine } from "../../server/engine/engine.ts";
import { train } from "../../server/forecasting/train.ts";
import type { TrainingReport, TrainOptions } from "../../server/forecasting/training.ts";
import { parseTrainingConfig } from "../../server/recipe/parse-request.ts";
import { seriesFacts } from "../../server/recipe/series-facts.ts";
import type { TrainingRequest } from "../../server/recipe/training-config.ts";
import { LinearEngine } from "./linear-engine.ts";
import { barsOf, walk } from "./series.ts";

export const closes = walk(120);
export const bars = barsOf(closes);
const small: TrainingRequest = { window: 5, testBars: 20, epochs: 4, batchSize: 16, learningRate: 0.01 };
export const configOf = (request: TrainingRequest) =>
  parseTrainingConfig({ ...small, ...request }, seriesFacts(bars)).config;

export async function reportsOf(
  request: TrainingRequest = {},
  options: TrainOptions = {},
  engine: Engine = new LinearEngine(),
) {
  const reports: TrainingReport[] = [];
  for await (const report of train(engine, configOf(request), bars, options)) reports.push(report);
  return reports;
}

export const ofKind = <K extends TrainingReport["kind"]>(reports: readonly TrainingReport[], kind: K) =>
  reports.filter((report): report is Extract<TrainingReport, { kind: K }> => report.kind === kind);
export const resultOf = (reports: readonly TrainingReport[]) => ofKind(reports, "result")[0]!;
/** The model's scores beside the naive forecast's. */
export const scoresIn = ({ judgement }: ReturnType<typeof resultOf>) => shownScores(judgement.forecasters);

/** Reports without what the clock decides; numbers to the last bit. */
export const timeless = (reports: readonly TrainingReport[]) =>
  JSON.stringify(reports, (key, value: unknown) =>
    ["durationMs", "samplesPerSecond", "elapsedMs"].includes(key) ? undefined : value,
  );
