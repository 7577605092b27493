/** What training gives a run: epochs, scores and predictions. The other half of the run store. */

import type { SplitScores } from "../domain/results.ts";
import type { Epoch } from "../domain/run.ts";
import type { RunStore } from "../ports/runs.ts";
import type { PrismaClient } from "./generated/client.ts";
import { readScores } from "./json.ts";
import { isUuid } from "./run-row.ts";
import { clientOf } from "./transaction.ts";
import { type OnUnreadable, orUnreadable } from "./unreadable.ts";

type RunResults = Pick<
  RunStore,
  | "recordEpochs"
  | "recordScores"
  | "recordPredictions"
  | "dropPredictions"
  | "epochs"
  | "scores"
  | "predictions"
>;

/** Splits in the order of time, as every list of scores shows them. */
const splitOrder = { TRAIN: 0, VALIDATION: 1, TEST: 2 };

export const runResultsOf = (prisma: PrismaClient, onUnreadable: OnUnreadable): RunResults => ({
  async recordEpochs(tx, runId, epochs) {
    const column = (name: keyof Epoch) => listOf(epochs.map((epoch) => epoch[name]));
    // One statement for all of them, and Prisma 7.10 rounds the numbers of a list to 16 digits.
    await clientOf(tx).$executeRaw`
      INSERT INTO run_epoch (run_id, epoch, train_loss, validation_loss, duration_ms, samples_per_second)
      SELECT ${runId}::uuid, * FROM unnest(
        ${column("epoch")}::int[], ${column("trainLoss")}::float8[], ${column("validationLoss")}::float8[],
        ${column("durationMs")}::float8[], ${column("samplesPerSecond")}::float8[])
      ON CONFLICT (run_id, epoch) DO UPDATE SET
        train_loss = excluded.train_loss, validation_loss = excluded.validation_loss,
        duration_ms = excluded.duration_ms, samples_per_second = excluded.samples_per_second`;
  },

  async recordScores(tx, runId, scores) {
    const client = clientOf(tx);
    await client.runScore.deleteMany({ where: { runId } });
    await client.runScore.createMany({
      data: scores.map(({ model, naive, ...score }) => ({
        runId,
        ...score,
        model: { ...model },
        naive: { ...naive },
      })),
    });
  },

  async recordPredictions(tx, runId, predictions) {
    // Prisma 7.10 rounds the numbers of a list to 16 digits, so 0.1 + 0.2 would come back as 0.3.
    for (const { split, step, ...columns } of predictions) {
      await clientOf(tx).$executeRaw`
        INSERT INTO run_prediction (run_id, split, step, time, actual, predicted, naive)
        VALUES (${runId}::uuid, ${split}::"Split", ${step},
                ${listOf(columns.time.map((time) => time.toISOString()))}::timestamptz[],
                ${listOf(columns.actual)}::float8[],
                ${listOf(columns.predicted)}::float8[],
                ${listOf(columns.naive)}::float8[])
        ON CONFLICT (run_id, split, step) DO UPDATE SET
          time = excluded.time, actual = excluded.actual, predicted = excluded.predicted, naive = excluded.naive`;
    }
  },

  async dropPredictions(tx, runId) {
    await clientOf(tx).runPrediction.deleteMany({ where: { runId } });
  },

  async epochs(ids) {
    const rows = await prisma.runEpoch.findMany({
      where: { runId: { in: ids.filter(isUuid) } },
      orderBy: { epoch: "asc" },
    });
    return grouped(rows, ({ runId: _, ...epoch }): Epoch => epoch);
  },

  async scores(ids) {
    const rows = await prisma.runScore.findMany({ where: { runId: { in: ids.filter(isUuid) } } });
    rows.sort((a, b) => splitOrder[a.split] - splitOrder[b.split]);
    const scores = rows.flatMap(({ model, naive, ...row }) => {
      const read = () => ({ ...row, model: readScores(model), naive: readScores(naive) });
      return orUnreadable(`${row.split} scores of run ${row.runId}`, read, onUnreadable) ?? [];
    });
    return grouped(scores, ({ runId: _, ...score }): SplitScores => score);
  },

  async predictions(runId, split, step) {
    if (!isUuid(runId)) return null;
    return prisma.runPrediction.findFirst({
      // Large results are stored in portions; until the run has ended they are not the whole.
      where: { runId, split, step, run: { status: "SUCCEEDED" } },
      select: { time: true, actual: true, predicted: true, naive: true },
    });
  },
});

/** An array as PostgreSQL reads it from text, for values that need no quotes. */
const listOf = (values: readonly (number | string | null)[]): string =>
  `{${values.map((value) => value ?? "NULL").join(",")}}`;

function grouped<Row extends { runId: string }, T>(rows: Row[], of: (row: Row) => T): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(row.runId);
    if (group) group.push(of(row));
    else groups.set(row.runId, [of(row)]);
  }
  return groups;
}
