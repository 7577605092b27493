/**
 * How much a price moved within a bar, as the logarithm of its variance: what volatility forecasts are made of.
 *
 * Garman and Klass (1980), "On the Estimation of Security Price Volatilities from Historical Data", eq. 20 without the gap to
 * the bar before: 0.5 ln(H/L)^2 - (2 ln 2 - 1) ln(C/O)^2, about seven times as precise as the squared return. Parkinson
 * (1980) where there is no open: ln(H/L)^2 / (4 ln 2).
 */
/** Variance of a bar whose prices are all one: 0 has no logarithm. A hundredth of a percent of volatility a bar. */
export const leastVariance = 1e-8;

interface Prices {
  /** NaN where it is not known. */
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
}

export interface LogVariances {
  /** Natural logarithms, one a bar; NaN where a price is missing, or 0 or below. */
  readonly values: Float64Array;
  /** How many bars had less than `leastVariance`, which stands for them. */
  readonly floored: number;
}

export function logVariances({ open, high, low, close }: Prices): LogVariances {
  const values = new Float64Array(close.length);
  let floored = 0;
  for (let bar = 0; bar < values.length; bar++) {
    const variance = varianceOf(open[bar]!, high[bar]!, low[bar]!, close[bar]!);
    if (variance < leastVariance) floored++;
    values[bar] = Math.log(variance < leastVariance ? leastVariance : variance);
  }
  return { values, floored };
}

const parkinson = 1 / (4 * Math.LN2);
const garmanKlass = 2 * Math.LN2 - 1;

/** NaN where it cannot be told. */
function varianceOf(open: number, high: number, low: number, close: number): number {
  if (!(low > 0 && close > 0)) return Number.NaN;
  const range = Math.log(high / low) ** 2;
  if (Number.isNaN(open)) return parkinson * range;
  return open > 0 ? 0.5 * range - garmanKlass * Math.log(close / open) ** 2 : Number.NaN;
}
