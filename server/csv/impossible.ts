/** What no bar can be: a price outside of its range, or 0 beside prices that are none. */
import { type NumberStyle, printedUnit } from "./numbers.ts";

/**
 * Adjusted prices are computed in floating point, and single precision leaves 6e-8 of a price. Printed digits allow no
 * more: whatever is rounded in one way stays in its order, and "25" may be 25.00 with its zeros left out.
 */
const relativeTolerance = 1e-6;
/** 0.00 may be what is left of 0.004 beside 0.01, and is none beside 0.10. */
const unitsBesideZero = 5;

export interface Prices {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
}
export type PriceName = keyof Prices;
export interface Impossibility {
  /** The one to blame. */
  readonly price: PriceName;
  readonly message: string;
}

/**
 * The first thing that cannot be; null for a bar that can be.
 * @param cellOf the price as it is printed.
 */
export function impossibility(
  prices: Prices,
  style: NumberStyle,
  cellOf: (price: PriceName) => string,
): Impossibility | null {
  const { open, high, low, close } = prices;
  if (high < low) return { price: "high", message: `the high ${high} is below the low ${low}` };
  const zero = zeroAmong(prices, (price) => printedUnit(cellOf(price), style));
  if (zero) return zero;
  if (open <= high && open >= low && close <= high && close >= low) return null;
  const tolerance = relativeTolerance * Math.max(Math.abs(high), Math.abs(low));
  for (const price of ["open", "close"] as const) {
    if (prices[price] > high + tolerance)
      return { price, message: `the ${price} ${prices[price]} is above the high ${high}` };
    if (prices[price] < low - tolerance)
      return { price, message: `the ${price} ${prices[price]} is below the low ${low}` };
  }
  return null;
}

const order: readonly PriceName[] = ["open", "high", "low", "close"];

/** Suspended days come with the close carried on and 0 for the rest. */
function zeroAmong(prices: Prices, unitOf: (price: PriceName) => number): Impossibility | null {
  const { open, high, low, close } = prices;
  if (open !== 0 && high !== 0 && low !== 0 && close !== 0) return null;
  const zero = order.find((price) => prices[price] === 0)!;
  const others = order.filter((price) => prices[price] !== 0);
  const [other] = others;
  // Oil went through 0 once: beside a price below 0 it is a price like others.
  if (!other || others.some((price) => prices[price] < 0)) return null;
  const unit = unitOf(zero);
  if (unit < 1 && high > 0 && others.every((price) => prices[price] <= unitsBesideZero * unit)) return null;
  return {
    price: zero,
    message: `the ${zero} is 0, and the ${other} is ${prices[other]}: 0 is no price here`,
  };
}
