/** Which part of a series a price chart should know more closely. Pure. */
import { countBefore, type PlotBars, withDetail } from "../../components/price-plot/plot-bars.ts";
import { clampRange, holds, type TimeRange } from "../../lib/time-range.ts";

/** Bars of a range, and whether they are all that there are. */
export interface Loaded {
  readonly range: TimeRange;
  readonly bars: PlotBars;
  readonly isWhole: boolean;
}

/** As many points as a wide screen has pixels are enough. */
export const pointsAtOnce = 2400;
/** Fewer points in view than this look coarse. */
const enoughInView = 700;

/** The range to ask for when this is looked at: with as much again to each side, to move along in. Null: enough is known. */
export function detailToAsk(view: TimeRange, all: TimeRange, known: readonly Loaded[]): TimeRange | null {
  const isKnown = known.some(({ range, bars, isWhole }) => {
    if (!holds(range, view)) return false;
    return isWhole || countBefore(bars.time, view.to + 1) - countBefore(bars.time, view.from) >= enoughInView;
  });
  if (isKnown) return null;
  const length = view.to - view.from;
  return clampRange({ from: view.from - length, to: view.to + length }, all);
}

/**
 * What is drawn for a look. A bar takes a place, however long it stands for: where finer bars stood beside coarse ones in
 * one view, some of its years would be wider than others. So finer ones are drawn only where they fill the view.
 */
export function drawnBars(coarse: Loaded, detail: Loaded | null, view: TimeRange) {
  if (coarse.isWhole) return { bars: coarse.bars, whole: coarse.range };
  if (!detail || !holds(detail.range, view)) return { bars: coarse.bars, whole: null };
  return { bars: withDetail(coarse.bars, detail.bars), whole: detail.isWhole ? detail.range : null };
}

/** The change from the first to the last price in view, as a share of the first. */
export function changeInView({ close }: PlotBars): number | null {
  const [first, last] = [close[0], close.at(-1)];
  return first === undefined || last === undefined || first <= 0 ? null : last / first - 1;
}
