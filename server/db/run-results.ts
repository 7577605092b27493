/** What training gives a run: epochs, scores and predictions. The other half of the run store. */
import type { Epoch } from "../domain/run.ts";
import type { RunStore } from "../ports/runs.ts";
import type { PrismaClient } from "./generated/client.ts";
import { grouped } from "./grouped.ts";
import { runCoverageOf } from "./run-coverage.ts";
import { runPredictionsOf } from "./run-predictions.ts";
import { isUuid } from "./run-row.ts";
import { runScoresOf } from "./run-scores.ts";
import { listOf } from "./sql-lists.ts";
import { trainedModelsOf } from "./trained-models.ts";
import { clientOf } from "./transaction.ts";

type RunResults = Pick<
  RunStore,
  | "recordEpochs"
  | "recordScores"
  | "addScores"
  | "recordCoverage"
  | "recordModel"
  | "recordPredictions"
  | "addPredictions"
  | "dropPredictions"
  | "epochs"
  | "lossCurves"
  | "scores"
  | "stepScores"
  | "forecasterScores"
  | "testUses"
  | "coverage"
  | "model"
  | "predictions"
>;

export const runResultsOf = (prisma: PrismaClient): RunResults => ({
  async recordEpochs(tx, runId, epochs) {
    const column = (name: keyof Epoch) => listOf(epochs.map((epoch) => epoch[name]));
    // One statement for all of them.
    await clientOf(tx).$executeRaw`
      INSERT INTO run_epoch (run_id, epoch, train_loss, validation_loss, duration_ms, samples_per_second)
      SELECT ${runId}::uuid, * FROM unnest(
        ${column("epoch")}::int[], ${column("trainLoss")}::float8[], ${column("validationLoss")}::float8[],
        ${column("durationMs")}::float8[], ${column("samplesPerSecond")}::float8[])
      ON CONFLICT (run_id, epoch) DO UPDATE SET
        train_loss = excluded.train_loss, validation_loss = excluded.validation_loss,
        duration_ms = excluded.duration_ms, samples_per_second = excluded.samples_per_second`;
  },

  async epochs(ids) {
    const rows = await prisma.runEpoch.findMany({
      where: { runId: { in: ids.filter(isUuid) } },
      orderBy: { epoch: "asc" },
    });
    return grouped(rows, ({ runId: _, ...epoch }): Epoch => epoch);
  },

  async lossCurves(ids, points) {
    const rows = await prisma.$queryRaw<{ runId: string; loss: number }[]>`
      SELECT run.id::text AS "runId", coalesce(e.validation_loss, e.train_loss) AS loss
      FROM run CROSS JOIN LATERAL generate_series(1, least(${points}::int, run.epoch)) AS k
      JOIN run_epoch e ON e.run_id = run.id
        AND e.epoch = ceil(k::float8 * run.epoch / least(${points}::int, run.epoch))::int
      WHERE run.id = ANY(${ids.filter(isUuid)}::uuid[])
      ORDER BY run.id, e.epoch`;
    return grouped(rows, ({ loss }) => loss);
  },
  ...runScoresOf(prisma),
  ...runCoverageOf(prisma),
  ...trainedModelsOf(prisma),
  ...runPredictionsOf(prisma),
});
