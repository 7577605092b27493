/** Scores of runs: a row for each forecaster, split and step. What the API calls model and naive are two of them. */
import { forecasterKey, forecasterOf } from "../domain/forecaster.ts";
import type { ForecasterScores } from "../domain/results.ts";
import { type ShownScores, shownAs, shownScores } from "../domain/shown-scores.ts";
import type { RunStore } from "../ports/runs.ts";
import type { Prisma, PrismaClient } from "./generated/client.ts";
import type { RunScoreModel } from "./generated/models/RunScore.ts";
import { grouped } from "./grouped.ts";
import { isUuid } from "./run-row.ts";
import { listOf } from "./sql-lists.ts";
import { clientOf } from "./transaction.ts";

/** The step of the row that scores all of them together. */
const allSteps = 0;
/** The run's own cut; there are no others yet. */
const ownCut = 0;

export const runScoresOf = (
  prisma: PrismaClient,
): Pick<
  RunStore,
  "recordScores" | "addScores" | "scores" | "stepScores" | "forecasterScores" | "testUses"
> => {
  const find = async (ids: readonly string[], where: Prisma.RunScoreWhereInput) => {
    const rows = await prisma.runScore.findMany({ where: { runId: { in: ids.filter(isUuid) }, ...where } });
    const known = rows.flatMap((row) => {
      const scores = forecasterScoresOf(row);
      return scores ? [{ runId: row.runId, scores }] : [];
    });
    return grouped(known, ({ scores }) => scores);
  };
  const findShown = async <Part extends keyof ShownScores>(
    ids: readonly string[],
    step: number | { gt: number },
    part: Part,
  ): Promise<Map<string, ShownScores[Part]>> => {
    const forecaster = { in: Object.values(shownAs) };
    const found = await find(ids, { fold: ownCut, step, forecaster });
    return new Map([...found].map(([id, rows]) => [id, shownScores(rows)[part]]));
  };
  const addScores: RunStore["addScores"] = async (tx, runId, scores) => {
    const rows = scores.map(rowOf);
    const column = (name: keyof Row) => listOf(rows.map((row) => row[name]));
    await clientOf(tx).$executeRaw`
      INSERT INTO run_score
        (run_id, split, fold, step, forecaster, count, mae, rmse, mape, mase, directional_accuracy, skill,
         smape, rmsse, r2, qlike, share_of_ups, direction_p_value, dm_statistic, dm_p_value, confidence_set_p_value)
      SELECT ${runId}::uuid, split::"Split", fold, step, forecaster, count, mae, rmse, mape, mase, accuracy, skill,
        smape, rmsse, r2, qlike, ups, direction_p, dm_statistic, dm_p, set_p
      FROM unnest(
        ${column("split")}::text[], ${column("fold")}::int[], ${column("step")}::int[],
        ${column("forecaster")}::text[], ${column("count")}::int[], ${column("mae")}::float8[],
        ${column("rmse")}::float8[], ${column("mape")}::float8[], ${column("mase")}::float8[],
        ${column("directionalAccuracy")}::float8[], ${column("skill")}::float8[], ${column("smape")}::float8[],
        ${column("rmsse")}::float8[], ${column("r2")}::float8[], ${column("qlike")}::float8[],
        ${column("shareOfUps")}::float8[], ${column("directionPValue")}::float8[],
        ${column("dmStatistic")}::float8[], ${column("dmPValue")}::float8[],
        ${column("confidenceSetPValue")}::float8[]
      ) AS score (split, fold, step, forecaster, count, mae, rmse, mape, mase, accuracy, skill,
                  smape, rmsse, r2, qlike, ups, direction_p, dm_statistic, dm_p, set_p)
      ON CONFLICT (run_id, split, fold, step, forecaster) DO UPDATE SET
        count = excluded.count, mae = excluded.mae, rmse = excluded.rmse, mape = excluded.mape,
        mase = excluded.mase, directional_accuracy = excluded.directional_accuracy, skill = excluded.skill,
        smape = excluded.smape, rmsse = excluded.rmsse, r2 = excluded.r2, qlike = excluded.qlike,
        share_of_ups = excluded.share_of_ups, direction_p_value = excluded.direction_p_value,
        dm_statistic = excluded.dm_statistic, dm_p_value = excluded.dm_p_value,
        confidence_set_p_value = excluded.confidence_set_p_value`;
  };
  return {
    addScores,
    async recordScores(tx, runId, scores) {
      await clientOf(tx).runScore.deleteMany({ where: { runId } });
      await addScores(tx, runId, scores);
    },

    scores: (ids) => findShown(ids, allSteps, "scores"),
    stepScores: (ids) => findShown(ids, { gt: allSteps }, "stepScores"),
    forecasterScores: (ids) => find(ids, {}),

    async testUses(ids) {
      // The bars [from, to) of a run's test, counted from the start of its series.
      const rows = await prisma.$queryRaw<{ id: string; uses: number }[]>`
        WITH test AS (
          SELECT run.id, run.series_id, to_bar - (config ->> 'testBars')::int AS from_bar, to_bar
          FROM run JOIN series_version version ON version.id = run.series_version_id
          CROSS JOIN LATERAL (
            SELECT version.bar_count - coalesce((config ->> 'skipLastBars')::int, 0) AS to_bar
          ) AS used
          WHERE status = 'SUCCEEDED' AND (config ->> 'testBars')::int > 0
            AND run.series_id IN (SELECT series_id FROM run WHERE id = ANY(${ids.filter(isUuid)}::uuid[]))
        )
        SELECT mine.id::text, count(*)::int AS uses
        FROM test AS mine JOIN test AS other ON other.series_id = mine.series_id
          AND other.from_bar < mine.to_bar AND mine.from_bar < other.to_bar
        WHERE mine.id = ANY(${ids.filter(isUuid)}::uuid[]) GROUP BY mine.id`;
      return new Map(rows.map(({ id, uses }) => [id, uses]));
    },
  };
};

type Row = ReturnType<typeof rowOf>;

const rowOf = ({ forecaster, name, step, dieboldMariano, ...scores }: ForecasterScores) => ({
  ...scores,
  step: step ?? allSteps,
  forecaster: forecasterKey({ forecaster, name }),
  dmStatistic: dieboldMariano?.statistic ?? null,
  dmPValue: dieboldMariano?.pValue ?? null,
});

function forecasterScoresOf(row: RunScoreModel): ForecasterScores | null {
  const named = forecasterOf(row.forecaster);
  if (!named) return null;
  const { runId: _, dmStatistic, dmPValue, step, skill, ...scores } = row;
  return {
    ...scores,
    ...named,
    step: step === allSteps ? null : step,
    skill: skill ?? 0,
    dieboldMariano:
      dmStatistic === null || dmPValue === null ? null : { statistic: dmStatistic, pValue: dmPValue },
  };
}
