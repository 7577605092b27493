/**
 * What the naive forecast (the last known price) loses where a run validates, in the scaled units of its validation loss:
 * the line that a live curve has to get below.
 */
import { type BarTable, columnOf } from "../domain/price-series.ts";
import { lossOf } from "../engine/loss.ts";
import { checkSeries, seriesFacts } from "../recipe/series-facts.ts";
import { splitSeries } from "../recipe/splits.ts";
import type { TrainingConfig } from "../recipe/training-config.ts";
import { scale } from "./scaler.ts";
import { change, learnedAs } from "./transform.ts";
import { targetScalerOf } from "./windows.ts";

/**
 * @param bars those that the run uses
 * @returns null where nothing validates
 * @throws InvalidInput when the series does not, or no longer, allow the configuration
 */
export function naiveLossOf(bars: BarTable, config: TrainingConfig): number | null {
  checkSeries(config, seriesFacts(bars));
  const validates = config.validateOnTest ? "TEST" : "VALIDATION";
  const range = splitSeries(bars.time.length, config).find(({ split }) => split === validates);
  if (!range || range.endAnchor <= range.firstAnchor) return null;
  const target = columnOf(bars, config.target);
  const scaler = targetScalerOf(target, config, range);
  const form = learnedAs(config);
  let sum = 0;
  for (let anchor = range.firstAnchor; anchor < range.endAnchor; anchor++) {
    const last = target[anchor]!;
    const naive = scale(scaler, change(form, last, last));
    for (let step = 1; step <= config.horizon; step++)
      sum += lossOf(config.loss, naive - scale(scaler, change(form, last, target[anchor + step]!)));
  }
  const loss = sum / ((range.endAnchor - range.firstAnchor) * config.horizon);
  return Number.isFinite(loss) ? loss : null;
}
