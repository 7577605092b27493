/** A forecast of the bars to come, with intervals that widen beyond the steps that were measured. */
import type { Outlook } from "./outlook/outlook.ts";

/** Columns of equal length, one entry a step, in the target's own unit. */
export interface ForecastColumns {
  readonly predicted: readonly number[];
  /** By level. NaN where there is no interval yet. */
  readonly bounds: ReadonlyMap<
    number,
    { readonly lower: readonly number[]; readonly upper: readonly number[] }
  >;
}

/**
 * Beyond the horizon no error was measured: half widths grow from the last step that was.
 * @param times of the bars to come, in ms
 * @param widening see `wideningOf`
 * @param least see `leastOf`
 */
export async function forecastAt(
  outlook: Outlook,
  times: readonly number[],
  widening: (step: number, horizon: number) => number,
  least = Number.NEGATIVE_INFINITY,
): Promise<ForecastColumns> {
  const predicted = await outlook.predict(times);
  const bounds = outlook.halfWidths.map(({ level, values }) => {
    const measured = values.length;
    const half = predicted.map((_, at) =>
      at < measured ? values[at]! : values[measured - 1]! * widening(at + 1, measured),
    );
    const lower = predicted.map((value, at) => Math.max(least, value - half[at]!));
    const upper = predicted.map((value, at) => Math.max(least, value + half[at]!));
    return [level, { lower, upper }] as const;
  });
  return { predicted, bounds: new Map(bounds) };
}
