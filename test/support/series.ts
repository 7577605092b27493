/** Series for tests: bars from a formula or a random walk, a day apart. */
import type { BarTable } from "../../server/domain/price-series.ts";
import type { Sources } from "../../server/forecasting/inputs.ts";
import { noOthers } from "../../server/forecasting/other-series.ts";

const day = 86_400_000;
export const firstDay = Date.UTC(2020, 0, 6);

/** Bars whose close is `closes`; open, high and low lie around it, volume counts up. */
export function barsOf(closes: readonly number[]): BarTable {
  const column = (value: (close: number, bar: number) => number) => Float64Array.from(closes, value);
  return {
    time: column((_, bar) => firstDay + bar * day),
    open: column((close) => close - 0.25),
    high: column((close) => close + 1),
    low: column((close) => close - 1),
    close: column((close) => close),
    adjustedClose: column((close) => close / 2),
    volume: column((_, bar) => 1000 + bar),
  };
}

/** What a run that sees no other series makes its inputs of. */
export const alone = (bars: BarTable, timezone = "UTC"): Sources => ({ bars, timezone, others: noOthers });

/** A walk that keeps above 0, always the same one for a seed. */
export function walk(bars: number, seed = 1): number[] {
  let state = seed;
  let price = 100;
  return Array.from({ length: bars }, () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    price *= 1 + (state / 2 ** 32 - 0.5) * 0.04;
    return price;
  });
}
