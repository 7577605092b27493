/** What all charts have in common: no animations, no toolbar, quiet axes, the dashboard's own colours. Pure. */
import type { ApexOptions } from "apexcharts";
import type { ChartTheme } from "./chart-theme.ts";
import { barTime } from "./format.ts";
import { language } from "./words/language.ts";
import { t } from "./words/t.ts";

export function baseOptions(theme: ChartTheme): ApexOptions {
  return {
    chart: {
      // Measured: an animated redraw of a live chart costs several times the plain one and never catches up.
      animations: { enabled: false },
      toolbar: { show: false },
      zoom: { enabled: false },
      background: "transparent",
      fontFamily: theme.font,
      foreColor: theme.inkSoft,
      parentHeightOffset: 0,
    },
    dataLabels: { enabled: false },
    grid: { borderColor: theme.grid, padding: { left: -4, right: 12, top: -12, bottom: -4 } },
    legend: {
      show: true,
      position: "top",
      horizontalAlign: "left",
      fontSize: "13px",
      offsetX: -8,
      offsetY: 2,
      markers: { size: 5, offsetX: -3 },
      itemMargin: { horizontal: 10 },
    },
    stroke: { curve: "straight", width: 1.75 },
    tooltip: { theme: "", style: { fontSize: "13px" } },
  };
}

export const axisBorder = (theme: ChartTheme) => ({
  axisBorder: { show: true, color: theme.line },
  axisTicks: { show: true, color: theme.line, height: 4 },
});

/** Marks on a time axis: years from afar, days close by. ApexCharts' own labels ignore the exchange's zone. */
export const timeAxisLabels = () => ({
  datetimeUTC: true,
  datetimeFormatter:
    language() === "zh"
      ? { year: "yyyy年", month: "yy年M月", day: "M月d日", hour: "HH:mm" }
      : { year: "yyyy", month: "MMM yyyy", day: "d MMM", hour: "HH:mm" },
  hideOverlappingLabels: true,
});

/** A value in a tooltip behind its name, with the language's own colon. */
export const tooltipValue = (formatter: (value: number) => string) => ({
  formatter,
  title: { formatter: (name: string) => t("legend|{name}: ", { name }) },
});

export const timeOfTooltip = (timezone: string) => (time: number | string) => barTime(Number(time), timezone);
