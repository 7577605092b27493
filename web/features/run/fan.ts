/** A forecast as a fan: what was, what is predicted, and the interval that should hold it. Pure. */
import type { Forecast } from "./forecast.ts";

export const [width, height] = [640, 200];

export interface Fan {
  readonly real: string;
  /** From the last real value on. */
  readonly predicted: string;
  /** The interval's area, where there is one; empty where none is known. */
  readonly band: string;
  /** Where the forecast begins, 0..1 of the width. */
  readonly now: number;
  readonly lowest: number;
  readonly highest: number;
}

type Drawn = Pick<Forecast, "recent" | "predicted" | "lower" | "upper">;

/** @returns null where nothing is known to begin with */
export function fanOf({ recent, predicted, lower, upper }: Drawn): Fan | null {
  const last = recent.at(-1);
  if (last === undefined || predicted.length === 0) return null;
  const ends = [...lower, ...upper].filter((value) => value !== null);
  const values = [...recent, ...predicted, ...ends];
  const [lowest, highest] = [Math.min(...values), Math.max(...values)];
  const places = recent.length + predicted.length - 1;
  const x = (place: number) => (place / Math.max(1, places)) * width;
  const y = (value: number) =>
    highest === lowest ? height / 2 : height - ((value - lowest) / (highest - lowest)) * height;
  const point = (place: number, value: number) => `${x(place).toFixed(1)} ${y(value).toFixed(1)}`;
  const line = (points: readonly string[]) => (points.length === 0 ? "" : `M${points.join("L")}`);
  const begin = recent.length - 1;
  const bounded = predicted.flatMap((_, at) => {
    const [low, high] = [lower[at] ?? null, upper[at] ?? null];
    return low === null || high === null ? [] : [{ place: begin + 1 + at, low, high }];
  });
  return {
    real: line(recent.map((value, place) => point(place, value))),
    predicted: line([point(begin, last), ...predicted.map((value, at) => point(begin + 1 + at, value))]),
    band:
      bounded.length === 0
        ? ""
        : `${line([
            point(begin, last),
            ...bounded.map(({ place, high }) => point(place, high)),
            ...bounded.toReversed().map(({ place, low }) => point(place, low)),
          ])}Z`,
    now: begin / Math.max(1, places),
    lowest,
    highest,
  };
}
