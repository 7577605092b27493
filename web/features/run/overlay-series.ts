/** From the splits' predictions to the lines of the overlay, and to where each split lies. Pure. */
import type { PredictionsQuery } from "../../graphql/generated/graphql.ts";
import type { TimeRange } from "../../lib/time-range.ts";

export type Predictions = NonNullable<PredictionsQuery["run"]>;
export type Columns = Predictions["test"];
export type OverlayView = "whole" | "test";

type Point = [time: number, price: number | null];

export interface OverlayLine {
  readonly name: string;
  /** [time in milliseconds, price]; null breaks the line. */
  readonly data: Point[];
}

/** The splits in the order of time, without those that have no target. */
const splitsOf = ({ train, validation, test }: Predictions, view: OverlayView): Columns[] =>
  (view === "test" ? [test] : [train, validation, test]).filter(({ time }) => time.length > 0);

export function rangeOf({ time }: Pick<Columns, "time">): TimeRange | null {
  const [first, last] = [time[0], time.at(-1)];
  return first === undefined || last === undefined ? null : { from: Date.parse(first), to: Date.parse(last) };
}

/** From the first to the last prediction in view; null where there is none. */
export function wholeRange(predictions: Predictions, view: OverlayView): TimeRange | null {
  const ranges = splitsOf(predictions, view).flatMap((split) => rangeOf(split) ?? []);
  const [first, last] = [ranges[0], ranges.at(-1)];
  return first && last ? { from: first.from, to: last.to } : null;
}

/** Real and predicted price, and the naive forecast where asked for, of what is in view and one point beyond. */
export function overlayLines(
  predictions: Predictions,
  view: OverlayView,
  inView: TimeRange,
  hasNaive: boolean,
): OverlayLine[] {
  const splits = splitsOf(predictions, view);
  const line = (name: string, column: "actual" | "predicted" | "naive"): OverlayLine => ({
    name,
    data: within(
      joined(
        splits.map((split) =>
          split.time.map((time, i): Point => [Date.parse(time), split[column][i] ?? null]),
        ),
      ),
      inView,
    ),
  });
  const lines = [line("Real price", "actual"), line("Predicted", "predicted")];
  return hasNaive ? [...lines, line("Naive forecast", "naive")] : lines;
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
