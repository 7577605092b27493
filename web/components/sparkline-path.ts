/** The line of a sparkline as an SVG path: the lowest at the bottom, the first on the left. Pure. */

export interface SparklinePath {
  readonly path: string;
  /** Of the newest value. */
  readonly end: { readonly x: number; readonly y: number };
}

/** Leaves a pixel for the line's width. Null without values. */
export function sparklinePath(
  values: readonly number[],
  width: number,
  height: number,
): SparklinePath | null {
  if (values.length === 0) return null;
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const x = (at: number) =>
    round(values.length === 1 ? width / 2 : 1 + (at * (width - 2)) / (values.length - 1));
  const y = (value: number) =>
    round(high === low ? height / 2 : 1 + ((high - value) * (height - 2)) / (high - low));
  const points = values.map((value, at) => ({ x: x(at), y: y(value) }));
  return { path: `M${points.map((point) => `${point.x} ${point.y}`).join("L")}`, end: points.at(-1)! };
}

const round = (value: number): number => Math.round(value * 10) / 10;
