/** How much work a training is, told from its configuration alone. */
import type { TrainingConfig } from "./training-config.ts";

type Shape = Pick<
  TrainingConfig,
  "batchSize" | "window" | "layers" | "features" | "indicators" | "otherSeries"
>;

/** Multiplications of one batch on its way forward. */
export function batchEffort({ batchSize, window, layers, features, indicators, otherSeries }: Shape): number {
  let inputs = features.length + indicators.length + otherSeries.length;
  let each = 0;
  for (const { units } of layers) {
    each += 3 * units * (inputs + units);
    inputs = units;
  }
  return batchSize * window * each;
}

/**
 * A batch that a second thread makes no faster: its threads wait for each other longer than they compute. Measured on 2
 * cores: one layer of 16 to 32 units, window 22, batch 128 (3 to 9 million) took as long on one thread as on two.
 */
export const isSmall = (config: Shape): boolean => batchEffort(config) < 16_000_000;
