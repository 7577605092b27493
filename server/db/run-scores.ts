/** Scores of runs: a row for each forecaster, split and step. What the API calls model and naive are two of them. */
import type { Forecaster, Scores, SplitScores, StepScores } from "../domain/results.ts";
import type { RunStore } from "../ports/runs.ts";
import type { PrismaClient } from "./generated/client.ts";
import type { RunScoreModel } from "./generated/models/RunScore.ts";
import { grouped } from "./grouped.ts";
import { isUuid } from "./run-row.ts";
import { listOf } from "./sql-lists.ts";
import { clientOf } from "./transaction.ts";

/** Which of a run's forecasters stand for its model and for the naive forecast. */
export const shownAs = { model: "GRU", naive: "LAST_VALUE" } as const satisfies Record<string, Forecaster>;

/** Splits in the order of time, as every list of scores shows them. */
const splitOrder = { TRAIN: 0, VALIDATION: 1, TEST: 2 };
/** The step of the row that scores all of them together. */
const allSteps = 0;
/** The run's own cut; there are no others yet. */
const ownCut = 0;

export const runScoresOf = (
  prisma: PrismaClient,
): Pick<RunStore, "recordScores" | "scores" | "stepScores"> => {
  const find = async (ids: readonly string[], step: number | { gt: number }) => {
    const rows = await prisma.runScore.findMany({
      where: { runId: { in: ids.filter(isUuid) }, fold: ownCut, step },
    });
    return grouped(asShown(rows), ({ runId: _, ...scores }): StepScores => scores);
  };
  return {
    async recordScores(tx, runId, scores, stepScores) {
      const client = clientOf(tx);
      await client.runScore.deleteMany({ where: { runId } });
      const rows = [...scores.map((all) => ({ ...all, step: allSteps })), ...stepScores].flatMap(rowsOf);
      const column = (name: keyof Row) => listOf(rows.map((row) => row[name]));
      await client.$executeRaw`
        INSERT INTO run_score
          (run_id, split, step, forecaster, count, mae, rmse, mape, mase, directional_accuracy, skill)
        SELECT ${runId}::uuid, split::"Split", step, forecaster, count, mae, rmse, mape, mase, accuracy, skill
        FROM unnest(
          ${column("split")}::text[], ${column("step")}::int[], ${column("forecaster")}::text[],
          ${column("count")}::int[], ${column("mae")}::float8[], ${column("rmse")}::float8[],
          ${column("mape")}::float8[], ${column("mase")}::float8[], ${column("directionalAccuracy")}::float8[],
          ${column("skill")}::float8[]
        ) AS score (split, step, forecaster, count, mae, rmse, mape, mase, accuracy, skill)`;
    },

    async scores(ids) {
      const found = await find(ids, allSteps);
      return new Map(
        [...found].map(([id, all]) => [id, all.map(({ step: _, ...scores }): SplitScores => scores)]),
      );
    },
    stepScores: (ids) => find(ids, { gt: allSteps }),
  };
};

type Row = Scores &
  Pick<StepScores, "split" | "step" | "count"> & { forecaster: Forecaster; skill: number | null };

const rowsOf = ({ split, step, count, model, naive, skill }: StepScores): Row[] => [
  { split, step, count, forecaster: shownAs.model, ...model, skill },
  { split, step, count, forecaster: shownAs.naive, ...naive, skill: null },
];

/** The rows of model and naive forecast side by side, by split, then by step. Other forecasters are not shown yet. */
function asShown(rows: readonly RunScoreModel[]): (StepScores & { runId: string })[] {
  const keyOf = ({ runId, split, step }: RunScoreModel) => `${runId} ${split} ${step}`;
  const naive = new Map(
    rows.filter(({ forecaster }) => forecaster === shownAs.naive).map((row) => [keyOf(row), row]),
  );
  return rows
    .flatMap((row) => {
      const beside = naive.get(keyOf(row));
      if (row.forecaster !== shownAs.model || row.skill === null || !beside) return [];
      const { runId, split, step, count, skill } = row;
      return [{ runId, split, step, count, model: scoresOf(row), naive: scoresOf(beside), skill }];
    })
    .sort((a, b) => splitOrder[a.split] - splitOrder[b.split] || a.step - b.step);
}

const scoresOf = ({ mae, rmse, mape, mase, directionalAccuracy }: RunScoreModel): Scores => ({
  mae,
  rmse,
  mape,
  mase,
  directionalAccuracy,
});
