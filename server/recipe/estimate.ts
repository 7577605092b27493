/** About how long a training takes, from what the engine needs for its standard batch. */
import { batchEffort } from "./effort.ts";
import type { SplitRange } from "./splits.ts";
import type { TrainingConfig } from "./training-config.ts";

/** What `EngineInfo.batchMs` is measured on: 64 windows of 60 bars and 1 feature, GRU 80 and 100. */
const standardEffort = batchEffort({
  ...{ batchSize: 64, window: 60, features: ["CLOSE"], indicators: [], otherSeries: [] },
  layers: [
    { units: 80, dropout: 0 },
    { units: 100, dropout: 0 },
  ],
});
/** Of a batch however small: Adam, the order of windows, the way to the engine and back. */
const leastBatchMs = 0.2;
/** What a prediction is of a batch of training: the way forward without the way back. */
const forwardShare = 1 / 3;
/** Scores, baselines, intervals and the leak test of a usual series. */
const judgingMs = 1_500;

/**
 * @param batchMs of the engine, on the standard batch
 * @returns milliseconds with all epochs; early stopping makes it shorter
 */
export function estimateMs(
  config: TrainingConfig,
  splits: readonly Pick<SplitRange, "split" | "firstAnchor" | "endAnchor">[],
  batchMs: number,
): number {
  const batchesOf = (split: SplitRange["split"]): number => {
    const range = splits.find((one) => one.split === split);
    return range ? Math.ceil((range.endAnchor - range.firstAnchor) / config.batchSize) : 0;
  };
  const eachMs = Math.max(leastBatchMs, (batchMs * batchEffort(config)) / standardEffort);
  const validates = config.validateOnTest ? "TEST" : "VALIDATION";
  const epochMs = eachMs * (batchesOf("TRAIN") + forwardShare * batchesOf(validates));
  return config.epochs * epochMs + judgingMs;
}
