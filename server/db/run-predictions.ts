/** Predictions of runs: the targets of each split and step once, and beside them what each forecaster said. */
import type { RunStore } from "../ports/runs.ts";
import type { PrismaClient } from "./generated/client.ts";
import { isUuid } from "./run-row.ts";
import { shownAs } from "./run-scores.ts";
import { listOf } from "./sql-lists.ts";
import { clientOf } from "./transaction.ts";

export const runPredictionsOf = (
  prisma: PrismaClient,
): Pick<RunStore, "recordPredictions" | "dropPredictions" | "predictions"> => ({
  async recordPredictions(tx, runId, predictions) {
    for (const { split, step, time, actual, predicted, naive } of predictions) {
      await clientOf(tx).$executeRaw`
        WITH target AS (
          INSERT INTO run_target (run_id, split, step, time, actual)
          VALUES (${runId}::uuid, ${split}::"Split", ${step},
                  ${listOf(time.map((at) => at.toISOString()))}::timestamptz[], ${listOf(actual)}::float8[])
          ON CONFLICT (run_id, split, fold, step) DO UPDATE SET time = excluded.time, actual = excluded.actual
        )
        INSERT INTO run_prediction (run_id, split, step, forecaster, predicted)
        VALUES (${runId}::uuid, ${split}::"Split", ${step}, ${shownAs.model}, ${listOf(predicted)}::float8[]),
               (${runId}::uuid, ${split}::"Split", ${step}, ${shownAs.naive}, ${listOf(naive)}::float8[])
        ON CONFLICT (run_id, split, fold, step, forecaster) DO UPDATE SET predicted = excluded.predicted`;
    }
  },

  async dropPredictions(tx, runId) {
    await clientOf(tx).runPrediction.deleteMany({ where: { runId } });
    await clientOf(tx).runTarget.deleteMany({ where: { runId } });
  },

  async predictions(runId, split, step) {
    if (!isUuid(runId)) return null;
    const where = { runId, split, step, fold: 0 };
    const [targets, said] = await Promise.all([
      // Large results are stored in portions; until the run has ended they are not the whole.
      prisma.runTarget.findFirst({ where: { ...where, run: { status: "SUCCEEDED" } } }),
      prisma.runPrediction.findMany({ where, select: { forecaster: true, predicted: true } }),
    ]);
    const by = (name: string) => said.find(({ forecaster }) => forecaster === name)?.predicted;
    const [predicted, naive] = [by(shownAs.model), by(shownAs.naive)];
    if (!targets || !predicted || !naive) return null;
    return { time: targets.time, actual: targets.actual, predicted, naive };
  },
});
