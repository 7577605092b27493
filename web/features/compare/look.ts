/** How the comparison's charts look. Pure. */
import type { ApexOptions } from "apexcharts";
import { type LossAxesLook, lossAxes } from "../../entities/run-history/loss-chart-options.ts";
import {
  axisBorder,
  baseOptions,
  timeAxisLabels,
  timeOfTooltip,
  tooltipValue,
} from "../../lib/chart-options.ts";
import type { ChartTheme } from "../../lib/chart-theme.ts";
import { axisPrice, loss, price } from "../../lib/format.ts";
import { t } from "../../lib/words/t.ts";

/** At least 3:1 on the light and on the dark surface. */
export const runColors = [
  "#3f7de0",
  "#d9661f",
  "#1f9d6b",
  "#b357d6",
  "#d0466a",
  "#0f93a6",
  "#94820f",
  "#7d73f2",
  "#a8693a",
  "#77839a",
];
/** The second five are told apart without colour, too. */
export const runDashes = [0, 0, 0, 0, 0, 6, 6, 6, 6, 6];

const lineWidth = 2;

export function lossesLook(look: LossAxesLook, count: number): ApexOptions {
  const base = baseOptions(look.theme);
  return {
    ...base,
    chart: { ...base.chart, id: "compared-losses" },
    colors: runColors.slice(0, count),
    stroke: { curve: "straight", width: lineWidth, dashArray: runDashes.slice(0, count) },
    legend: { show: false },
    markers: { size: 0, hover: { size: 4 } },
    ...lossAxes(look),
    tooltip: {
      ...base.tooltip,
      shared: true,
      intersect: false,
      x: { formatter: (epoch) => t("Epoch {epoch}", { epoch }) },
      y: tooltipValue((y) => (y == null ? "–" : loss(look.scale === "log" ? 10 ** y : y))),
    },
  };
}

interface ErrorsLook {
  readonly theme: ChartTheme;
  readonly timezone: string;
  readonly count: number;
}

/** The naive forecast comes last. */
export function errorsLook({ theme, timezone, count }: ErrorsLook): ApexOptions {
  const base = baseOptions(theme);
  return {
    ...base,
    chart: { ...base.chart, id: "compared-errors" },
    colors: [...runColors.slice(0, count), theme.naive],
    stroke: {
      curve: "straight",
      width: [...runColors.slice(0, count).map(() => lineWidth), 1.5],
      dashArray: [...runDashes.slice(0, count), 3],
    },
    legend: { show: false },
    markers: { size: 0, hover: { size: 4 } },
    xaxis: { type: "datetime", labels: timeAxisLabels(), tooltip: { enabled: false }, ...axisBorder(theme) },
    yaxis: { min: 0, labels: { formatter: axisPrice, offsetX: -12 } },
    tooltip: {
      ...base.tooltip,
      shared: true,
      intersect: false,
      x: { formatter: timeOfTooltip(timezone) },
      y: tooltipValue(price),
    },
  };
}
