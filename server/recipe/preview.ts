/** How a request would cut a series, or the first thing that is wrong with it, as far as the number of bars tells. */
import { InvalidInput } from "../domain/errors.ts";
import { completeConfig } from "./complete-config.ts";
import { withPreset } from "./presets.ts";
import { checkLength } from "./series-facts.ts";
import { type SplitRange, splitSeries } from "./splits.ts";
import type { TrainingConfig, TrainingRequest } from "./training-config.ts";
import { usedBarCount } from "./used-bars.ts";

export interface TrainingPreview {
  /** In the order of time; none where there is a problem. */
  readonly splits: readonly SplitRange[];
  /** Complete; null where there is a problem. */
  readonly config: TrainingConfig | null;
  readonly problem: InvalidInput | null;
}

/** As bars of the whole series. */
const later = (range: SplitRange, by: number): SplitRange => ({
  ...range,
  firstBar: range.firstBar + by,
  endBar: range.endBar + by,
  firstAnchor: range.firstAnchor + by,
  endAnchor: range.endAnchor + by,
});

export function previewOf(
  request: TrainingRequest & { readonly preset?: string | null },
  barCount: number,
): TrainingPreview {
  try {
    const config = completeConfig(withPreset(request.preset, request), barCount);
    const used = usedBarCount(barCount, config);
    checkLength(config, used);
    return {
      splits: splitSeries(used, config).map((range) => later(range, config.skipFirstBars)),
      config,
      problem: null,
    };
  } catch (error) {
    if (error instanceof InvalidInput) return { splits: [], config: null, problem: error };
    throw error;
  }
}
