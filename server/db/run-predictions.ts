/** Predictions of runs: the targets of each split and step once, and beside them what each forecaster said. */
import { forecasterKey } from "../domain/forecaster.ts";
import type { IntervalColumns, OtherPredictions } from "../domain/results.ts";
import { shownAs } from "../domain/shown-scores.ts";
import type { RunStore } from "../ports/runs.ts";
import type { Transaction } from "../ports/transaction.ts";
import type { PrismaClient } from "./generated/client.ts";
import { isUuid } from "./run-row.ts";
import { listOf } from "./sql-lists.ts";
import { clientOf } from "./transaction.ts";

export const runPredictionsOf = (
  prisma: PrismaClient,
): Pick<RunStore, "recordPredictions" | "addPredictions" | "dropPredictions" | "predictions"> => ({
  async recordPredictions(tx, runId, predictions) {
    for (const { split, step, time, actual, predicted, naive, others = [], intervals = [] } of predictions) {
      await clientOf(tx).$executeRaw`
        WITH target AS (
          INSERT INTO run_target (run_id, split, step, time, actual)
          VALUES (${runId}::uuid, ${split}::"Split", ${step},
                  ${listOf(time.map((at) => at.toISOString()))}::timestamptz[], ${listOf(actual)}::float8[])
          ON CONFLICT (run_id, split, fold, step) DO UPDATE SET time = excluded.time, actual = excluded.actual
        )
        INSERT INTO run_prediction (run_id, split, step, forecaster, predicted, lower, upper, lower_80, upper_80)
        VALUES (${runId}::uuid, ${split}::"Split", ${step}, ${shownAs.model}, ${listOf(predicted)}::float8[],
                ${boundOf(intervals, 0.95, "lower")}::float8[], ${boundOf(intervals, 0.95, "upper")}::float8[],
                ${boundOf(intervals, 0.8, "lower")}::float8[], ${boundOf(intervals, 0.8, "upper")}::float8[]),
               (${runId}::uuid, ${split}::"Split", ${step}, ${shownAs.naive}, ${listOf(naive)}::float8[], '{}', '{}', '{}', '{}')
        ON CONFLICT (run_id, split, fold, step, forecaster) DO UPDATE SET predicted = excluded.predicted,
          lower = excluded.lower, upper = excluded.upper, lower_80 = excluded.lower_80, upper_80 = excluded.upper_80`;
      for (const other of others) await recordOther(tx, { runId, split, step }, other);
    }
  },

  addPredictions: (tx, runId, of, other) => recordOther(tx, { runId, ...of }, other),

  async dropPredictions(tx, runId) {
    await clientOf(tx).runPrediction.deleteMany({ where: { runId } });
    await clientOf(tx).runTarget.deleteMany({ where: { runId } });
  },

  async predictions(
    runId,
    split,
    step,
    forecaster = { forecaster: shownAs.model, name: null },
    level = 0.95,
  ) {
    if (!isUuid(runId)) return null;
    const asked = forecasterKey(forecaster);
    const where = { runId, split, step, fold: 0 };
    const [targets, said] = await Promise.all([
      // A large result is stored in portions, so it is complete only once the run has ended.
      prisma.runTarget.findFirst({ where: { ...where, run: { status: "SUCCEEDED" } } }),
      prisma.runPrediction.findMany({ where: { ...where, forecaster: { in: [asked, shownAs.naive] } } }),
    ]);
    const by = (name: string) => said.find(({ forecaster }) => forecaster === name);
    const [found, naive] = [by(asked), by(shownAs.naive)?.predicted];
    if (!targets || !found || !naive) return null;
    const { predicted, lower, upper, lower80, upper80 } = found;
    const bounds = level === 0.8 ? { lower: lower80, upper: upper80 } : { lower, upper };
    return { time: targets.time, actual: targets.actual, predicted, naive, ...bounds };
  },
});

/** What another forecaster says of targets that are stored already. */
async function recordOther(
  tx: Transaction,
  { runId, split, step }: { runId: string; split: string; step: number },
  { forecaster, name, predicted, lower = [], upper = [] }: OtherPredictions,
): Promise<void> {
  await clientOf(tx).$executeRaw`
    INSERT INTO run_prediction (run_id, split, step, forecaster, predicted, lower, upper)
    VALUES (${runId}::uuid, ${split}::"Split", ${step}, ${forecasterKey({ forecaster, name })},
            ${listOf(predicted)}::float8[], ${listOf(lower)}::float8[], ${listOf(upper)}::float8[])
    ON CONFLICT (run_id, split, fold, step, forecaster) DO UPDATE SET
      predicted = excluded.predicted, lower = excluded.lower, upper = excluded.upper`;
}

const boundOf = (intervals: readonly IntervalColumns[], level: number, end: "lower" | "upper") =>
  listOf(Array.from(intervals.find((one) => one.level === level)?.[end] ?? []));
