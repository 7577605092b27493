/** How the loss chart looks. Pure. */
import type { ApexOptions } from "apexcharts";
import { axisBorder, baseOptions } from "../../lib/chart-options.ts";
import type { ChartTheme } from "../../lib/chart-theme.ts";
import { loss } from "../../lib/format.ts";
import type { LogAxis, LossScale } from "./loss-series.ts";

interface LossChartLook {
  readonly theme: ChartTheme;
  readonly scale: LossScale;
  readonly axis: LogAxis;
  /** Right end of the axis: the planned epochs while it runs, those trained when it is over. */
  readonly lastEpoch: number;
  /** Few points are drawn as points too: a single one makes no line. */
  readonly hasMarkers: boolean;
}

export function lossChartOptions({ theme, scale, axis, lastEpoch, hasMarkers }: LossChartLook): ApexOptions {
  const base = baseOptions(theme);
  const read = (y: number) => loss(scale === "log" ? 10 ** y : y);
  const ticks = Math.min(10, Math.max(1, lastEpoch - 1));
  return {
    ...base,
    chart: { ...base.chart, id: "loss" },
    colors: [theme.train, theme.validation],
    stroke: { curve: "straight", width: 2 },
    markers: { size: hasMarkers ? 3 : 0, strokeWidth: 0, hover: { size: 4 } },
    xaxis: {
      type: "numeric",
      min: 1,
      max: Math.max(2, lastEpoch),
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
      labels: { formatter: read, offsetX: -12 },
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
