/** Forecasts that were made, held against the bars that came. */
import type { MadeForecast, TrackRecord } from "../domain/forecast.ts";
import type { PriceField } from "../domain/price-series.ts";

/** A forecast whose bar is there, in the target's own unit. */
export interface LiveOutcome extends Pick<MadeForecast, "step" | "predicted" | "naive" | "lower" | "upper"> {
  /** Ms. */
  readonly anchorTime: number;
  readonly actual: number;
}

/**
 * The bar that came `step` bars after the anchor, whatever day it was expected on. Forecasts whose anchor is no bar any more
 * have none. Prices that were adjusted since are told in those of today.
 * @param time of the bars from the oldest anchor on, and the target's values
 */
export function outcomesOf(
  made: readonly MadeForecast[],
  target: PriceField,
  time: Float64Array,
  values: Float64Array,
): LiveOutcome[] {
  const places = new Map(Array.from(time, (at, bar) => [at, bar]));
  return made
    .flatMap(({ anchorTime, step, predicted, naive, lower, upper }) => {
      const anchor = places.get(anchorTime.getTime());
      if (anchor === undefined) return [];
      const actual = values[anchor + step];
      if (actual === undefined || !Number.isFinite(actual)) return [];
      const factor = adjustedBy(target, naive, values[anchor]!);
      const today = (value: number) => value * factor;
      return [
        {
          ...{ anchorTime: anchorTime.getTime(), step, actual },
          ...{ predicted: today(predicted), naive: today(naive) },
          lower: lower === null ? null : today(lower),
          upper: upper === null ? null : today(upper),
        },
      ];
    })
    .sort((a, b) => a.anchorTime - b.anchorTime || a.step - b.step);
}

/** Splits change prices by 1.5 and more; a bar that was still going on when it was an anchor ends nearer. */
const leastSplit = 1.4;

/** By what the anchor's price is another one today: each dividend changes all adjusted closes before it, a split all prices. */
function adjustedBy(target: PriceField, then: number, now: number): number {
  if (target === "LOG_VARIANCE" || target === "VOLUME" || !(then > 0 && now > 0)) return 1;
  const factor = now / then;
  const isSplit = Math.max(factor, 1 / factor) >= leastSplit;
  return target === "ADJUSTED_CLOSE" || isSplit ? factor : 1;
}

/** Null where no bar has come. */
export function recordOf(outcomes: readonly LiveOutcome[]): Omit<TrackRecord, "drift"> | null {
  const count = outcomes.length;
  if (count === 0) return null;
  const meanOf = (error: (outcome: LiveOutcome) => number) =>
    outcomes.reduce((sum, outcome) => sum + Math.abs(error(outcome)), 0) / count;
  const bounded = outcomes.filter(({ lower, upper }) => lower !== null && upper !== null);
  const within = bounded.filter(({ actual, lower, upper }) => actual >= lower! && actual <= upper!).length;
  return {
    count,
    mae: meanOf(({ actual, predicted }) => actual - predicted),
    naiveMae: meanOf(({ actual, naive }) => actual - naive),
    coverage95: bounded.length > 0 ? within / bounded.length : null,
  };
}
