/** The bars of a series for a chart: as many as it can show, no extreme lost. */
import { pickBars } from "../domain/bar-table.ts";
import { InvalidInput } from "../domain/errors.ts";
import { thinIndices } from "../domain/thin.ts";
import type { PriceSeriesStore } from "../ports/series.ts";
import { inTurn } from "./in-turn.ts";
import type { Services } from "./services.ts";

export interface ChartBarsPorts {
  readonly priceSeries: Pick<PriceSeriesStore, "chartColumns">;
}

const fewestPoints = 2;
const mostPoints = 100_000;

/** Each holds up all other requests for a moment; side by side they would hold them up for their sum. */
const oneAtATime = inTurn();

/**
 * Lowest low, highest high and the extremes of the other columns stay as long as there is room for them.
 * @throws InvalidInput when maxPoints or the range is none.
 */
export const chartBars =
  ({ priceSeries }: ChartBarsPorts): Services["chartBars"] =>
  async (of, range, maxPoints) => {
    if (!Number.isInteger(maxPoints) || maxPoints < fewestPoints || maxPoints > mostPoints) {
      throw new InvalidInput(
        "maxPoints",
        `maxPoints must be a whole number from ${fewestPoints} to ${mostPoints}, got ${maxPoints}`,
      );
    }
    if (range.from && range.to && range.from > range.to) {
      throw new InvalidInput(
        "from",
        `from must not be after to, got ${range.from.toISOString()} and ${range.to.toISOString()}`,
      );
    }
    return oneAtATime(async () => {
      const bars = await priceSeries.chartColumns(of, range, maxPoints);
      const { low, high, close, open, volume } = bars;
      const shown = thinIndices([low, high, close, open, volume], maxPoints);
      return shown.length === bars.time.length ? bars : pickBars(bars, shown);
    });
  };
