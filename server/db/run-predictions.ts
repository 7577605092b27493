/** Predictions of runs: the targets of each split and step once, and beside them what each forecaster said. */
import { forecasterKey } from "../domain/forecaster.ts";
import type { IntervalColumns, OtherPredictions } from "../domain/results.ts";
import { shownAs } from "../domain/shown-scores.ts";
import type { RunStore } from "../ports/runs.ts";
import type { Transaction } from "../ports/transaction.ts";
import type { PrismaClient } from "./generated/client.ts";
import { isUuid } from "./run-row.ts";
import { sentNumbers, sentTimes } from "./sent-arrays.ts";
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
    { from = null, to = null } = {},
  ) {
    if (!isUuid(runId)) return null;
    // A large result is stored in portions, so it is complete only once the run has ended.
    const [row] = await prisma.$queryRaw<SentRow[]>`
      SELECT array_send(target.time[first:last]) AS time, array_send(target.actual[first:last]) AS actual,
             array_send(said.predicted[first:last]) AS predicted, array_send(naive.predicted[first:last]) AS naive,
             array_send(said.lower[first:last]) AS lower, array_send(said.upper[first:last]) AS upper,
             array_send(said.lower_80[first:last]) AS "lower80", array_send(said.upper_80[first:last]) AS "upper80"
      FROM run_target target
      JOIN run ON run.id = target.run_id AND run.status = 'SUCCEEDED'
      JOIN run_prediction said USING (run_id, split, fold, step)
      JOIN run_prediction naive USING (run_id, split, fold, step)
      CROSS JOIN LATERAL (
        SELECT (count(*) FILTER (WHERE at < ${from ?? longAgo}) + 1)::int AS first,
               (count(*) FILTER (WHERE at <= ${to ?? farAhead}))::int AS last FROM unnest(target.time) AS at
      ) AS range
      WHERE target.run_id = ${runId}::uuid AND target.split = ${split}::"Split" AND target.step = ${step}
        AND target.fold = 0 AND said.forecaster = ${forecasterKey(forecaster)} AND naive.forecaster = ${shownAs.naive}`;
    if (!row) return null;
    const isNarrow = level === 0.8;
    return {
      time: sentTimes(row.time),
      actual: sentNumbers(row.actual),
      predicted: sentNumbers(row.predicted),
      naive: sentNumbers(row.naive),
      lower: sentNumbers(isNarrow ? row.lower80 : row.lower),
      upper: sentNumbers(isNarrow ? row.upper80 : row.upper),
    };
  },
});

type SentRow = Readonly<
  Record<"time" | "actual" | "predicted" | "naive" | "lower" | "upper" | "lower80" | "upper80", Uint8Array>
>;
const longAgo = new Date("0001-01-01T00:00:00Z");
const farAhead = new Date("9999-12-31T23:59:59Z");

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
