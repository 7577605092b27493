/** A jump of a price in words. Pure. */
import { barTime, price, signedPercent } from "../../lib/format.ts";

interface Jump {
  readonly time: string;
  readonly before: number;
  readonly after: number;
  readonly splitRatio: number | null;
}

/** "17 Mar 2020: −99.9%, from 2,529.2 to 1.50"; "…, like a split of 2 for 1" */
export function jumpWords({ time, before, after, splitRatio }: Jump, timezone: string): string {
  const change = `${barTime(time, timezone)}: ${signedPercent(after / before - 1)}, from ${price(before)} to ${price(after)}`;
  if (splitRatio === null) return change;
  return `${change}, like a split of ${after < before ? `${splitRatio} for 1` : `1 for ${splitRatio}`}`;
}
