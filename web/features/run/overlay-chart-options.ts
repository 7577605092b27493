/** How the overlay of what was predicted and what came looks. Pure. */
import type { ApexOptions } from "apexcharts";
import type { ChartTheme } from "../../lib/chart-theme.ts";
import { barTime, price } from "../../lib/format.ts";
import { type PricesLook, pricesOverTime } from "../../lib/prices-over-time.ts";
import type { TimeRange } from "../../lib/time-range.ts";

interface OverlayLook extends PricesLook {
  readonly hasBand: boolean;
  /** Marked on the axis; null leaves the mark out. */
  readonly validation: TimeRange | null;
  readonly test: TimeRange | null;
}

export function overlayChartOptions({ validation, test, hasBand, ...look }: OverlayLook): ApexOptions {
  const { theme } = look;
  const base = pricesOverTime("overlay", look);
  const lines = {
    colors: [theme.real, theme.model, theme.naive],
    width: [2, 1.75, 1.25],
    dashArray: [0, 0, 3],
    opacity: [1, 1, 1],
  };
  const { colors, width, dashArray, opacity } = hasBand
    ? {
        colors: [theme.band, ...lines.colors],
        width: [0, ...lines.width],
        dashArray: [0, ...lines.dashArray],
        opacity: [0.4, ...lines.opacity],
      }
    : lines;
  return {
    ...base,
    colors,
    stroke: { curve: "straight", width, dashArray },
    fill: { type: "solid", opacity },
    markers: { size: 0, hover: { sizeOffset: 3 } },
    tooltip: { ...base.tooltip, ...(hasBand && { custom: tooltipOf(look, colors) }) },
    annotations: {
      xaxis: [
        ...(validation ? [part("", validation, theme.naive, theme, 0.05)] : []),
        ...(test ? [part("Test", test, theme.accent, theme, 0.1)] : []),
      ],
    },
  };
}

interface Hovered {
  readonly dataPointIndex: number;
  readonly w: {
    readonly config: {
      readonly series: readonly {
        readonly name: string;
        readonly data: readonly {
          readonly x: number;
          readonly y: number | null | readonly (number | null)[];
        }[];
      }[];
    };
  };
}

/** ApexCharts' own tooltip for ranges tells one series. All that goes into the HTML is numbers and the chart's own words. */
const tooltipOf =
  ({ timezone, value = price }: PricesLook, colors: readonly string[]) =>
  ({ dataPointIndex, w }: Hovered): string => {
    const { series } = w.config;
    const time = series[0]?.data[dataPointIndex]?.x;
    if (time === undefined) return "";
    const rows = series.map(({ name, data }, i) => {
      const y = data[dataPointIndex]?.y ?? null;
      const text = Array.isArray(y) ? rangeInWords(y, value) : value(y as number | null);
      return `<tr><td><i style="background:${colors[i]}"></i>${name}</td><td>${text}</td></tr>`;
    });
    return `<div class="candle"><strong>${barTime(time, timezone)}</strong><table>${rows.join("")}</table></div>`;
  };

const rangeInWords = (
  [low, high]: readonly (number | null)[],
  value: NonNullable<PricesLook["value"]>,
): string => (low == null || high == null ? "–" : `${price(low)} to ${value(high)}`);

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
