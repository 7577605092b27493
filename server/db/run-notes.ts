/** What people say of runs: names, tags, notes, what is out of sight, and the baseline of a series. */
import type { Announcer } from "../ports/live.ts";
import type { RunStore } from "../ports/runs.ts";
import type { PrismaClient } from "./generated/client.ts";
import { isUuid, runOf } from "./run-row.ts";
import { clientOf } from "./transaction.ts";

export const runNotesOf = (
  prisma: PrismaClient,
  announcer: Announcer,
): Pick<RunStore, "annotate" | "pinBaseline" | "baselines"> => ({
  async annotate(tx, ids, { name, addTags = [], removeTags = [], note, archived }) {
    const client = clientOf(tx);
    const where = { id: { in: [...ids] } };
    const plain = {
      ...(name !== undefined && { name }),
      ...(note !== undefined && { note }),
      ...(archived === false && { archivedAt: null }),
    };
    if (Object.keys(plain).length > 0) await client.run.updateMany({ where, data: plain });
    // What is archived already keeps its time.
    if (archived)
      await client.run.updateMany({
        where: { ...where, archivedAt: null },
        data: { archivedAt: new Date() },
      });
    if (addTags.length + removeTags.length > 0)
      await client.$executeRaw`
        UPDATE run SET tags = ARRAY(
          SELECT DISTINCT tag FROM unnest(tags || ${[...addTags]}::text[]) AS tag
          WHERE NOT tag = ANY(${[...removeTags]}::text[]) ORDER BY tag
        ) WHERE id = ANY(${[...ids]}::uuid[])`;
    const rows = await client.run.findMany({ where });
    for (const id of ids) await announcer.runChanged(tx, id);
    return rows.map(runOf);
  },

  async pinBaseline(tx, seriesId, runId) {
    const client = clientOf(tx);
    const before = await client.priceSeries.findUnique({
      where: { id: seriesId },
      select: { baselineRunId: true },
    });
    await client.priceSeries.updateMany({ where: { id: seriesId }, data: { baselineRunId: runId } });
    for (const id of [before?.baselineRunId, runId]) if (id) await announcer.runChanged(tx, id);
  },

  async baselines(seriesIds) {
    const rows = await prisma.priceSeries.findMany({
      where: { id: { in: seriesIds.filter(isUuid) }, baselineRunId: { not: null } },
      select: { id: true, baselineRunId: true },
    });
    return new Map(rows.map(({ id, baselineRunId }) => [id, baselineRunId!]));
  },
});
