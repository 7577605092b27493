/**
 * Keeps predictions that are fed back within what the newest bars did: a network that errs a little upwards errs upwards again
 * on its own error. Without it a volatility of 258 % a year was 12 million after 96 bars and no number after 101.
 *
 *   LOG_VARIANCE, VOLUME   between the lowest and the highest of the newest bars: both return to their mean
 *   a price                no bar moves farther than the largest move of the newest bars
 */
import type { PriceField } from "../../domain/price-series.ts";
import { changeBetween, changeFormOf } from "../forecasters/changes.ts";
import { priceAfter } from "../transform.ts";

/** @param from the value that the prediction starts at, `steps` bars before it */
export type Hold = (from: number, predicted: number, steps: number) => number;

/** @param values of the target on the newest bars, in the order of time */
export function heldWithin(target: PriceField, values: Float64Array): Hold {
  if (target === "LOG_VARIANCE" || target === "VOLUME") {
    const known = values.filter(Number.isFinite);
    const [lowest, highest] = [known.reduce(smaller), known.reduce(larger)];
    return (_, predicted) => Math.min(Math.max(predicted, lowest), highest);
  }
  const form = changeFormOf(values, { firstBar: 0, endBar: values.length });
  let farthest = 0;
  for (let bar = 1; bar < values.length; bar++)
    farthest = Math.max(farthest, Math.abs(changeBetween(form, values[bar - 1]!, values[bar]!)) || 0);
  return (from, predicted, steps) => {
    const here = from > 0 ? form : "DIFFERENCE";
    const reach = steps * farthest * (here === form ? 1 : Math.abs(from));
    const move = here === "DIFFERENCE" ? predicted - from : Math.log(Math.max(predicted, 0) / from);
    return priceAfter(here, from, Math.min(Math.max(move, -reach), reach));
  };
}

const smaller = (one: number, other: number): number => Math.min(one, other);
const larger = (one: number, other: number): number => Math.max(one, other);
