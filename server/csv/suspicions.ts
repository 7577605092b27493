/** What deserves a look in bars that were stored: jumps like splits, stale repeats, long gaps. */
import type { BarTable } from "../domain/price-series.ts";
import { dayMs, type Stamping } from "./trading-days.ts";

const shown = 3;
/** A share's price halves at a split of 2 for 1, but for what the market did on that day. */
const splitRatios = [1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 25, 30, 40, 50, 100, 1000];
const splitTolerance = 0.05;
/** Beside the series' usual change: a coin that moves by 20 % a day may well halve. */
const jumpsOfUsual = 8;
/** So soon a wrong price is followed by a right one. */
const barsToReturn = 5;
const fewestRepeats = 6;
/** Golden Week and Chinese New Year close exchanges for 11 days. */
const shortestGapMs = 14 * dayMs;
const gapsOfUsual = 10;
const mostSampled = 10_000;

export function suspicions(bars: BarTable, { spacing }: Stamping): string[] {
  const isDaily = spacing !== "finer";
  const when = (index: number): string => {
    const iso = new Date(bars.time[index]!).toISOString();
    return isDaily && iso.endsWith("T00:00:00.000Z") ? iso.slice(0, 10) : iso.replace(/:00\.000Z$/, "Z");
  };
  const jumps = told(jumpsLikeSplits(bars.close), "jumps like a split", (index) => {
    const [before, after] = [bars.close[index - 1]!, bars.close[index]!];
    return `the close goes from ${before} to ${after} at ${when(index)}, by a factor of ${factor(after / before)}`;
  });
  const equal = repeats(bars, when);
  const gaps = told(longGaps(bars.time), "long gaps", (index) => {
    const days = Math.round((bars.time[index]! - bars.time[index - 1]!) / dayMs);
    return `there is no bar for ${days} days, from ${when(index - 1)} to ${when(index)}`;
  });
  return [...jumps, ...equal, ...gaps];
}

/** The first few in words, and how many there are. */
function told(found: readonly number[], what: string, tell: (index: number) => string): string[] {
  const words = found.slice(0, shown).map(tell);
  const more = found.length - words.length;
  return more > 0 ? [...words, `and ${more} more ${what}`] : words;
}

const factor = (ratio: number): string => Number(ratio.toPrecision(3)).toString();

function jumpsLikeSplits(close: Float64Array): number[] {
  const sizeAt = (at: number) => Math.abs(change(close, at));
  const usual = usualOf(close.length, sizeAt, (size) => size > 0);
  const least = Math.max(Math.log(1.4), close.length > 20 ? jumpsOfUsual * usual : 0);
  const found: number[] = [];
  for (let at = 1; at < close.length; at++) {
    const size = isNear(close[at]!, close[at - 1]!) ? 0 : sizeAt(at);
    if (size >= least && isLikeSplit(size) && !returns(close, at)) found.push(at);
  }
  return found;
}

/** Saves a logarithm for nearly every bar: no split changes a price by less than a third. */
const isNear = (a: number, b: number): boolean => a < b * 1.3 && b < a * 1.3;

/** The median of what stands between neighbours, of a sample of them. */
function usualOf(
  length: number,
  between: (at: number) => number,
  counts: (value: number) => boolean = () => true,
): number {
  const step = Math.max(1, Math.floor(length / mostSampled));
  const values: number[] = [];
  for (let at = 1; at < length; at += step) {
    const value = between(at);
    if (counts(value)) values.push(value);
  }
  return values.sort((a, b) => a - b)[values.length >> 1] ?? 0;
}

/** The change of the logarithm; 0 beside a price that has none. */
const change = (close: Float64Array, at: number): number =>
  close[at]! > 0 && close[at - 1]! > 0 ? Math.log(close[at]! / close[at - 1]!) : 0;

const isLikeSplit = (size: number): boolean =>
  splitRatios.some((ratio) => Math.abs(size - Math.log(ratio)) <= splitTolerance);

/** Whether a price soon goes back to where it came from: then it was one wrong bar, or a crash and its end. */
function returns(close: Float64Array, at: number): boolean {
  const [before, jump] = [close[at - 1]!, Math.abs(change(close, at))];
  for (let later = at + 1; later <= Math.min(at + barsToReturn, close.length - 1); later++) {
    if (close[later]! > 0 && Math.abs(Math.log(close[later]! / before)) < jump / 3) return true;
  }
  return cameFrom(close, at);
}

/** The way back of such a return. */
function cameFrom(close: Float64Array, at: number): boolean {
  const [now, jump] = [close[at]!, Math.abs(change(close, at))];
  for (let earlier = at - 2; earlier >= Math.max(at - barsToReturn - 1, 0); earlier--) {
    if (close[earlier]! > 0 && Math.abs(Math.log(close[earlier]! / now)) < jump / 3) return true;
  }
  return false;
}

function repeats(bars: BarTable, when: (index: number) => string): string[] {
  const { open, high, low, close, volume, time } = bars;
  const isSame = (a: number, b: number) =>
    open[a] === open[b] &&
    high[a] === high[b] &&
    low[a] === low[b] &&
    close[a] === close[b] &&
    (volume[a] === volume[b] || (Number.isNaN(volume[a]!) && Number.isNaN(volume[b]!)));
  const runs: { from: number; length: number }[] = [];
  for (let from = 0; from < time.length; ) {
    let to = from + 1;
    while (to < time.length && isSame(to, from)) to++;
    if (to - from >= fewestRepeats) runs.push({ from, length: to - from });
    from = to;
  }
  if (runs[0]?.length === time.length)
    return [`all ${time.length} bars are the same: there is nothing to learn from`];
  const longest = runs.toSorted((a, b) => b.length - a.length);
  return told(
    longest.map((_, index) => index),
    "such runs",
    (index) => `${longest[index]!.length} bars in a row are the same, from ${when(longest[index]!.from)}`,
  );
}

function longGaps(time: Float64Array): number[] {
  const gapAt = (at: number) => time[at]! - time[at - 1]!;
  const least = Math.max(shortestGapMs, gapsOfUsual * usualOf(time.length, gapAt));
  const found: number[] = [];
  for (let at = 1; at < time.length; at++) if (gapAt(at) > least) found.push(at);
  return found;
}
