/** What deserves a look in bars that were stored: jumps like splits, stale repeats, long gaps. */
import { concatBars, emptyTable, sliceBars } from "../domain/bar-table.ts";
import type { BarTable } from "../domain/price-series.ts";
import { andMore, shownAtMost } from "./and-more.ts";
import type { FileGap, FileGaps } from "./gaps.ts";
import { dayMs, dayText, type Stamping } from "./trading-days.ts";
import { wallClockIn } from "./zone-clock.ts";

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

export interface Suspicions {
  readonly warnings: readonly string[];
  /** In words once it is known what the series has there: gapWords. */
  readonly gaps: FileGaps;
}

/**
 * @param pieces of `count` bars in the order of time; they are gone through twice.
 * @param timezone of the exchange, whose clock tells when something was.
 */
export function suspicions(
  pieces: () => Iterable<BarTable>,
  count: number,
  { spacing }: Stamping,
  timezone: string,
): Suspicions {
  const wallClock = wallClockIn(timezone);
  const when = (time: number): string => {
    const wall = wallClock(time);
    return spacing === "finer" ? momentText(wall) : dayText(wall);
  };
  const least = leastSuspicious(pieces(), count);
  const jumps = new Told("jumps like a split");
  const gaps: FileGap[] = [];
  const repeats = new Repeats();
  for (const { bars, from, to } of stretches(pieces())) {
    const { time, close } = bars;
    for (let at = Math.max(from, 1); at < to; at++) {
      if (isJump(close, at, least.jump))
        jumps.add(() => {
          const [before, after] = [close[at - 1]!, close[at]!];
          return `the close goes from ${before} to ${after} at ${when(time[at]!)}, by a factor of ${factor(after / before)}`;
        });
      if (time[at]! - time[at - 1]! > least.gap) gaps.push({ from: time[at - 1]!, to: time[at]! });
    }
    repeats.hear(bars, from, to);
  }
  return {
    warnings: [...jumps.words(), ...repeats.words(count, when)],
    gaps: { found: gaps, leastMs: least.gap },
  };
}

/** "2026-11-27 09:30" */
const momentText = (wall: number): string =>
  new Date(wall)
    .toISOString()
    .replace("T", " ")
    .replace(/(:00)?\.000Z$/, "");

/** The first few in words, and how many there are. */
class Told {
  private readonly first: string[] = [];
  private count = 0;
  constructor(private readonly what: string) {}

  add(tell: () => string): void {
    this.count++;
    if (this.first.length < shownAtMost) this.first.push(tell());
  }
  words(): string[] {
    return andMore(this.first, this.count, this.what);
  }
}

interface Stretch {
  readonly bars: BarTable;
  /** Of `bars` those to be judged now, the others being their neighbours. */
  readonly from: number;
  readonly to: number;
  /** How many bars of all come before `bars`. */
  readonly passed: number;
}

/** All bars, each once, with as many before and after it as are looked at. */
function* stretches(pieces: Iterable<BarTable>): Generator<Stretch> {
  const [back, ahead] = [barsToReturn + 1, barsToReturn];
  let [bars, from, passed] = [emptyTable, 0, 0];
  for (const piece of pieces) {
    const start = Math.max(0, from - back);
    bars = concatBars([sliceBars(bars, start, bars.time.length), piece]);
    from -= start;
    passed += start;
    const to = bars.time.length - ahead;
    if (to <= from) continue;
    yield { bars, from, to, passed };
    from = to;
  }
  if (from < bars.time.length) yield { bars, from, to: bars.time.length, passed };
}

const factor = (ratio: number): string => Number(ratio.toPrecision(3)).toString();

/** From which size on a change is a jump and a pause a gap, by what is usual among the bars. */
function leastSuspicious(pieces: Iterable<BarTable>, count: number): { jump: number; gap: number } {
  const step = Math.max(1, Math.floor(count / mostSampled));
  const changes: number[] = [];
  const pauses: number[] = [];
  let next = 1;
  for (const { bars, to, passed } of stretches(pieces))
    for (; next < passed + to; next += step) {
      const at = next - passed;
      changes.push(Math.abs(change(bars.close, at)));
      pauses.push(bars.time[at]! - bars.time[at - 1]!);
    }
  const usualChange = median(changes.filter((size) => size > 0));
  return {
    jump: Math.max(Math.log(1.4), count > 20 ? jumpsOfUsual * usualChange : 0),
    gap: Math.max(shortestGapMs, gapsOfUsual * median(pauses)),
  };
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

const isJump = (close: Float64Array, at: number, least: number): boolean => {
  if (isNear(close[at]!, close[at - 1]!)) return false;
  const size = Math.abs(change(close, at));
  return size >= least && isLikeSplit(size) && !returns(close, at);
};

/** Saves a logarithm for nearly every bar: no split changes a price by less than a third. */
const isNear = (a: number, b: number): boolean => a < b * 1.3 && b < a * 1.3;

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

/** Hears bars in order, and finds those that are the same as the ones before. */
class Repeats {
  private from = Number.NaN;
  private length = 0;
  /** The longest few, in order. */
  private longest: { readonly from: number; readonly length: number }[] = [];
  private count = 0;

  hear(bars: BarTable, from: number, to: number): void {
    for (let at = from; at < to; at++) {
      if (this.length > 0 && isSame(bars, at, at - 1)) {
        this.length++;
        continue;
      }
      this.end();
      this.from = bars.time[at]!;
      this.length = 1;
    }
  }
  words(all: number, when: (time: number) => string): string[] {
    this.end();
    const { longest, count } = this;
    if (longest[0]?.length === all) return [`all ${all} bars are the same: there is nothing to learn from`];
    const told = longest.map(
      ({ from, length }) => `${length} bars in a row are the same, from ${when(from)}`,
    );
    return andMore(told, count, "such runs");
  }

  private end(): void {
    const { from, length } = this;
    this.length = 0;
    if (length < fewestRepeats) return;
    this.count++;
    const longest = [...this.longest, { from, length }];
    this.longest = longest.toSorted((a, b) => b.length - a.length).slice(0, shownAtMost);
  }
}

function isSame({ open, high, low, close, volume }: BarTable, a: number, b: number): boolean {
  if (open[a] !== open[b] || high[a] !== high[b] || low[a] !== low[b] || close[a] !== close[b]) return false;
  return volume[a] === volume[b] || (Number.isNaN(volume[a]!) && Number.isNaN(volume[b]!));
}
