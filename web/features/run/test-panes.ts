/**
 * The two panes over one axis of bars: prices above, the absolute errors of the model and the naive forecast beneath, with
 * one crosshair. Mounts lightweight-charts and hands on what its reader does.
 */
import type { IChartApi, ISeriesApi, Time, UTCTimestamp } from "lightweight-charts";
import { axisSeconds, markLabel } from "../../components/price-plot/exchange-clock.ts";
import type { Target } from "../../entities/run/target.ts";
import type { ChartTheme } from "../../lib/chart-theme.ts";
import { axisPrice, barTime } from "../../lib/format.ts";
import type { TimeRange } from "../../lib/time-range.ts";
import { BandPrimitive } from "./band-primitive.ts";
import { errorOf, meansSoFar, naiveErrorOf, type TestPoint } from "./test-points.ts";

export type Library = typeof import("lightweight-charts");

export interface PanesLook {
  readonly theme: ChartTheme;
  readonly target: Target;
  readonly timezone: string;
}

export interface PanesData {
  readonly points: readonly TestPoint[];
  readonly hasBand: boolean;
  readonly errors: "each" | "mean";
}

export interface TestPanes {
  setData(data: PanesData): void;
  /** The crosshair at a point; null: none. */
  show(place: number | null): void;
  showAll(): void;
  picture(): HTMLCanvasElement;
  remove(): void;
}

interface Listeners {
  /** The pointer is over a point; null: over none. */
  readonly onPoint: (place: number | null) => void;
  readonly onView: (view: TimeRange) => void;
}

export function mountTestPanes(
  library: Library,
  container: HTMLElement,
  { theme, target, timezone }: PanesLook,
  { onPoint, onView }: Listeners,
): TestPanes {
  const { createChart, LineSeries, LineStyle, TickMarkType, CrosshairMode } = library;
  let points: readonly TestPoint[] = [];
  let seconds: readonly number[] = [];
  let places = new Map<number, number>();
  const placeOf = (time: Time | undefined) => places.get(time as number) ?? null;
  const kinds = ["year", "month", "day", "time", "second"] as const;
  const chart: IChartApi = createChart(container, {
    autoSize: true,
    layout: {
      background: { color: "transparent" },
      textColor: theme.inkSoft,
      fontFamily: theme.font,
      panes: { separatorColor: theme.line, enableResize: true },
      attributionLogo: true,
    },
    grid: { vertLines: { color: theme.grid }, horzLines: { color: theme.grid } },
    crosshair: { mode: CrosshairMode.Magnet },
    rightPriceScale: { borderColor: theme.line },
    timeScale: {
      borderColor: theme.line,
      // The whole test must fit, however many bars it has.
      minBarSpacing: 0.001,
      tickMarkFormatter: (time: Time, kind: number) =>
        markLabel((time as number) * 1000, kinds[kind === TickMarkType.TimeWithSeconds ? 4 : kind]!),
    },
    localization: {
      priceFormatter: target.mark ?? axisPrice,
      timeFormatter: (time: Time) => {
        const point = points[placeOf(time) ?? -1];
        return point ? barTime(point.time, timezone) : "";
      },
    },
    // A vertical swipe scrolls the page.
    handleScroll: { vertTouchDrag: false },
  });
  const line = (colour: string, pane: number, isDashed = false): ISeriesApi<"Line"> =>
    chart.addSeries(
      LineSeries,
      {
        color: colour,
        lineWidth: 2,
        lineStyle: isDashed ? LineStyle.Dashed : LineStyle.Solid,
        priceLineVisible: false,
        lastValueVisible: false,
        crosshairMarkerRadius: 3,
      },
      pane,
    );
  const real = line(theme.real, 0);
  const predicted = line(theme.model, 0);
  // Dashed and on top: where both lie together, both are seen.
  const naive = line(theme.ink, 0, true);
  const error = line(theme.model, 1);
  const naiveError = line(theme.ink, 1, true);
  const band = new BandPrimitive(theme.band);
  real.attachPrimitive(band);
  chart.panes()[0]?.setStretchFactor(2);
  chart.panes()[1]?.setStretchFactor(1);

  chart.subscribeCrosshairMove(({ time, point }) => onPoint(point ? placeOf(time) : null));
  const viewNow = (): TimeRange | null => {
    const range = chart.timeScale().getVisibleLogicalRange();
    const first = points[Math.max(0, Math.floor(range?.from ?? 0))];
    const last = points[Math.min(points.length - 1, Math.ceil(range?.to ?? 0))];
    return first && last ? { from: first.time, to: last.time } : null;
  };
  chart.timeScale().subscribeVisibleLogicalRangeChange(() => {
    const view = viewNow();
    if (view) onView(view);
  });
  const showAll = () => chart.timeScale().fitContent();
  container.addEventListener("dblclick", showAll);

  return {
    setData(data) {
      const view = points.length > 0 ? viewNow() : null;
      const isSame = points === data.points;
      points = data.points;
      seconds = axisSeconds(
        points.map(({ time }) => time),
        timezone,
      );
      places = new Map(seconds.map((at, i) => [at, i]));
      const of = (values: readonly number[]) =>
        values.map((value, i) => ({ time: seconds[i] as UTCTimestamp, value }));
      real.setData(of(points.map(({ actual }) => actual)));
      predicted.setData(of(points.map((point) => point.predicted)));
      naive.setData(of(points.map((point) => point.naive)));
      const drawn = data.errors === "mean" ? meansSoFar : (values: number[]) => values;
      error.setData(of(drawn(points.map(errorOf))));
      naiveError.setData(of(drawn(points.map(naiveErrorOf))));
      band.setPoints(
        data.hasBand
          ? points.map(({ lower, upper }, i) => ({ time: seconds[i] as UTCTimestamp, lower, upper }))
          : [],
      );
      if (isSame) return;
      // Other points at the same places: what was in view stays in view.
      const [from, to] = [placeAt(points, view?.from), placeAt(points, view?.to)];
      if (view && from < to) chart.timeScale().setVisibleLogicalRange({ from, to });
      else showAll();
    },
    show(place) {
      const point = place === null ? undefined : points[place];
      if (!point || place === null) return chart.clearCrosshairPosition();
      chart.setCrosshairPosition(point.actual, seconds[place] as UTCTimestamp, real);
    },
    showAll,
    picture: () => chart.takeScreenshot(true),
    remove() {
      container.removeEventListener("dblclick", showAll);
      chart.remove();
    },
  };
}

/** The first point at or after a time. */
function placeAt(points: readonly TestPoint[], time: number | undefined): number {
  if (time === undefined) return 0;
  const place = points.findIndex((point) => point.time >= time);
  return place === -1 ? points.length - 1 : place;
}
