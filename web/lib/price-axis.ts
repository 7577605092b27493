/** A price axis that fits its values: ends on round numbers just outside them. Pure. */

export interface PriceAxis {
  readonly min: number;
  readonly max: number;
  readonly tickAmount: number;
}

const mostTicks = 7;

/** ApexCharts' own axis, told a number of ticks, spans 0 to 3,000 for prices up to 1,260. */
export function priceAxis(values: Iterable<number | null>): PriceAxis {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value === null || !Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return { min: 0, max: 1, tickAmount: 1 };
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (high - low <= 1e-6 * size) {
    // Equal prices, or nearly so, lie in the middle of an axis whose marks can be told apart.
    low -= 0.05 * size || 1;
    high += 0.05 * size || 1;
  }
  const step = roundStep((high - low) / (mostTicks - 1));
  const min = Math.floor(low / step) * step;
  const tickAmount = Math.max(1, Math.ceil((high - min) / step));
  return { min, max: min + tickAmount * step, tickAmount };
}

/** The next of 1, 2, 2.5, 5 and 10 times a power of ten. */
function roundStep(atLeast: number): number {
  const power = 10 ** Math.floor(Math.log10(atLeast));
  return power * ([1, 2, 2.5, 5].find((factor) => factor * power >= atLeast) ?? 10);
}
