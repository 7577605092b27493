/** How the loss chart looks. Pure. */
import type { ApexOptions } from "apexcharts";
import { axisBorder, baseOptions } from "../../lib/chart-options.ts";
import type { ChartTheme } from "../../lib/chart-theme.ts";
import { loss, lossMark } from "../../lib/format.ts";
import { epochAxis, type LogAxis, type LossScale } from "./loss-series.ts";

interface LossChartLook {
  readonly theme: ChartTheme;
  readonly scale: LossScale;
  readonly axis: LogAxis;
  /** Right end of the axis: the planned epochs while it runs, those trained when it is over. */
  readonly lastEpoch: number;
}

export function lossChartOptions({ theme, scale, axis, lastEpoch }: LossChartLook): ApexOptions {
  const base = baseOptions(theme);
  const read = (y: number) => loss(scale === "log" ? 10 ** y : y);
  const mark = (y: number) => lossMark(scale === "log" ? 10 ** y : y);
  const { max, ticks } = epochAxis(lastEpoch);
  return {
    ...base,
    chart: { ...base.chart, id: "loss" },
    colors: [theme.train, theme.validation],
    stroke: { curve: "straight", width: 2 },
    markers: { size: 0, hover: { size: 4 } },
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
      labels: { formatter: mark, offsetX: -12 },
    },
    tooltip: {
      ...base.tooltip,
      shared: true,
      intersect: false,
      x: { formatter: (epoch) => `Epoch ${epoch}` },
      y: { formatter: (y: number | undefined) => (y === undefined ? "–" : read(y)) },
    },
  };
}
