/** How the loss chart looks. Pure. */
import type { ApexOptions } from "apexcharts";
import type { KeyLine } from "../../components/chart-frame/line-key.tsx";
import { axisBorder, baseOptions, tooltipValue } from "../../lib/chart-options.ts";
import type { ChartTheme } from "../../lib/chart-theme.ts";
import { loss, lossMark } from "../../lib/format.ts";
import { priceAxis } from "../../lib/price-axis.ts";
import { t } from "../../lib/words/t.ts";
import { zoomOptions } from "../../lib/zoom-options.ts";
import {
  type EpochRange,
  epochAxis,
  type LogAxis,
  type LossLine,
  type LossScale,
  naiveName,
} from "./loss-series.ts";

/** What every chart of losses is drawn on. */
export interface LossAxesLook {
  readonly theme: ChartTheme;
  readonly scale: LossScale;
  readonly axis: LogAxis;
  /** Right end of the axis: the planned epochs while it runs, those trained when it is over. */
  readonly lastEpoch: number;
  /** Epochs in view; null or absent: all. */
  readonly range?: EpochRange | null;
  /** Values in view, which a linear axis has to hold; absent: it begins at 0. */
  readonly values?: readonly number[];
}

interface LossChartLook extends LossAxesLook {
  readonly scoredEpoch: number | null;
  /** Names of the lines, in their order. */
  readonly lines: readonly string[];
  /** Whether a line may be a single point, which only a mark shows. */
  readonly hasOnePoint: boolean;
  readonly onRange: (range: EpochRange) => void;
}

/** Epochs to the right, losses upwards. */
export function lossAxes({
  theme,
  scale,
  axis,
  lastEpoch,
  range,
  values,
}: LossAxesLook): Pick<ApexOptions, "xaxis" | "yaxis"> {
  const { max, ticks } = epochAxis(lastEpoch);
  return {
    xaxis: {
      type: "numeric",
      ...(range ? { min: range.from, max: range.to } : { min: 0, max, tickAmount: ticks }),
      decimalsInFloat: 0,
      labels: { formatter: (value) => String(Math.round(Number(value))) },
      tooltip: { enabled: false },
      ...axisBorder(theme),
    },
    yaxis: {
      ...(scale === "log" && { min: axis.min, max: axis.max, stepSize: axis.step }),
      ...(scale === "linear" && (values ? priceAxis(values) : { min: 0, forceNiceScale: true })),
      labels: { formatter: (y) => lossMark(scale === "log" ? 10 ** y : y), offsetX: -12 },
    },
  };
}

interface LineLook {
  readonly colour: keyof ChartTheme;
  readonly width: number;
  /** Length of a dash; 0: solid. */
  readonly dash: number;
  readonly isFaint?: boolean;
  readonly isStepped?: boolean;
}

/** Told apart by width and dashes, too. */
const looks = (): Readonly<Record<string, LineLook>> => ({
  [t("Train")]: { colour: "train", width: 2, dash: 3 },
  [t("Validation")]: { colour: "validation", width: 2.5, dash: 0 },
  [t("Train, not smoothed")]: { colour: "train", width: 1, dash: 0, isFaint: true },
  [t("Validation, not smoothed")]: { colour: "validation", width: 1, dash: 0, isFaint: true },
  [t("Best so far")]: { colour: "ink", width: 1.25, dash: 0, isStepped: true },
  [naiveName()]: { colour: "naive", width: 2, dash: 9 },
});
const lookOf = (name: string): LineLook => looks()[name] ?? { colour: "ink", width: 2, dash: 0 };
const colourOf = (name: string, theme: ChartTheme) =>
  theme[lookOf(name).colour] + (lookOf(name).isFaint ? "59" : "");

export const lossKey = (lines: readonly LossLine[], theme: ChartTheme): KeyLine[] =>
  lines.map(({ name }) => {
    const { width, dash } = lookOf(name);
    return {
      ...{ name, colour: colourOf(name, theme), width },
      ...(dash > 0 && { dash: `${dash} ${Math.max(3, dash - 3)}` }),
    };
  });

export function lossChartOptions(look: LossChartLook): ApexOptions {
  const { theme, scale, lastEpoch, scoredEpoch, lines, hasOnePoint, onRange } = look;
  const base = baseOptions(theme);
  const read = (y: number) => loss(scale === "log" ? 10 ** y : y);
  return {
    ...base,
    chart: {
      ...base.chart,
      ...zoomOptions(({ from, to }) => onRange({ from: Math.round(from), to: Math.round(to) })),
      id: "loss",
    },
    legend: { show: false },
    colors: lines.map((name) => colourOf(name, theme)),
    stroke: {
      curve: lines.map((name) => (lookOf(name).isStepped ? "stepline" : "straight")),
      width: lines.map((name) => lookOf(name).width),
      dashArray: lines.map((name) => lookOf(name).dash),
    },
    annotations: {
      xaxis: scoredEpoch === null ? [] : [scoredMark(scoredEpoch, lastEpoch, theme)],
    },
    markers: {
      size: lines.map((name) => (hasOnePoint && !lookOf(name).isStepped ? 5 : 0)),
      hover: { size: 4 },
    },
    ...lossAxes(look),
    tooltip: {
      ...base.tooltip,
      shared: true,
      intersect: false,
      x: { formatter: (epoch) => t("Epoch {epoch}", { epoch }) },
      y: tooltipValue((y) => (y == null ? "–" : read(y))),
    },
  };
}

const scoredMark = (epoch: number, lastEpoch: number, theme: ChartTheme) => ({
  x: epoch,
  borderColor: theme.inkSoft,
  strokeDashArray: 3,
  label: {
    text: t("scored: epoch {epoch}", { epoch }),
    orientation: "horizontal",
    // Towards the middle, so that it stays within the chart.
    textAnchor: epoch > lastEpoch / 2 ? "end" : "start",
    offsetX: epoch > lastEpoch / 2 ? -4 : 4,
    offsetY: 4,
    borderWidth: 0,
    style: { background: "transparent", color: theme.inkSoft, fontSize: "12px" },
  },
});
