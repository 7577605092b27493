/**
 * How much wider than at the last step of the horizon an interval is beyond it, where no error of the network was measured.
 *
 * A price goes on like a walk: with the root of time. A variance and a volume return to their mean: their changes over k bars
 * are measured on the newest bars instead, and grow little after a few of them.
 */
import type { PriceField } from "../../domain/price-series.ts";

/** Of the bars that are known: changes over longer spans are too few to measure. */
const longestShare = 1 / 3;

/** @param values of the target on the newest bars, in the order of time */
export function wideningOf(
  target: PriceField,
  values: Float64Array,
): (step: number, horizon: number) => number {
  const asWalk = (step: number, horizon: number) => Math.sqrt(step / horizon);
  if (target !== "LOG_VARIANCE" && target !== "VOLUME") return asWalk;
  const longest = Math.floor(values.length * longestShare);
  const largest = [0];
  for (let span = 1; span <= longest; span++)
    largest.push(Math.max(largest[span - 1]!, rootMeanSquareChange(values, span)));
  return (step, horizon) => {
    const [at, from] = [largest[Math.min(step, longest)] ?? 0, largest[Math.min(horizon, longest)] ?? 0];
    return from > 0 ? Math.min(at / from, asWalk(step, horizon)) : asWalk(step, horizon);
  };
}

function rootMeanSquareChange(values: Float64Array, span: number): number {
  let squares = 0;
  for (let bar = span; bar < values.length; bar++) squares += (values[bar]! - values[bar - span]!) ** 2;
  return Math.sqrt(squares / (values.length - span));
}
