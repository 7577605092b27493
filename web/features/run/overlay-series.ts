/** From the splits' predictions to the lines of the overlay, and to where each split lies. Pure. */
import type { PredictionsQuery } from "../../graphql/generated/graphql.ts";
import type { TimeRange } from "../../lib/time-range.ts";

export type Predictions = NonNullable<PredictionsQuery["run"]>;
export type Columns = Predictions["test"];
export type OverlayView = "whole" | "test";

export interface OverlayLine {
  readonly name: string;
  /** [time in milliseconds, price] */
  readonly data: [time: number, price: number][];
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
      splits.flatMap((split) =>
        split.time.map((time, i): [number, number] => [Date.parse(time), split[column][i] ?? Number.NaN]),
      ),
      inView,
    ),
  });
  const lines = [line("Real price", "actual"), line("Predicted", "predicted")];
  return hasNaive ? [...lines, line("Naive forecast", "naive")] : lines;
}

/** One point beyond each edge keeps the line going to the border of the chart. */
function within(points: [number, number][], { from, to }: TimeRange): [number, number][] {
  const first = points.findIndex(([time]) => time >= from);
  const after = points.findIndex(([time]) => time > to);
  return points.slice(Math.max(0, first - 1), after === -1 ? undefined : after + 1);
}
