/** The canvas of a price plot: one lightweight chart, told what to draw, that tells where its reader looks. */
import type * as library from "lightweight-charts";
import type { ChartTheme } from "../../lib/chart-theme.ts";
import { barTime } from "../../lib/format.ts";
import type { TimeRange } from "../../lib/time-range.ts";
import { axisSeconds, type MarkKind, markLabel } from "./exchange-clock.ts";
import { overlayPainter } from "./overlay-painter.ts";
import type { Overlays } from "./overlays.ts";
import { noBars, type PlotBars, placeOf, pointsOnBars, timeAt } from "./plot-bars.ts";
import type { UpColour } from "./plot-style.ts";
import { candleOptions, lineOptions, plotColours, plotOptions, volumeOptions } from "./plot-style.ts";

export interface Look {
  readonly theme: ChartTheme;
  readonly upColour: UpColour;
  readonly areCandles: boolean;
}
interface Hearers {
  /** What is in view changed. */
  readonly onView: (range: TimeRange) => void;
  /** The bar beneath the pointer; null where there is none. */
  readonly onPoint: (index: number | null) => void;
  readonly onDoubleClick: () => void;
}

export type PriceCanvas = ReturnType<typeof priceCanvas>;

const volumeShare = 0.22;
/** In the order of the library's TickMarkType. */
const markKinds: readonly MarkKind[] = ["year", "month", "day", "time", "second"];

export function priceCanvas(
  { createChart, CandlestickSeries, HistogramSeries, LineSeries }: typeof library,
  place: HTMLElement,
  timezone: string,
  look: Look,
  { onView, onPoint, onDoubleClick }: Hearers,
) {
  let bars = noBars;
  let seconds: number[] = [];
  const timeOf = new Map<number, number>();
  const wallMs = (time: library.Time) => Number(time) * 1000;
  const chart = createChart(place, {
    ...plotOptions(look.theme),
    // Until its size has been observed, a range to show would be one of no pixels.
    ...{ width: place.clientWidth, height: place.clientHeight },
    localization: { timeFormatter: (time: library.Time) => barTime(timeOf.get(Number(time)) ?? 0, timezone) },
  });
  chart.applyOptions({
    timeScale: {
      tickMarkFormatter: (time: library.Time, kind: number) =>
        markLabel(wallMs(time), markKinds[kind] ?? "time"),
    },
  });
  const line = chart.addSeries(LineSeries, lineOptions(look.theme));
  const candles = chart.addSeries(CandlestickSeries, candleOptions(look.theme, look.upColour));
  const volume = chart.addSeries(HistogramSeries, volumeOptions(look.theme), 1);
  const painter = overlayPainter((time) => placeOf(bars.time, time));
  line.attachPrimitive(painter.primitive);
  let overlaid: library.ISeriesApi<"Line">[] = [];
  /** What was asked to be shown, until the library has drawn it: only then does it tell it back. */
  let pending: TimeRange | null = null;

  const scale = chart.timeScale();
  const view = (): TimeRange | null => {
    if (pending) return pending;
    const range = scale.getVisibleLogicalRange();
    if (!range || bars.time.length === 0) return null;
    return { from: timeAt(bars.time, range.from), to: timeAt(bars.time, range.to) };
  };
  const setLook = (areCandles: boolean) => {
    line.applyOptions({ visible: !areCandles });
    candles.applyOptions({ visible: areCandles });
  };
  let isGone = false;
  const tell = () => {
    const range = isGone || pending ? null : view();
    if (range) onView(range);
  };
  const show = ({ from, to }: TimeRange) => {
    const [first, last] = [placeOf(bars.time, from), placeOf(bars.time, to)];
    scale.setVisibleLogicalRange({ from: first, to: Math.max(last, first + 1) });
    const mine = { from, to };
    pending = mine;
    requestAnimationFrame(() => {
      if (pending !== mine) return;
      pending = null;
      tell();
    });
  };
  setLook(look.areCandles);
  scale.subscribeVisibleLogicalRangeChange(tell);
  chart.subscribeCrosshairMove(({ logical }) =>
    onPoint(logical === undefined ? null : Math.min(Math.max(Math.round(logical), 0), bars.time.length - 1)),
  );
  chart.subscribeDblClick(onDoubleClick);

  return {
    /** Draws other bars; what was in view stays, unless `range` is given. */
    draw(next: PlotBars, range: TimeRange | null): void {
      const wanted = range ?? view();
      // Not told while the bars are others already and the look is still that at the ones before.
      pending = wanted;
      bars = next;
      seconds = axisSeconds(next.time, timezone);
      timeOf.clear();
      for (const [at, second] of seconds.entries()) timeOf.set(second, next.time[at]!);
      // Bars that come between others would leave the axis with marks of before: "2" where July begins.
      for (const series of [line, candles, volume]) series.setData([]);
      const time = (at: number) => seconds[at] as library.UTCTimestamp;
      line.setData(next.close.map((value, at) => ({ time: time(at), value })));
      candles.setData(
        next.close.map((close, at) => ({
          ...{ time: time(at), open: next.open[at]!, high: next.high[at]! },
          ...{ low: next.low[at]!, close },
        })),
      );
      const hasVolume = next.volume.some((amount) => amount !== null);
      volume.setData(
        hasVolume ? next.volume.map((value, at) => ({ time: time(at), value: value ?? 0 })) : [],
      );
      const [prices, amounts] = chart.panes();
      prices?.setStretchFactor(1 - volumeShare);
      amounts?.setStretchFactor(hasVolume ? volumeShare : 0.0001);
      if (wanted) show(wanted);
    },
    show,
    view,
    restyle({ theme, upColour, areCandles }: Look): void {
      chart.applyOptions(plotColours(theme));
      line.applyOptions(lineOptions(theme));
      candles.applyOptions(candleOptions(theme, upColour));
      volume.applyOptions(volumeOptions(theme));
      setLook(areCandles);
    },
    overlay(overlays: Overlays): void {
      for (const series of overlaid) chart.removeSeries(series);
      overlaid = (overlays.lines ?? []).map(({ colour, isDashed, points }) => {
        const series = chart.addSeries(LineSeries, {
          ...{ color: colour, lineWidth: 2 as const, lineStyle: isDashed ? 2 : 0 },
          ...{ priceLineVisible: false, lastValueVisible: false },
        });
        series.setData(
          pointsOnBars(bars.time, points).map(({ place, value }) => ({
            time: seconds[place] as library.UTCTimestamp,
            value,
          })),
        );
        return series;
      });
      painter.show(overlays);
    },
    /** Puts the crosshair on a bar; null takes it away. */
    pointAt(index: number | null): void {
      const [second, close] = index === null ? [] : [seconds[index], bars.close[index]];
      if (second === undefined || close === undefined) chart.clearCrosshairPosition();
      else chart.setCrosshairPosition(close, second as library.UTCTimestamp, line);
    },
    /** The time at a distance in pixels from the plot's left edge. */
    timeAtPixel(left: number): number | null {
      const logical = scale.coordinateToLogical(left);
      return logical === null || bars.time.length === 0 ? null : timeAt(bars.time, logical);
    },
    picture: (): HTMLCanvasElement => chart.takeScreenshot(),
    remove(): void {
      isGone = true;
      chart.remove();
    },
  };
}
