/** What no bar can be, however the source rounds: a price outside of its range, or 0 beside prices that are none. */
import { type NumberStyle, printedUnit } from "./numbers.ts";

/** Prices in floating point, as adjusted ones are, differ in their last digits. */
const relativeTolerance = 1e-6;

export interface Prices {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
}
export type PriceName = keyof Prices;

/**
 * The first thing that cannot be, with the price to blame; null for a bar that can be. Sources round each price by
 * itself, so that a price may lie outside of the range by half a unit of the coarser one's last digit.
 * @param cellOf the price as it is printed.
 */
export function impossibility(
  prices: Prices,
  style: NumberStyle,
  cellOf: (price: PriceName) => string,
): { readonly price: PriceName; readonly message: string } | null {
  const { open, high, low, close } = prices;
  if (high < low) return { price: "high", message: `the high ${high} is below the low ${low}` };
  const unit = (price: PriceName) => printedUnit(cellOf(price), style);
  const zero = zeroAmong(prices, unit);
  if (zero) return zero;
  if (open <= high && open >= low && close <= high && close >= low) return null;
  for (const price of ["open", "close"] as const) {
    for (const bound of ["high", "low"] as const) {
      const beyond = bound === "high" ? prices[price] - high : low - prices[price];
      if (beyond <= relativeTolerance * Math.max(Math.abs(high), Math.abs(low))) continue;
      // A little more than half, because 0.005 is no number of base 2.
      if (beyond <= 0.5001 * Math.max(unit(price), unit(bound))) continue;
      const side = bound === "high" ? "above the high" : "below the low";
      return { price, message: `the ${price} ${prices[price]} is ${side} ${prices[bound]}` };
    }
  }
  return null;
}

const order: readonly PriceName[] = ["open", "high", "low", "close"];

/** Suspended days come with the close carried on and 0 for the rest. */
function zeroAmong(prices: Prices, unit: (price: PriceName) => number) {
  const zero = order.find((price) => prices[price] === 0);
  const others = order.filter((price) => prices[price] !== 0);
  // Oil went through 0 once: beside a price below 0 it is a price like others.
  if (zero === undefined || others.length === 0 || others.some((price) => prices[price] < 0)) return null;
  // 0.00 may be what is left of 0.004, beside 0.01.
  const isRounded = others.every((price) => prices[price] < 5 * unit(price)) && others.includes("high");
  const other = others[0]!;
  return isRounded
    ? null
    : { price: zero, message: `the ${zero} is 0, and the ${other} is ${prices[other]}: 0 is no price here` };
}
