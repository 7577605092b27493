/**
 * Brings values to the size that a network learns best, fitted on some of them; others may fall outside.
 *
 *   MINMAX    (v - lowest) / (highest - lowest), as scikit-learn's MinMaxScaler
 *   STANDARD  (v - mean) / standard deviation, as its StandardScaler (of the population, not the sample)
 */
import type { TrainingConfig } from "../recipe/training-config.ts";

export interface Scaler {
  /** The value that scales to 0. */
  readonly origin: number;
  /** What one scaled unit is; 1 for a constant, which then scales to 0. */
  readonly unit: number;
}

type ScalerKind = TrainingConfig["scaler"];

/** @throws RangeError for no values: there is nothing to fit on. */
export function fitScaler(values: Iterable<number>, kind: ScalerKind = "MINMAX"): Scaler {
  return kind === "MINMAX" ? fitMinMax(values) : fitStandard(values);
}

function fitMinMax(values: Iterable<number>): Scaler {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (min > max) throw nothingToFit();
  return { origin: min, unit: max > min ? max - min : 1 };
}

/** Welford's (1962) running sums: those of squares would lose what is small beside a large mean. */
function fitStandard(values: Iterable<number>): Scaler {
  let count = 0;
  let mean = 0;
  let squares = 0;
  for (const value of values) {
    count++;
    const distance = value - mean;
    mean += distance / count;
    squares += distance * (value - mean);
  }
  if (count === 0) throw nothingToFit();
  const deviation = Math.sqrt(squares / count);
  return { origin: mean, unit: deviation > 0 ? deviation : 1 };
}

const nothingToFit = () => new RangeError("a scaler must be fitted on at least one number, got none");

export const scale = ({ origin, unit }: Scaler, value: number): number => (value - origin) / unit;
export const unscale = ({ origin, unit }: Scaler, scaled: number): number => scaled * unit + origin;
