/** Whether forecasts call the direction from the last known value, beside what "always up" would have got. */
import { pesaranTimmermann } from "./pesaran-timmermann.ts";

export interface Direction {
  /** Share of the targets that moved whose direction was forecast, 0..1. No move forecast is no direction called right. */
  readonly accuracy: number | null;
  /** Share of the same targets that rose. */
  readonly shareOfUps: number | null;
  /** Of Pesaran & Timmermann's test, over the targets that moved and were forecast to. */
  readonly pValue: number | null;
}

/**
 * @param forecast, actual, last columns of equal length; `last` is what was known when the forecast was made
 * @returns accuracy null where nothing moved or no move was forecast, as by the last value itself; share of ups null
 *   where nothing moved; p value null where the test is not defined
 */
export function direction(
  forecast: ArrayLike<number>,
  actual: ArrayLike<number>,
  last: ArrayLike<number>,
): Direction {
  const calledUp: boolean[] = [];
  const rose: boolean[] = [];
  let [moved, ups, right] = [0, 0, 0];
  for (let i = 0; i < actual.length; i++) {
    const move = Math.sign(actual[i]! - last[i]!);
    const call = Math.sign(forecast[i]! - last[i]!);
    if (move === 0) continue;
    moved++;
    if (move > 0) ups++;
    if (call === move) right++;
    if (call === 0) continue;
    calledUp.push(call > 0);
    rose.push(move > 0);
  }
  return {
    accuracy: calledUp.length > 0 ? right / moved : null,
    shareOfUps: moved > 0 ? ups / moved : null,
    pValue: pesaranTimmermann(calledUp, rose)?.pValue ?? null,
  };
}
