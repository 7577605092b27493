/** How the price chart looks. Pure. */
import type { ApexOptions } from "apexcharts";
import { axisBorder, baseOptions, timeAxisLabels, timeOfTooltip } from "../../lib/chart-options.ts";
import type { ChartTheme } from "../../lib/chart-theme.ts";
import { axisPrice, barTime, price } from "../../lib/format.ts";
import type { PriceAxis } from "../../lib/price-axis.ts";
import type { TimeRange } from "../../lib/time-range.ts";
import { zoomOptions } from "../../lib/zoom-options.ts";
import type { Candle, PriceLook } from "./price-series.ts";

interface PriceChartLook {
  readonly theme: ChartTheme;
  readonly inView: TimeRange;
  readonly axis: PriceAxis;
  readonly timezone: string;
  readonly look: PriceLook;
  readonly onZoom: (range: TimeRange) => void;
}

export function priceChartOptions({
  theme,
  inView,
  axis,
  timezone,
  look,
  onZoom,
}: PriceChartLook): ApexOptions {
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
    yaxis: { labels: { formatter: axisPrice, offsetX: -12 }, ...axis },
    tooltip: {
      ...base.tooltip,
      shared: true,
      intersect: false,
      x: { formatter: timeOfTooltip(timezone) },
      y: { formatter: price },
      ...(look === "candles" && { custom: candleTooltip(timezone) }),
    },
  };
}

interface Hovered {
  readonly dataPointIndex: number;
  readonly w: { readonly config: { readonly series: readonly { readonly data: readonly Candle[] }[] } };
}

/** ApexCharts' own tooltip for candles has neither the day nor rounded prices. All that goes into the HTML is numbers. */
const candleTooltip =
  (timezone: string) =>
  ({ dataPointIndex, w }: Hovered): string => {
    const candle = w.config.series[0]?.data[dataPointIndex];
    if (!candle) return "";
    const rows = ["Open", "High", "Low", "Close"].map(
      (name, i) => `<tr><td>${name}</td><td>${price(candle.y[i])}</td></tr>`,
    );
    return `<div class="candle"><strong>${barTime(candle.x, timezone)}</strong><table>${rows.join("")}</table></div>`;
  };
