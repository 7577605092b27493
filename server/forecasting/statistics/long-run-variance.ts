/**
 * Variance of a mean of related values. It takes Bartlett's weights (Newey & West, "A simple, positive semi-definite,
 * heteroskedasticity and autocorrelation consistent covariance matrix", Econometrica 55(3), 1987), which cannot make it
 * negative as equal weights can.
 */

/**
 * Forecasts h steps ahead overlap, so their errors are related over h - 1 targets. At least the cube root of n: losses of daily
 * bars come in calm and stormy stretches, also one step ahead.
 */
export function lagFor(count: number, step: number): number {
  return Math.max(step - 1, Math.floor(Math.cbrt(count)));
}

/** Autocovariances up to `lag`, weighted by 1 - k / (lag + 1). */
export function longRunVariance(values: Float64Array, mean: number, lag: number): number {
  const count = values.length;
  const centred = values.map((value) => value - mean);
  let variance = 0;
  for (let k = 0; k <= lag; k++) {
    let product = 0;
    for (let i = k; i < count; i++) product += centred[i]! * centred[i - k]!;
    variance += ((k === 0 ? 1 : 2 * (1 - k / (lag + 1))) * product) / count;
  }
  return variance;
}
