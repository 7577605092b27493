/**
 * How much a price moved within each bar: the logarithm of the variance that its range tells.
 *
 * Garman and Klass (1980), "On the Estimation of Security Price Volatilities from Historical Data", J. of Business 53(1),
 * in the form for bars that open where they open: 0.5 ln(H/L)^2 - (2 ln 2 - 1) ln(C/O)^2. Parkinson (1980), "The Extreme
 * Value Method for Estimating the Variance of the Rate of Return", J. of Business 53(1), where there is no open:
 * ln(H/L)^2 / (4 ln 2). Both are variances of the log return of one bar.
 */
/** A move of 0.01 %: what a bar without a range counts as, so that its logarithm exists. */
const varianceFloor = 1e-8;
export const lowestLogVariance = Math.log(varianceFloor);

export interface LogVarianceColumn {
  /** One a bar, never below `lowestLogVariance`. NaN where high, low or close is not a positive number. */
  readonly values: Float64Array;
  /** Bars whose variance was below 1e-8, or negative: they tell that the range is missing rather than that nothing moved. */
  readonly floored: number;
}

interface Prices {
  /** NaN where it is not known. */
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
}

export function logVarianceColumn(bars: Prices): LogVarianceColumn {
  const values = new Float64Array(bars.close.length);
  let floored = 0;
  for (let bar = 0; bar < values.length; bar++) {
    const variance = rangeVariance(bars.open[bar]!, bars.high[bar]!, bars.low[bar]!, bars.close[bar]!);
    if (variance < varianceFloor) floored++;
    values[bar] = Math.log(Math.max(variance, varianceFloor));
  }
  return { values, floored };
}

/** Negative where open and close lie outside high and low. NaN where high, low or close is not a positive number. */
function rangeVariance(open: number, high: number, low: number, close: number): number {
  if (!(high > 0 && low > 0 && close > 0)) return Number.NaN;
  const range = Math.log(high / low) ** 2;
  if (!(open > 0)) return range / (4 * Math.LN2);
  return 0.5 * range - (2 * Math.LN2 - 1) * Math.log(close / open) ** 2;
}

/** Percent a year of a bar's log variance: what people call its volatility. */
export const annualVolatility = (logVariance: number, barsPerYear: number): number =>
  100 * Math.sqrt(Math.exp(logVariance) * barsPerYear);

/** Undoes `annualVolatility`. */
export const logVarianceOf = (volatility: number, barsPerYear: number): number =>
  Math.log((volatility / 100) ** 2 / barsPerYear);
