/** What the charts of prices have in common: a time axis that zooms, a price axis that fits, one tooltip. Pure. */
import type { ApexOptions } from "apexcharts";
import { axisBorder, baseOptions, timeAxisLabels, timeOfTooltip } from "./chart-options.ts";
import type { ChartTheme } from "./chart-theme.ts";
import { axisPrice, price } from "./format.ts";
import type { PriceAxis } from "./price-axis.ts";
import type { TimeRange } from "./time-range.ts";
import { zoomOptions } from "./zoom-options.ts";

export interface PricesLook {
  readonly theme: ChartTheme;
  readonly inView: TimeRange;
  readonly axis: PriceAxis;
  /** Of the exchange: the tooltip tells its days. */
  readonly timezone: string;
  readonly onZoom: (range: TimeRange) => void;
}

export function pricesOverTime(id: string, { theme, inView, axis, timezone, onZoom }: PricesLook) {
  const base = baseOptions(theme);
  return {
    ...base,
    chart: { ...base.chart, ...zoomOptions(onZoom), id },
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
  } satisfies ApexOptions;
}
