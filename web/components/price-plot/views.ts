/** Where a reader of a price plot looked, and lengths of time to look at. Pure but for the page's language. */
import type { TimeRange } from "../../lib/time-range.ts";
import { t } from "../../lib/words/t.ts";

/** What is in view, and what was before it. */
export interface Views {
  readonly current: TimeRange;
  readonly past: readonly TimeRange[];
}

const mostSteps = 50;

/** A look that came to rest. */
export function settledOn({ current, past }: Views, next: TimeRange): Views {
  if (isNear(current, next)) return { current, past };
  return { current: next, past: [...past, current].slice(-mostSteps) };
}

/** One step back; from the first look on, everything. */
export function stepBack({ past }: Views, all: TimeRange): Views {
  const before = past.at(-1);
  return before ? { current: before, past: past.slice(0, -1) } : { current: all, past: [] };
}

export interface Period {
  readonly name: string;
  /** For those who hear it. */
  readonly words: string;
  /** Null: everything. */
  readonly days: number | null;
}

const lengths = (): readonly Period[] => [
  { name: t("1D"), words: t("The last day"), days: 1 },
  { name: t("5D"), words: t("The last five days"), days: 7 },
  { name: t("1M"), words: t("The last month"), days: 31 },
  { name: t("6M"), words: t("The last six months"), days: 183 },
  { name: t("1Y"), words: t("The last year"), days: 366 },
  { name: t("5Y"), words: t("The last five years"), days: 1827 },
];
const everything = (): Period => ({ name: t("time|All"), words: t("Everything"), days: null });
const dayMs = 86_400_000;
const fewestBars = 12;

/** Those that show less than everything, and more than a few bars: days of 5-minute bars, and no day of daily ones. */
export function periodsOf(all: TimeRange, usualGapMs: number): readonly Period[] {
  const span = all.to - all.from;
  const fitting = lengths().filter(
    ({ days }) => days! * dayMs < span && days! * dayMs >= fewestBars * usualGapMs,
  );
  return [...fitting, everything()];
}

/** The newest part of the series, that long. */
export const periodRange = ({ days }: Period, all: TimeRange): TimeRange =>
  days === null ? all : { from: Math.max(all.from, all.to - days * dayMs), to: all.to };

/** Whether a period is what is looked at, to a hundredth of its length. */
export const isShown = (period: Period, all: TimeRange, view: TimeRange): boolean =>
  isNear(periodRange(period, all), view);

function isNear({ from, to }: TimeRange, other: TimeRange): boolean {
  const near = 0.01 * (to - from);
  return Math.abs(other.from - from) <= near && Math.abs(other.to - to) <= near;
}

/** Nearer around the middle by a factor below 1, further away by one above it; within everything. */
export function zoomed({ from, to }: TimeRange, factor: number, all: TimeRange): TimeRange {
  const middle = (from + to) / 2;
  const half = ((to - from) / 2) * factor;
  return { from: Math.max(all.from, middle - half), to: Math.min(all.to, middle + half) };
}

/** The newest part that has about so many bars, by their average number a day. */
export function newestPart(all: TimeRange, barCount: number, bars: number): TimeRange {
  const msPerBar = (all.to - all.from) / Math.max(1, barCount - 1);
  return { from: Math.max(all.from, all.to - msPerBar * bars), to: all.to };
}
