/** From the splits' predictions to the lines and the band of the overlay, and to where each split lies. Pure. */
import type { PredictionsQuery } from "../../graphql/generated/graphql.ts";
import type { TimeRange } from "../../lib/time-range.ts";

export type Predictions = NonNullable<PredictionsQuery["run"]>;
export type Columns = Predictions["test"];
export type OverlayView = "whole" | "test";

type Point = [time: number, value: number | null];
interface BandPoint {
  readonly x: number;
  /** Lower and upper end; null where there is no interval. */
  readonly y: [number | null, number | null];
}

export interface OverlayLine {
  readonly name: string;
  readonly type: "line";
  /** Time in milliseconds and value; null breaks the line. */
  readonly data: { readonly x: number; readonly y: number | null }[];
}
interface OverlayBand {
  readonly name: string;
  readonly type: "rangeArea";
  readonly data: BandPoint[];
}

export interface OverlayNames {
  readonly real: string;
  readonly predicted: string;
  readonly last: string;
  /** Null: no band is drawn. */
  readonly band: string | null;
}

/** The splits in the order of time, without those that have no target. */
const splitsOf = ({ train, validation, test }: Predictions, view: OverlayView): Columns[] =>
  (view === "test" ? [test] : [train, validation, test]).filter(
    (split) => split !== undefined && split.time.length > 0,
  ) as Columns[];

export function rangeOf(columns: Pick<Columns, "time"> | undefined): TimeRange | null {
  const [first, last] = [columns?.time[0], columns?.time.at(-1)];
  return first === undefined || last === undefined ? null : { from: Date.parse(first), to: Date.parse(last) };
}

/** From the first to the last prediction in view; null where there is none. */
export function wholeRange(predictions: Predictions, view: OverlayView): TimeRange | null {
  const ranges = splitsOf(predictions, view).flatMap((split) => rangeOf(split) ?? []);
  const [first, last] = [ranges[0], ranges.at(-1)];
  return first && last ? { from: first.from, to: last.to } : null;
}

/** What came, what was predicted and the last value known, of what is in view and one point beyond; the band first, behind them. */
export function overlaySeries(
  predictions: Predictions,
  view: OverlayView,
  inView: TimeRange,
  names: OverlayNames,
): (OverlayLine | OverlayBand)[] {
  const splits = splitsOf(predictions, view);
  const line = (name: string, column: "actual" | "predicted" | "naive"): OverlayLine => ({
    name,
    type: "line",
    data: within(
      joined(
        splits.map((split) =>
          split.time.map((time, i): Point => [Date.parse(time), split[column][i] ?? null]),
        ),
      ),
      inView,
    ).map(([x, y]) => ({ x, y })),
  });
  const lines = [line(names.real, "actual"), line(names.predicted, "predicted"), line(names.last, "naive")];
  if (names.band === null) return lines;
  return [{ name: names.band, type: "rangeArea", data: bandOf(splits, lines[0]!.data) }, ...lines];
}

/** At the times of the lines, so that one place of the pointer means one bar; a run's training part has no bounds. */
function bandOf(splits: readonly Columns[], line: OverlayLine["data"]): BandPoint[] {
  const bounds = new Map(
    splits.flatMap(({ time, lower, upper }) =>
      time.map((at, i) => [Date.parse(at), [lower[i] ?? null, upper[i] ?? null] as const] as const),
    ),
  );
  return line.map(({ x }) => {
    const [low, high] = bounds.get(x) ?? [null, null];
    return { x, y: low === null || high === null ? [null, null] : [low, high] };
  });
}

/** A band may reach so many times as high above the lines as these do themselves; beyond it is cut. */
const mostOfBand = 1.5;

/** What the value axis has to hold: the lines, and of a band what leaves them readable. */
export function valuesOf(series: readonly (OverlayLine | OverlayBand)[]): (number | null)[] {
  const lines = series.flatMap((one) => (one.type === "line" ? one.data.map(({ y }) => y) : []));
  const bounds = series.flatMap((one) => (one.type === "line" ? [] : one.data.flatMap(({ y }) => y)));
  const highest = lines.reduce<number>((most, y) => Math.max(most, y ?? most), Number.NEGATIVE_INFINITY);
  return [
    ...lines,
    ...bounds.map((y) => (y === null ? null : Math.min(y, Math.max(highest, mostOfBand * highest)))),
  ];
}

/** Steps of a split without a break are shorter than this many of its mean ones. */
const longestStep = 8;

/** A split whose windows stay inside it (EACH_SPLIT) begins without predictions: no line leads across that time. */
function joined(splits: readonly Point[][]): Point[] {
  return splits.flatMap((split, i) => {
    const [before, first] = [splits[i - 1]?.at(-1)?.[0], split[0]?.[0]];
    const isGap =
      before !== undefined && first !== undefined && first - before > longestStep * meanStep(split);
    return isGap ? [[before + 1, null], ...split] : split;
  });
}

const meanStep = (points: readonly Point[]): number =>
  points.length < 2 ? Number.POSITIVE_INFINITY : (points.at(-1)![0] - points[0]![0]) / (points.length - 1);

/** One point beyond each edge keeps the line going to the border of the chart. */
function within(points: Point[], { from, to }: TimeRange): Point[] {
  const first = points.findIndex(([time]) => time >= from);
  const after = points.findIndex(([time]) => time > to);
  return points.slice(Math.max(0, first - 1), after === -1 ? undefined : after + 1);
}
