/** How the overlay of predicted and real price looks. Pure. */
import type { ApexOptions } from "apexcharts";
import type { ChartTheme } from "../../lib/chart-theme.ts";
import { type PricesLook, pricesOverTime } from "../../lib/prices-over-time.ts";
import type { TimeRange } from "../../lib/time-range.ts";

interface OverlayLook extends PricesLook {
  /** Marked on the axis; null leaves the mark out. */
  readonly validation: TimeRange | null;
  readonly test: TimeRange | null;
}

export function overlayChartOptions({ validation, test, ...look }: OverlayLook): ApexOptions {
  const { theme } = look;
  return {
    ...pricesOverTime("overlay", look),
    colors: [theme.real, theme.model, theme.naive],
    stroke: { curve: "straight", width: [3, 1.25, 1.25], dashArray: [0, 0, 4] },
    annotations: {
      xaxis: [
        ...(validation ? [part("", validation, theme.naive, theme, 0.05)] : []),
        ...(test ? [part("Test", test, theme.accent, theme, 0.1)] : []),
      ],
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
