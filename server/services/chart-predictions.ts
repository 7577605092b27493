/** A split's predictions for a chart: no more points than it can show, each one a stored prediction. */
import { InvalidInput } from "../domain/errors.ts";
import type { PredictionColumns } from "../domain/results.ts";
import { thinIndices } from "../domain/thin.ts";
import type { RunStore } from "../ports/runs.ts";
import type { Services } from "./services.ts";

const none: PredictionColumns = { time: [], actual: [], predicted: [], naive: [] };

const fewestPoints = 2;

/** @throws InvalidInput */
export const chartPredictions =
  ({ runs }: { readonly runs: Pick<RunStore, "predictions"> }): Services["chartPredictions"] =>
  async ({ id, status, config: { horizon } }, split, step, maxPoints) => {
    if (!Number.isInteger(step) || step < 1 || step > horizon) {
      throw new InvalidInput(
        "step",
        `step must be a whole number from 1 to ${horizon} (the run's horizon), got ${step}`,
      );
    }
    if (!Number.isInteger(maxPoints) || maxPoints < fewestPoints) {
      throw new InvalidInput(
        "maxPoints",
        `maxPoints must be a whole number of at least ${fewestPoints}, got ${maxPoints}`,
      );
    }
    if (status !== "SUCCEEDED") return none;
    const columns = (await runs.predictions(id, split, step)) ?? none;
    if (columns.time.length <= maxPoints) return columns;
    // The naive forecast is the real price a few bars later: its extremes are theirs.
    const kept = [...thinIndices([columns.actual, columns.predicted], maxPoints)];
    const pick = <T>(column: readonly T[]): T[] => kept.map((index) => column[index]!);
    return {
      time: pick(columns.time),
      actual: pick(columns.actual),
      predicted: pick(columns.predicted),
      naive: pick(columns.naive),
    };
  };
