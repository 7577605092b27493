/**
 * How good quantiles and intervals are: narrow, and yet right as often as they promise. Both are proper: nobody does
 * better by forecasting anything but what they believe. In the targets' unit, lower is better.
 * Gneiting & Raftery, "Strictly proper scoring rules, prediction, and estimation", JASA 102(477), 2007, section 6.
 */

type Numbers = ArrayLike<number>;

/**
 * Mean pinball loss of a forecast of one quantile.
 * @param quantile 0..1, 0.5 makes it half the mean absolute error
 */
export function pinball(forecast: Numbers, actual: Numbers, quantile: number): number {
  let sum = 0;
  for (let i = 0; i < actual.length; i++) {
    const above = actual[i]! - forecast[i]!;
    sum += Math.max(quantile * above, (quantile - 1) * above);
  }
  return sum / actual.length;
}

/**
 * Mean Winkler score of an interval: its width, and 2 / alpha times how far a target lies outside.
 * Winkler, "A decision-theoretic approach to interval estimation", JASA 67(337), 1972.
 * @param alpha share of misses that the interval promises: 0.05 of a 95 % interval
 */
export function winkler(lower: Numbers, upper: Numbers, actual: Numbers, alpha: number): number {
  let sum = 0;
  for (let i = 0; i < actual.length; i++) {
    const outside = Math.max(lower[i]! - actual[i]!, actual[i]! - upper[i]!, 0);
    sum += upper[i]! - lower[i]! + (2 / alpha) * outside;
  }
  return sum / actual.length;
}
