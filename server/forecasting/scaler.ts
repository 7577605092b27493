/** Min-max scaling to [0, 1] of what it was fitted on, as scikit-learn's MinMaxScaler does. Other values may fall outside. */

export interface Scaler {
  readonly min: number;
  /** 1 for a constant, which then scales to 0. */
  readonly range: number;
}

/** @throws RangeError for no values: there is nothing to fit on. */
export function fitScaler(values: Iterable<number>): Scaler {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (min > max) throw new RangeError("a scaler must be fitted on at least one number, got none");
  return { min, range: max > min ? max - min : 1 };
}

export const scale = ({ min, range }: Scaler, value: number): number => (value - min) / range;
export const unscale = ({ min, range }: Scaler, scaled: number): number => scaled * range + min;
