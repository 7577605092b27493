/** What is found in the bars of a series: pauses longer than its own rhythm has, and jumps of its price. Pure. */
import { isJump, type PriceJump } from "./import-review.ts";
import { dayMs, usualGap } from "./usual-gap.ts";

export interface SeriesGap {
  /** The bar before it. */
  readonly from: number;
  /** The bar after it. */
  readonly to: number;
}
export interface SeriesQuality {
  /** The longest, in the order of time. */
  readonly gaps: readonly SeriesGap[];
  readonly gapCount: number;
  /** The largest, in the order of time. */
  readonly jumps: readonly PriceJump[];
  readonly jumpCount: number;
}

const mostListed = 50;
/** A weekend with a holiday beside it. */
const longWeekendMs = 4.5 * dayMs;
/** A pause that comes back more often is the exchange's calendar: the Spring Festival and the week of October. */
const holidaysAYear = 1.5;
const yearMs = 365.25 * dayMs;

export function seriesQuality(time: Float64Array, close: Float64Array): SeriesQuality {
  const gaps = gapsIn(time);
  const jumps: PriceJump[] = [];
  for (let at = 1; at < close.length; at++)
    if (isJump(close[at - 1]!, close[at]!))
      jumps.push({ time: time[at]!, before: close[at - 1]!, after: close[at]! });
  const size = ({ before, after }: PriceJump) => Math.abs(Math.log(after / before));
  return {
    gaps: foremost(
      gaps,
      ({ from, to }) => to - from,
      ({ from }) => from,
    ),
    gapCount: gaps.length,
    jumps: foremost(jumps, size, (jump) => jump.time),
    jumpCount: jumps.length,
  };
}

function foremost<It>(all: readonly It[], size: (it: It) => number, time: (it: It) => number): It[] {
  const largest = all.toSorted((a, b) => size(b) - size(a)).slice(0, mostListed);
  return largest.sort((a, b) => time(a) - time(b));
}

function gapsIn(time: Float64Array): SeriesGap[] {
  const usual = usualGap(time);
  const pauses: SeriesGap[] = [];
  let hasSaturdays = false;
  for (let at = 0; at < time.length; at++) {
    if (new Date(time[at]!).getUTCDay() === 6) hasSaturdays = true;
    if (at > 0 && time[at]! - time[at - 1]! > 2.5 * usual)
      pauses.push({ from: time[at - 1]!, to: time[at]! });
  }
  const rests = usual <= 1.5 * dayMs && !hasSaturdays ? longWeekendMs : 0;
  const years = time.length > 1 ? (time.at(-1)! - time[0]!) / yearMs : 0;
  const least = Math.max(rests, 1.2 * recurring(pauses, Math.max(3, holidaysAYear * years)));
  return pauses.filter(({ from, to }) => to - from > least);
}

/** The longest pause that comes at least so often, or nearly as long; 0 where none does. */
function recurring(pauses: readonly SeriesGap[], times: number): number {
  const lengths = Float64Array.from(pauses, ({ from, to }) => to - from).sort();
  for (let at = lengths.length - 1, first = at; at >= 0; at--) {
    while (first > 0 && lengths[first - 1]! >= 0.9 * lengths[at]!) first--;
    if (lengths.length - first >= times) return lengths[at]!;
  }
  return 0;
}
