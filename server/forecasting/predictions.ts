/** What a trained model says about a split, in price units, beside what came and beside the naive forecast. */
import { type BarTable, columnOf } from "../domain/price-series.ts";
import type { SplitPredictions } from "../domain/results.ts";
import type { EngineModel, WindowSet } from "../engine/engine.ts";
import { type Loss, lossOf } from "../engine/loss.ts";
import type { TrainingConfig } from "../recipe/training-config.ts";
import { unscale } from "./scaler.ts";
import { learnedAs, priceAfter } from "./transform.ts";
import type { SplitWindows } from "./windows.ts";

/** Windows predicted at a time: enough to keep every thread busy. */
const windowsAtATime = 256;

/** Scaled predictions of all windows, [N, P]; null when `signal` aborted meanwhile. */
export async function predictAll(
  model: Pick<EngineModel, "predict">,
  { rows, starts, targets }: WindowSet,
  signal?: AbortSignal,
): Promise<Float32Array | null> {
  const horizon = targets.length / starts.length;
  const predictions = new Float32Array(targets.length);
  for (let first = 0; first < starts.length; first += windowsAtATime) {
    if (signal?.aborted) return null;
    const part = starts.subarray(first, first + windowsAtATime);
    const predicted = await model.predict({ rows, starts: part }, signal);
    if (signal?.aborted) return null;
    predictions.set(predicted, first * horizon);
  }
  return predictions;
}

/** Of every split and step, in the order of time; null when `signal` aborted meanwhile. */
export async function predictSplits(
  model: Pick<EngineModel, "predict">,
  config: TrainingConfig,
  bars: BarTable,
  splits: readonly SplitWindows[],
  signal?: AbortSignal,
): Promise<SplitPredictions[] | null> {
  const predictions: SplitPredictions[] = [];
  for (const split of splits) {
    const scaled = await predictAll(model, split.windows, signal);
    if (!scaled) return null;
    predictions.push(...toPrices(bars, config, split, scaled));
  }
  return predictions;
}

/** Mean loss over all windows and steps, in scaled units. */
export function meanLoss(loss: Loss, predictions: Float32Array, targets: Float32Array): number {
  let sum = 0;
  predictions.forEach((prediction, index) => {
    sum += lossOf(loss, prediction - targets[index]!);
  });
  return sum / predictions.length;
}

/**
 * Takes scaled predictions of a split back to prices, one entry a step of the horizon. The naive forecast of
 * every step is the last price known, at the window's anchor.
 * @param predictions [N, P] scaled, of `split.windows`
 */
function toPrices(
  bars: BarTable,
  config: TrainingConfig,
  { range, targetScaler }: SplitWindows,
  predictions: Float32Array,
): SplitPredictions[] {
  const { horizon } = config;
  const form = learnedAs(config);
  const prices = columnOf(bars, config.target);
  const times = Array.from(bars.time.subarray(range.firstBar, range.endBar), (time) => new Date(time));
  const naive = Array.from(prices.subarray(range.firstAnchor, range.endAnchor));
  return Array.from({ length: horizon }, (_, index) => {
    const step = index + 1;
    const first = range.firstAnchor + step;
    return {
      split: range.split,
      step,
      time: times.slice(first - range.firstBar, first - range.firstBar + naive.length),
      actual: Array.from(prices.subarray(first, first + naive.length)),
      predicted: naive.map((last, i) =>
        priceAfter(form, last, unscale(targetScaler, predictions[i * horizon + index]!)),
      ),
      naive,
    };
  });
}
