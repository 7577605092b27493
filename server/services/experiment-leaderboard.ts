/** One line a forecaster over all runs of an experiment: mean, spread and, of several seeds, what their mean forecast is worth. */
import type { GroupScores } from "../domain/experiment.ts";
import { forecasterKey, forecasterOf } from "../domain/forecaster.ts";
import type { BoundedPredictions, ForecasterScores } from "../domain/results.ts";
import type { Split } from "../domain/run.ts";
import { skill } from "../forecasting/statistics/errors.ts";
import type { ExperimentStore } from "../ports/experiments.ts";
import type { Run, RunStore } from "../ports/runs.ts";
import { recipeFields } from "../recipe/catalogue.ts";
import { valueText } from "../recipe/sweep.ts";
import type { Services } from "./services.ts";

interface Ports {
  readonly experiments: Pick<ExperimentStore, "runsOf">;
  readonly runs: Pick<RunStore, "forecasterScores" | "findMany" | "predictions">;
}

export const experimentLeaderboard =
  ({ experiments, runs }: Ports): Services["experimentLeaderboard"] =>
  async ({ id, plan }, split) => {
    const members = (await experiments.runsOf(id)).filter(({ status }) => status === "SUCCEEDED");
    const ids = members.map((run) => run.id);
    const scores = await runs.forecasterScores(ids);
    const found = plan === "WALK_FORWARD" ? [] : await runs.findMany(ids);
    const variantOf = plan === "SWEEP" ? variants(found) : new Map<string, string>();
    const scored = ids.flatMap((runId) =>
      (scores.get(runId) ?? []).map((row) =>
        row.forecaster === "GRU" ? { ...row, name: variantOf.get(runId) || row.name } : row,
      ),
    );
    const rows = groups(scored.filter((row) => row.split === split && row.step === null));
    const together = plan === "SEEDS" && ids.length > 1 ? await ensemble(runs, found, split) : null;
    return [...rows, ...(together ? [together] : [])].sort((a, b) => a.maeMean - b.maeMean);
  };

/** What each network of a sweep has of its own, besides its seed: those of several seeds stand in one row. */
function variants(members: readonly Run[]): Map<string, string> {
  const varying = recipeFields.filter(
    ({ name }) =>
      name !== "seed" && new Set(members.map(({ config }) => JSON.stringify(config[name]))).size > 1,
  );
  return new Map(
    members.map(({ id, config }) => [
      id,
      varying.map(({ name, field }) => `${field.label.toLowerCase()} ${valueText(config[name])}`).join(", "),
    ]),
  );
}

function groups(rows: readonly ForecasterScores[]): GroupScores[] {
  const byForecaster = new Map<string, ForecasterScores[]>();
  for (const row of rows) {
    const key = forecasterKey(row);
    byForecaster.set(key, [...(byForecaster.get(key) ?? []), row]);
  }
  return [...byForecaster].map(([key, own]) => {
    const [mae, skill] = [spread(own.map((row) => row.mae)), spread(own.map((row) => row.skill))];
    return {
      ...forecasterOf(key)!,
      count: own.length,
      maeMean: mae.mean,
      maeDeviation: mae.deviation,
      skillMean: skill.mean,
      skillDeviation: skill.deviation,
    };
  });
}

function spread(values: readonly number[]): { mean: number; deviation: number | null } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : null };
}

/** The mean of all networks' predictions is a forecaster of its own: it often errs less than most of them. */
async function ensemble(
  runs: Pick<RunStore, "predictions">,
  members: readonly Run[],
  split: Split,
): Promise<GroupScores | null> {
  const horizon = Math.min(...members.map(({ config }) => config.horizon));
  let [error, naiveError, count] = [0, 0, 0];
  for (let step = 1; step <= horizon; step++) {
    const all: BoundedPredictions[] = [];
    for (const { id } of members) {
      const columns = await runs.predictions(id, split, step);
      if (columns) all.push(columns);
    }
    const [first] = all;
    // After an import between two starts their targets differ, and a mean would be of different bars.
    if (!first || all.some(({ actual }) => actual.length !== first.actual.length)) return null;
    first.actual.forEach((actual, at) => {
      const mean = all.reduce((sum, { predicted }) => sum + predicted[at]!, 0) / all.length;
      error += Math.abs(mean - actual);
      naiveError += Math.abs(first.naive[at]! - actual);
      count++;
    });
  }
  if (count === 0) return null;
  return {
    ...{ forecaster: "ENSEMBLE", name: null, count: members.length },
    ...{
      maeMean: error / count,
      maeDeviation: null,
      skillMean: skill(error, naiveError),
      skillDeviation: null,
    },
  };
}
