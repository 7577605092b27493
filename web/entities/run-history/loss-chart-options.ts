/** How the loss chart looks. Pure. */
import type { ApexOptions } from "apexcharts";
import { axisBorder, baseOptions } from "../../lib/chart-options.ts";
import type { ChartTheme } from "../../lib/chart-theme.ts";
import { loss, lossMark } from "../../lib/format.ts";
import { epochAxis, type LogAxis, type LossScale } from "./loss-series.ts";

/** What every chart of losses is drawn on. */
export interface LossAxesLook {
  readonly theme: ChartTheme;
  readonly scale: LossScale;
  readonly axis: LogAxis;
  /** Right end of the axis: the planned epochs while it runs, those trained when it is over. */
  readonly lastEpoch: number;
}

interface LossChartLook extends LossAxesLook {
  readonly scoredEpoch: number | null;
}

/** Epochs to the right, losses upwards. */
export function lossAxes({
  theme,
  scale,
  axis,
  lastEpoch,
}: LossAxesLook): Pick<ApexOptions, "xaxis" | "yaxis"> {
  const { max, ticks } = epochAxis(lastEpoch);
  return {
    xaxis: {
      type: "numeric",
      min: 0,
      max,
      tickAmount: ticks,
      decimalsInFloat: 0,
      labels: { formatter: (value) => String(Math.round(Number(value))) },
      tooltip: { enabled: false },
      ...axisBorder(theme),
    },
    yaxis: {
      ...(scale === "log"
        ? { min: axis.min, max: axis.max, stepSize: axis.step }
        : { min: 0, forceNiceScale: true }),
      labels: { formatter: (y) => lossMark(scale === "log" ? 10 ** y : y), offsetX: -12 },
    },
  };
}

export function lossChartOptions(look: LossChartLook): ApexOptions {
  const { theme, scale, lastEpoch, scoredEpoch } = look;
  const base = baseOptions(theme);
  const read = (y: number) => loss(scale === "log" ? 10 ** y : y);
  return {
    ...base,
    chart: { ...base.chart, id: "loss" },
    colors: [theme.train, theme.validation],
    stroke: { curve: "straight", width: 2 },
    annotations: { xaxis: scoredEpoch === null ? [] : [scoredMark(scoredEpoch, lastEpoch, theme)] },
    markers: { size: 0, hover: { size: 4 } },
    ...lossAxes(look),
    tooltip: {
      ...base.tooltip,
      shared: true,
      intersect: false,
      x: { formatter: (epoch) => `Epoch ${epoch}` },
      y: { formatter: (y: number | undefined) => (y === undefined ? "–" : read(y)) },
    },
  };
}

const scoredMark = (epoch: number, lastEpoch: number, theme: ChartTheme) => ({
  x: epoch,
  borderColor: theme.inkSoft,
  strokeDashArray: 3,
  label: {
    text: `scored: epoch ${epoch}`,
    orientation: "horizontal",
    // Towards the middle, so that it stays within the chart.
    textAnchor: epoch > lastEpoch / 2 ? "end" : "start",
    offsetX: epoch > lastEpoch / 2 ? -4 : 4,
    offsetY: 4,
    borderWidth: 0,
    style: { background: "transparent", color: theme.inkSoft, fontSize: "12px" },
  },
});
