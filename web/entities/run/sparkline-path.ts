/** A small picture of losses as an SVG path: the lowest at the bottom, the first on the left. Pure. */
import { t } from "../../lib/words/t.ts";

export interface Spark {
  readonly path: string;
  /** Of the newest value. */
  readonly end: { readonly x: number; readonly y: number };
}

/** Leaves a pixel for the line's width. Null without values. */
export function sparkOf(values: readonly number[], width: number, height: number): Spark | null {
  const known = values.filter(Number.isFinite);
  if (known.length === 0) return null;
  // Losses fall by orders of magnitude: on a plain scale all but the first epochs would be one flat line.
  const drawn = known.every((value) => value > 0) ? known.map(Math.log) : known;
  const [low, high] = [Math.min(...drawn), Math.max(...drawn)];
  const x = (at: number) =>
    round(drawn.length === 1 ? width / 2 : 1 + (at * (width - 2)) / (drawn.length - 1));
  const y = (value: number) =>
    round(high === low ? height / 2 : 1 + ((high - value) * (height - 2)) / (high - low));
  const points = drawn.map((value, at) => ({ x: x(at), y: y(value) }));
  const end = points.at(-1)!;
  return { path: `M${points.map((point) => `${point.x} ${point.y}`).join("L")}`, end };
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** For those who do not see it. */
export function sparkWords(values: readonly number[]): string {
  const known = values.filter(Number.isFinite);
  if (known.length === 0) return t("No losses yet");
  const show = (value: number) => Number(value.toPrecision(3)).toString();
  const shown = { first: show(known[0]!), last: show(known.at(-1)!), lowest: show(Math.min(...known)) };
  return t("Losses from {first} to {last}, the lowest shown {lowest}", shown);
}
