/**
 * QLIKE, the loss of variance forecasts that ranks them rightly though the real variance is only estimated:
 * x - ln x - 1 with x = real / forecast variance. It punishes a forecast that is too low more than one too high.
 * Patton, "Volatility forecast comparison using imperfect volatility proxies", J. Econometrics 160(1), 2011.
 */

/**
 * One loss a target, so that two forecasters can be compared by them.
 * @param forecast of the log variance
 * @param actual log variance
 * @param residualVariance s2 of the forecaster's errors within the training split: the mean of a log-normal variance
 *   is exp(forecast + s2 / 2)
 */
export function qlikeLosses(
  forecast: ArrayLike<number>,
  actual: ArrayLike<number>,
  residualVariance: number,
): Float64Array {
  return Float64Array.from({ length: actual.length }, (_, i) => {
    const logRatio = actual[i]! - forecast[i]! - residualVariance / 2;
    return Math.expm1(logRatio) - logRatio;
  });
}

/** Mean of the losses. @see qlikeLosses */
export function qlike(
  forecast: ArrayLike<number>,
  actual: ArrayLike<number>,
  residualVariance: number,
): number {
  const losses = qlikeLosses(forecast, actual, residualVariance);
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}
