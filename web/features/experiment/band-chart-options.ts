/** How the losses of an experiment look: a band with its members in it. Pure. */
import type { ApexOptions } from "apexcharts";
import { type LossAxesLook, lossAxes } from "../../entities/run-history/loss-chart-options.ts";
import { baseOptions } from "../../lib/chart-options.ts";
import { loss } from "../../lib/format.ts";
import { t, tn } from "../../lib/words/t.ts";
import type { BandPoint } from "./band-series.ts";

interface BandLook extends LossAxesLook {
  readonly members: number;
  /** What the tooltip tells. */
  readonly pointAt: (index: number) => BandPoint | undefined;
}

export function bandChartOptions(look: BandLook): ApexOptions {
  const { theme, members, pointAt } = look;
  const base = baseOptions(theme);
  const each = <Value>(value: Value): Value[] => Array.from({ length: members }, () => value);
  return {
    ...base,
    chart: { ...base.chart, id: "losses" },
    colors: [theme.band, theme.validation, ...each(theme.naive)],
    stroke: { curve: "straight", width: [0, 2.5, ...each(1)] },
    fill: { type: "solid", opacity: [0.4, 1, ...each(0.8)] },
    legend: { show: false },
    markers: { size: 0, hover: { size: 0 } },
    ...lossAxes(look),
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
      [t("Highest"), point.high],
      [t("Mean"), point.mean],
      [t("Lowest"), point.low],
    ] as const
  ).map(([name, value]) => `<tr><td>${name}</td><td>${loss(value)}</td></tr>`);
  const heading = tn(point.runs, "Epoch {epoch}, {n} run", "Epoch {epoch}, {n} runs", { epoch: point.epoch });
  return `<div class="candle"><strong>${heading}</strong><table>${rows.join("")}</table></div>`;
}
