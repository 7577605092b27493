/** A jump of a price in words. Pure but for the page's language. */
import { barTime, price, signedPercent } from "../../lib/format.ts";
import { t } from "../../lib/words/t.ts";

interface Jump {
  readonly time: string;
  readonly before: number;
  readonly after: number;
  readonly splitRatio: number | null;
}

/** "17 Mar 2020: −99.9%, from 2,529.2 to 1.50"; "…, like a split of 2 for 1" */
export function jumpWords({ time, before, after, splitRatio }: Jump, timezone: string): string {
  const values = {
    time: barTime(time, timezone),
    change: signedPercent(after / before - 1),
    before: price(before),
    after: price(after),
  };
  if (splitRatio === null) return t("{time}: {change}, from {before} to {after}", values);
  const split = { ...values, ratio: splitRatio };
  return after < before
    ? t("{time}: {change}, from {before} to {after}, like a split of {ratio} for 1", split)
    : t("{time}: {change}, from {before} to {after}, like a split of 1 for {ratio}", split);
}
