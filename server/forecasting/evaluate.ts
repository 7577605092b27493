/** What a trained model is worth: its predictions of every split, in price units, and their scores. */
import { type BarTable, columnOf } from "../domain/price-series.ts";
import type { SplitPredictions, SplitScores, StepScores } from "../domain/results.ts";
import type { EngineModel } from "../engine/engine.ts";
import type { TrainingConfig } from "../recipe/training-config.ts";
import { predictAll, toPrices } from "./predictions.ts";
import { naiveScale, scoreSplit } from "./scores.ts";
import type { SplitWindows } from "./windows.ts";

export interface Evaluation {
  readonly scores: readonly SplitScores[];
  /** The same for each step of the horizon on its own. */
  readonly stepScores: readonly StepScores[];
  readonly predictions: readonly SplitPredictions[];
}

/** @returns null when `signal` aborted meanwhile */
export async function evaluate(
  model: EngineModel,
  config: TrainingConfig,
  bars: BarTable,
  splits: readonly SplitWindows[],
  signal?: AbortSignal,
): Promise<Evaluation | null> {
  const training = splits[0]!.range;
  const scale = naiveScale(columnOf(bars, config.target).subarray(training.firstBar, training.endBar));
  const scores: SplitScores[] = [];
  const stepScores: StepScores[] = [];
  const predictions: SplitPredictions[] = [];
  for (const split of splits) {
    const scaled = await predictAll(model, split.windows, signal);
    if (!scaled) return null;
    const steps = toPrices(bars, config, split, scaled);
    scores.push(scoreSplit(split.range.split, steps, scale));
    for (const step of steps)
      stepScores.push({ ...scoreSplit(split.range.split, [step], scale), step: step.step });
    predictions.push(...steps);
  }
  return { scores, stepScores, predictions };
}
