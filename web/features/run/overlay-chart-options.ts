/** How the overlay of predicted and real price looks. Pure. */
import type { ApexOptions } from "apexcharts";
import { axisBorder, baseOptions, timeAxisLabels, timeOfTooltip } from "../../lib/chart-options.ts";
import type { ChartTheme } from "../../lib/chart-theme.ts";
import { axisPrice, price } from "../../lib/format.ts";
import type { PriceAxis } from "../../lib/price-axis.ts";
import type { TimeRange } from "../../lib/time-range.ts";
import { zoomOptions } from "../../lib/zoom-options.ts";

interface OverlayLook {
  readonly theme: ChartTheme;
  readonly inView: TimeRange;
  readonly axis: PriceAxis;
  /** Marked on the axis; null leaves the mark out. */
  readonly validation: TimeRange | null;
  readonly test: TimeRange | null;
  readonly timezone: string;
  readonly onZoom: (range: TimeRange) => void;
}

export function overlayChartOptions(look: OverlayLook): ApexOptions {
  const { theme, inView, axis, validation, test, timezone, onZoom } = look;
  const base = baseOptions(theme);
  return {
    ...base,
    chart: { ...base.chart, ...zoomOptions(onZoom), id: "overlay" },
    colors: [theme.real, theme.model, theme.naive],
    stroke: { curve: "straight", width: [3, 1.25, 1.25], dashArray: [0, 0, 4] },
    annotations: {
      xaxis: [
        ...(validation ? [part("", validation, theme.naive, theme, 0.05)] : []),
        ...(test ? [part("Test", test, theme.accent, theme, 0.1)] : []),
      ],
    },
    xaxis: {
      type: "datetime",
      min: inView.from,
      max: inView.to,
      labels: timeAxisLabels,
      tooltip: { enabled: false },
      ...axisBorder(theme),
    },
    yaxis: { labels: { formatter: axisPrice, offsetX: -12 }, ...axis },
    tooltip: {
      ...base.tooltip,
      shared: true,
      intersect: false,
      x: { formatter: timeOfTooltip(timezone) },
      y: { formatter: price },
    },
  };
}

/** @param text empty where there would be no room for it on a phone; the key above the chart names the part. */
const part = (text: string, { from, to }: TimeRange, color: string, theme: ChartTheme, opacity: number) => ({
  x: from,
  x2: to,
  fillColor: color,
  borderColor: color,
  opacity,
  strokeDashArray: 0,
  label: {
    text,
    orientation: "horizontal",
    textAnchor: "start",
    offsetX: 4,
    offsetY: 4,
    borderWidth: 0,
    style: { background: "transparent", color: theme.inkSoft, fontSize: "12px", fontWeight: 600 },
  },
});
