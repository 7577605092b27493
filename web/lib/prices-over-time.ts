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
  /** How values are written where they are no prices; absent or null: as prices. */
  readonly value?: (value: number | null | undefined) => string;
  readonly mark?: ((value: number) => string) | null;
}

export function pricesOverTime(id: string, look: PricesLook) {
  const { theme, inView, axis, timezone, onZoom, value = price, mark } = look;
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
    yaxis: { labels: { formatter: mark ?? axisPrice, offsetX: -12 }, ...axis },
    tooltip: {
      ...base.tooltip,
      shared: true,
      intersect: false,
      x: { formatter: timeOfTooltip(timezone) },
      y: { formatter: value },
    },
  } satisfies ApexOptions;
}
