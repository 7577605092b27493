/** The bars that a run uses: the series without those that its configuration leaves out at either end. */
import { InvalidInput } from "../domain/errors.ts";
import { type BarTable, barsBetween } from "../domain/price-series.ts";
import type { SeriesFacts } from "./series-facts.ts";
import type { TrainingConfig } from "./training-config.ts";

type Ends = Pick<TrainingConfig, "skipFirstBars" | "skipLastBars">;

/** @throws InvalidInput where nothing is left */
export function usedBarCount(barCount: number, { skipFirstBars, skipLastBars }: Ends): number {
  const left = barCount - skipFirstBars - skipLastBars;
  if (left > 0 || (skipFirstBars === 0 && skipLastBars === 0)) return Math.max(left, 0);
  const field = skipFirstBars >= skipLastBars ? "skipFirstBars" : "skipLastBars";
  throw new InvalidInput(
    field,
    `skipFirstBars and skipLastBars must leave some of the series' ${barCount} bars, got ${skipFirstBars} and ${skipLastBars}`,
  );
}

export const usedBars = (bars: BarTable, { skipFirstBars, skipLastBars }: Ends): BarTable =>
  barsBetween(bars, skipFirstBars, bars.time.length - skipLastBars);

/** Values that are missing are those of the whole series: only its chunks are known. */
export function usedFacts(series: SeriesFacts, config: Ends): SeriesFacts {
  const { skipFirstBars: first } = config;
  return {
    ...series,
    barCount: usedBarCount(series.barCount, config),
    news: (field, seenTo, from, to) => series.news(field, seenTo + first, from + first, to + first),
  };
}
