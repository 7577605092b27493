/** How the price chart looks. Pure. */
import type { ApexOptions } from "apexcharts";
import { barTime, price } from "../../lib/format.ts";
import { type PricesLook, pricesOverTime } from "../../lib/prices-over-time.ts";
import type { Candle, PriceLook } from "./price-series.ts";

export function priceChartOptions(look: PriceLook, prices: PricesLook): ApexOptions {
  const base = pricesOverTime("price", prices);
  const { theme, timezone } = prices;
  return {
    ...base,
    colors: [theme.train],
    legend: { show: false },
    stroke: { curve: "straight", width: 1.5 },
    plotOptions: {
      candlestick: { colors: { upward: theme.up, downward: theme.down }, wick: { useFillColor: true } },
    },
    tooltip: { ...base.tooltip, ...(look === "candles" && { custom: candleTooltip(timezone) }) },
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
