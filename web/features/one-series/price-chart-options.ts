/** How the price chart looks. Pure. */
import type { ApexOptions } from "apexcharts";
import { axisBorder, baseOptions, dayOfTooltip, timeAxisLabels } from "../../lib/chart-options.ts";
import type { ChartTheme } from "../../lib/chart-theme.ts";
import { axisPrice, price } from "../../lib/format.ts";
import type { TimeRange } from "../../lib/time-range.ts";
import { zoomOptions } from "../../lib/zoom-options.ts";

interface PriceChartLook {
  readonly theme: ChartTheme;
  readonly inView: TimeRange;
  readonly timezone: string;
  readonly onZoom: (range: TimeRange) => void;
}

export function priceChartOptions({ theme, inView, timezone, onZoom }: PriceChartLook): ApexOptions {
  const base = baseOptions(theme);
  return {
    ...base,
    chart: { ...base.chart, ...zoomOptions(onZoom), id: "price" },
    colors: [theme.train],
    legend: { show: false },
    stroke: { curve: "straight", width: 1.5 },
    plotOptions: {
      candlestick: { colors: { upward: theme.up, downward: theme.down }, wick: { useFillColor: true } },
    },
    xaxis: {
      type: "datetime",
      min: inView.from,
      max: inView.to,
      labels: timeAxisLabels,
      tooltip: { enabled: false },
      ...axisBorder(theme),
    },
    yaxis: { labels: { formatter: axisPrice, minWidth: 48 }, tickAmount: 6 },
    tooltip: {
      ...base.tooltip,
      shared: true,
      intersect: false,
      x: { formatter: dayOfTooltip(timezone) },
      y: { formatter: price },
    },
  };
}
