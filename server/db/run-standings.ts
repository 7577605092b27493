/** What is said of many runs at once, counted by the database: see server/domain/standings.ts. */
import { forecasterKey } from "../domain/forecaster.ts";
import type { RunFigures, SeriesLeader } from "../domain/standings.ts";
import type { RunStore } from "../ports/runs.ts";
import { Prisma, type PrismaClient } from "./generated/client.ts";

const network = forecasterKey({ forecaster: "GRU", name: null });
/** The network's skill on its own test, all steps together. */
const testScore = Prisma.sql`split = 'TEST' AND fold = 0 AND step = 0 AND forecaster = ${network}`;

/** PostgreSQL reads no year before 1 and none of five digits as JavaScript writes them; no run ended so far away. */
const withinCalendar = (time: Date): Date =>
  new Date(Math.min(Math.max(time.getTime(), 0), Date.UTC(9999, 11, 31)));

export const runStandingsOf = (prisma: PrismaClient): Pick<RunStore, "figures" | "seriesLeaders"> => ({
  async figures(since) {
    const [figures] = await prisma.$queryRaw<RunFigures[]>`
      SELECT count(*) FILTER (WHERE status = 'RUNNING')::int AS running,
        count(*) FILTER (WHERE status = 'QUEUED')::int AS waiting,
        count(*) FILTER (WHERE status = 'SUCCEEDED')::int AS succeeded,
        count(*) FILTER (WHERE status = 'FAILED')::int AS failed,
        count(*) FILTER (WHERE status = 'CANCELLED')::int AS cancelled,
        count(score.run_id)::int AS "beatNaive"
      FROM run
      LEFT JOIN run_score score ON score.run_id = run.id AND status = 'SUCCEEDED' AND skill > 0 AND ${testScore}
      WHERE status IN ('RUNNING', 'QUEUED') OR finished_at >= ${withinCalendar(since)}`;
    return figures!;
  },

  seriesLeaders: (most) =>
    prisma.$queryRaw<SeriesLeader[]>`
      WITH scored AS (
        SELECT run.id, run.series_id, run.experiment_id, run.finished_at, skill
        FROM run JOIN run_score score ON score.run_id = run.id
        WHERE status = 'SUCCEEDED' AND archived_at IS NULL AND skill IS NOT NULL AND ${testScore}
      ), best AS (
        SELECT DISTINCT ON (series_id) * FROM scored ORDER BY series_id, skill DESC, id
      ), lately AS (
        SELECT series_id, max(finished_at) AS at FROM scored GROUP BY series_id
      )
      SELECT best.id::text AS "runId", best.series_id::text AS "seriesId", best.skill,
        count(mate.id)::int AS count, avg(mate.skill) AS "skillMean", stddev_samp(mate.skill) AS "skillDeviation"
      FROM best JOIN lately USING (series_id)
      LEFT JOIN experiment ON experiment.id = best.experiment_id
      JOIN scored mate ON mate.id = best.id OR (mate.experiment_id = best.experiment_id AND experiment.plan = 'SEEDS')
      GROUP BY best.id, best.series_id, best.skill, lately.at ORDER BY lately.at DESC LIMIT ${most}`,
});
