/** Predictions beside what came, bar by bar: what the two panes draw, read and export. Pure. */
import type { ChartData } from "../../components/chart-frame/chart-data.ts";
import { listed } from "../../entities/run/listed.ts";
import type { Target } from "../../entities/run/target.ts";
import type { PredictionsQuery } from "../../graphql/generated/graphql.ts";
import { barTime } from "../../lib/format.ts";
import { holds, type TimeRange } from "../../lib/time-range.ts";
import { language } from "../../lib/words/language.ts";
import { t } from "../../lib/words/t.ts";

export type Columns = NonNullable<PredictionsQuery["run"]>["predictions"];

export interface TestPoint {
  /** Milliseconds since 1970 UTC. */
  readonly time: number;
  readonly actual: number;
  readonly predicted: number;
  readonly naive: number;
  /** Ends of the interval; null where there is none. */
  readonly lower: number | null;
  readonly upper: number | null;
}

export const pointsOf = ({ time, actual, predicted, naive, lower, upper }: Columns): TestPoint[] =>
  time.map((at, i) => ({
    time: Date.parse(at),
    actual: actual[i]!,
    predicted: predicted[i]!,
    naive: naive[i]!,
    lower: lower[i] ?? null,
    upper: upper[i] ?? null,
  }));

export const errorOf = ({ actual, predicted }: TestPoint): number => Math.abs(predicted - actual);
export const naiveErrorOf = ({ actual, naive }: TestPoint): number => Math.abs(naive - actual);

/** The mean of the errors up to each bar: it shows who is ahead where single errors are noise. */
export function meansSoFar(errors: readonly number[]): number[] {
  let sum = 0;
  return errors.map((error, i) => {
    sum += error;
    return sum / (i + 1);
  });
}

/** All bars of a piece in place of those that were chosen from it. */
export function withPiece(
  points: readonly TestPoint[],
  piece: readonly TestPoint[],
  { from, to }: TimeRange,
): readonly TestPoint[] {
  if (piece.length === 0) return points;
  return [...points.filter(({ time }) => time < from), ...piece, ...points.filter(({ time }) => time > to)];
}

/** In view with room on both sides, so that a small move needs nothing new. */
const withRoom = ({ from, to }: TimeRange): TimeRange => {
  const room = Math.ceil((to - from) / 2);
  return { from: from - room, to: to + room };
};

/** Fewer points than that look coarse on a wide screen. */
const enoughPoints = 600;

/**
 * The piece to fetch for a view, or null where what is there is enough.
 * @param known the piece that is there already, and whether it has every bar
 */
export function pieceFor(
  points: readonly TestPoint[],
  view: TimeRange,
  known: (TimeRange & { readonly isWhole: boolean }) | null,
): TimeRange | null {
  if (known?.isWhole && known.from <= view.from && known.to >= view.to) return null;
  const inView = points.filter(({ time }) => time >= view.from && time <= view.to).length;
  return inView >= enoughPoints ? null : withRoom(view);
}

/**
 * The piece to have for a view, or null for the chosen points alone: all bars of a piece beside chosen ones would make
 * some of what is in view wider than the rest.
 */
export function pieceOfView(
  chosen: readonly TestPoint[],
  drawn: readonly TestPoint[],
  view: TimeRange,
  known: (TimeRange & { readonly isWhole: boolean }) | null,
): TimeRange | null {
  const held = known && holds(known, view) ? known : null;
  return pieceFor(held ? drawn : chosen, view, known) ?? (held && { from: held.from, to: held.to });
}

export interface Words {
  readonly real: string;
  readonly predicted: string;
  readonly naive: string;
}

/** "24 Apr 2020: real price 2,836.7 USD, predicted 2,800.0 USD (off by 36.7 USD), last price …" */
export function pointInWords(
  point: TestPoint | undefined,
  target: Target,
  words: Words,
  timezone: string,
): string {
  if (!point) return t("There is no prediction.");
  const { time, actual, predicted, naive, lower, upper } = point;
  const off = (error: number) => t("off by {error}", { error: target.value(error) });
  const interval =
    lower === null || upper === null
      ? []
      : [t("interval {low} to {high}", { low: target.value(lower), high: target.value(upper) })];
  const told = (name: string, value: number, ...rest: readonly string[]) =>
    listed([
      t("{name} {value}", {
        name: language() === "zh" ? name : name.toLowerCase(),
        value: target.value(value),
      }),
      ...rest,
    ]);
  return t("{time}: {real}; {predicted}; {naive}.", {
    time: barTime(time, timezone),
    real: told(words.real, actual),
    predicted: told(words.predicted, predicted, off(errorOf(point)), ...interval),
    naive: told(words.naive, naive, off(naiveErrorOf(point))),
  });
}

export const testData = (points: readonly TestPoint[], words: Words): ChartData => ({
  columns: [
    ...[t("Time"), words.real, words.predicted, words.naive],
    ...[t("interval|Lower"), t("interval|Upper"), t("Error"), t("Naive error")],
  ],
  rows: points.map((point) => [
    new Date(point.time).toISOString(),
    ...[point.actual, point.predicted, point.naive, point.lower, point.upper],
    ...[errorOf(point), naiveErrorOf(point)],
  ]),
});
