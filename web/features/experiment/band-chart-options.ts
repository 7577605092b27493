/** How the losses of an experiment look: a band with its members in it. Pure. */
import type { ApexOptions } from "apexcharts";
import { epochAxis, type LogAxis, type LossScale } from "../../entities/run-history/loss-series.ts";
import { axisBorder, baseOptions } from "../../lib/chart-options.ts";
import type { ChartTheme } from "../../lib/chart-theme.ts";
import { loss, lossMark, plural } from "../../lib/format.ts";
import type { BandPoint } from "./band-series.ts";

interface BandLook {
  readonly theme: ChartTheme;
  readonly scale: LossScale;
  readonly axis: LogAxis;
  /** Right end of the axis. */
  readonly lastEpoch: number;
  readonly members: number;
  /** What the tooltip tells. */
  readonly pointAt: (index: number) => BandPoint | undefined;
}

export function bandChartOptions({ theme, scale, axis, lastEpoch, members, pointAt }: BandLook): ApexOptions {
  const base = baseOptions(theme);
  const mark = (y: number) => lossMark(scale === "log" ? 10 ** y : y);
  const { max, ticks } = epochAxis(lastEpoch);
  const each = <Value>(value: Value): Value[] => Array.from({ length: members }, () => value);
  return {
    ...base,
    chart: { ...base.chart, id: "losses" },
    colors: [theme.band, theme.validation, ...each(theme.naive)],
    stroke: { curve: "straight", width: [0, 2.5, ...each(1)] },
    fill: { type: "solid", opacity: [0.4, 1, ...each(0.8)] },
    legend: { show: false },
    markers: { size: 0, hover: { size: 0 } },
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
      custom: ({ dataPointIndex }: { dataPointIndex: number }) => tooltipOf(pointAt(dataPointIndex)),
    },
  };
}

/** Numbers and the chart's own words alone: what people name their runs does not go into the HTML. */
function tooltipOf(point: BandPoint | undefined): string {
  if (!point) return "";
  const rows = (
    [
      ["Highest", point.high],
      ["Mean", point.mean],
      ["Lowest", point.low],
    ] as const
  ).map(([name, value]) => `<tr><td>${name}</td><td>${loss(value)}</td></tr>`);
  return `<div class="candle"><strong>Epoch ${point.epoch}, ${plural(point.runs, "run")}</strong><table>${rows.join("")}</table></div>`;
}
