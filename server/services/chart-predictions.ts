/** A split's predictions for a chart: no more points than it can show, each one a stored prediction. */
import { InvalidInput } from "../domain/errors.ts";
import type { NamedForecaster } from "../domain/forecaster.ts";
import type { BoundedPredictions } from "../domain/results.ts";
import { thinIndices } from "../domain/thin.ts";
import type { Run, RunStore } from "../ports/runs.ts";
import type { PriceSeriesStore } from "../ports/series.ts";
import { checkLevel } from "./check-level.ts";
import type { PredictionsAsked, Services } from "./services.ts";
import { targetUnit } from "./target-unit.ts";

interface Ports {
  readonly runs: Pick<RunStore, "predictions">;
  readonly series: Pick<PriceSeriesStore, "findVersions">;
}

const none: BoundedPredictions = { time: [], actual: [], predicted: [], naive: [], lower: [], upper: [] };
const network: NamedForecaster = { forecaster: "GRU", name: null };

const fewestPoints = 2;

/** @throws InvalidInput */
export const chartPredictions =
  ({ runs, series }: Ports): Services["chartPredictions"] =>
  async (run, asked) => {
    const { split, step, maxPoints, forecaster = network, level = 0.95, from = null, to = null } = asked;
    check(run, asked);
    if (run.status !== "SUCCEEDED") return none;
    const columns = (await runs.predictions(run.id, split, step, forecaster, level, { from, to })) ?? none;
    return inUnits(series, run, thinned(saidOf(columns), maxPoints));
  };

function check(
  { config: { horizon } }: Pick<Run, "config">,
  { step, maxPoints, level = 0.95, from, to }: PredictionsAsked,
): void {
  if (!Number.isInteger(step) || step < 1 || step > horizon)
    throw new InvalidInput(
      "step",
      `step must be a whole number from 1 to ${horizon} (the run's horizon), got ${step}`,
    );
  if (!Number.isInteger(maxPoints) || maxPoints < fewestPoints)
    throw new InvalidInput(
      "maxPoints",
      `maxPoints must be a whole number of at least ${fewestPoints}, got ${maxPoints}`,
    );
  if (from && to && from > to)
    throw new InvalidInput(
      "from",
      `from must not be after to, got ${from.toISOString()} and ${to.toISOString()}`,
    );
  checkLevel(level);
}

/** Without the targets of which an outside forecaster said nothing. */
function saidOf(columns: BoundedPredictions): BoundedPredictions {
  if (!columns.predicted.some(Number.isNaN)) return columns;
  return picked(
    columns,
    [...columns.predicted.keys()].filter((at) => !Number.isNaN(columns.predicted[at])),
  );
}

function thinned(columns: BoundedPredictions, maxPoints: number): BoundedPredictions {
  if (columns.time.length <= maxPoints) return columns;
  // The naive forecast is the real price a few bars later: its extremes are theirs.
  return picked(columns, [...thinIndices([columns.actual, columns.predicted], maxPoints)]);
}

function picked(columns: BoundedPredictions, kept: readonly number[]): BoundedPredictions {
  const pick = <T>(column: readonly T[]): T[] =>
    column.length > 0 ? kept.map((index) => column[index]!) : [];
  return {
    time: pick(columns.time),
    actual: pick(columns.actual),
    predicted: pick(columns.predicted),
    naive: pick(columns.naive),
    lower: pick(columns.lower),
    upper: pick(columns.upper),
  };
}

async function inUnits(
  series: Ports["series"],
  run: Pick<Run, "config" | "seriesVersionId">,
  columns: BoundedPredictions,
): Promise<BoundedPredictions> {
  const { told } = await targetUnit(series, run);
  return {
    time: columns.time,
    actual: columns.actual.map(told),
    predicted: columns.predicted.map(told),
    naive: columns.naive.map(told),
    lower: columns.lower.map(told),
    upper: columns.upper.map(told),
  };
}
