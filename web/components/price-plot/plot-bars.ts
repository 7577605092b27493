/** Bars as a price plot draws them, and where a time lies among them: a bar takes a place, however long the pause before it. Pure. */
import type { TimeRange } from "../../lib/time-range.ts";

export interface PlotBars {
  /** Milliseconds since 1970 UTC, ascending. */
  readonly time: readonly number[];
  readonly open: readonly number[];
  readonly high: readonly number[];
  readonly low: readonly number[];
  readonly close: readonly number[];
  readonly volume: readonly (number | null)[];
}
export type PlotBar = { readonly [Column in keyof PlotBars]: PlotBars[Column][number] };

export const noBars: PlotBars = { time: [], open: [], high: [], low: [], close: [], volume: [] };

export const barAt = (bars: PlotBars, at: number): PlotBar => ({
  time: bars.time[at]!,
  open: bars.open[at]!,
  high: bars.high[at]!,
  low: bars.low[at]!,
  close: bars.close[at]!,
  volume: bars.volume[at] ?? null,
});

const pick = (bars: PlotBars, from: number, to: number): PlotBars => ({
  time: bars.time.slice(from, to),
  open: bars.open.slice(from, to),
  high: bars.high.slice(from, to),
  low: bars.low.slice(from, to),
  close: bars.close.slice(from, to),
  volume: bars.volume.slice(from, to),
});

/** How many of ascending times lie before `time`. */
export function countBefore(times: readonly number[], time: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The bars of a range, both ends inclusive. */
export const barsWithin = (bars: PlotBars, { from, to }: TimeRange): PlotBars =>
  pick(bars, countBefore(bars.time, from), countBefore(bars.time, to + 1));

/** Coarse bars, with finer ones in place of them where those are there. */
export function withDetail(coarse: PlotBars, detail: PlotBars): PlotBars {
  const [from, to] = [detail.time[0], detail.time.at(-1)];
  if (from === undefined || to === undefined) return coarse;
  const before = pick(coarse, 0, countBefore(coarse.time, from));
  const after = pick(coarse, countBefore(coarse.time, to + 1), coarse.time.length);
  const join = <Value>(column: (bars: PlotBars) => readonly Value[]): Value[] => [
    ...column(before),
    ...column(detail),
    ...column(after),
  ];
  return {
    time: join(({ time }) => time),
    open: join(({ open }) => open),
    high: join(({ high }) => high),
    low: join(({ low }) => low),
    close: join(({ close }) => close),
    volume: join(({ volume }) => volume),
  };
}

/** The place of a time among bars: 2.5 lies in the middle between the third and the fourth. */
export function placeOf(times: readonly number[], time: number): number {
  const after = countBefore(times, time);
  if (after === 0) return 0;
  if (after === times.length) return times.length - 1;
  const [before, next] = [times[after - 1]!, times[after]!];
  return after - 1 + (time - before) / (next - before);
}

/** The time of a place; those beyond the bars are the first and the last. */
export function timeAt(times: readonly number[], place: number): number {
  const at = Math.min(Math.max(place, 0), times.length - 1);
  const whole = Math.floor(at);
  const [before, next] = [times[whole]!, times[whole + 1] ?? times[whole]!];
  return before + (at - whole) * (next - before);
}

/** The places of points among bars that may be fewer: each at the nearest, and of several at one the first. None beyond the bars. */
export function pointsOnBars(
  times: readonly number[],
  points: readonly { readonly time: number; readonly value: number }[],
): { readonly place: number; readonly value: number }[] {
  const [first, last] = [times[0] ?? Number.POSITIVE_INFINITY, times.at(-1) ?? Number.NEGATIVE_INFINITY];
  let before = -1;
  return points.flatMap(({ time, value }) => {
    if (time < first || time > last) return [];
    const place = Math.round(placeOf(times, time));
    if (place <= before) return [];
    before = place;
    return [{ place, value }];
  });
}
