/** How well the intervals of runs held what they promised: a row for each split, step and level. */
import type { Coverage } from "../domain/results.ts";
import type { RunStore } from "../ports/runs.ts";
import type { PrismaClient } from "./generated/client.ts";
import { grouped } from "./grouped.ts";
import { isUuid } from "./run-row.ts";
import { clientOf } from "./transaction.ts";

export const runCoverageOf = (prisma: PrismaClient): Pick<RunStore, "recordCoverage" | "coverage"> => ({
  async recordCoverage(tx, runId, coverage) {
    await clientOf(tx).runCoverage.deleteMany({ where: { runId } });
    await clientOf(tx).runCoverage.createMany({ data: coverage.map((one) => ({ ...one, runId })) });
  },

  async coverage(ids) {
    const rows = await prisma.runCoverage.findMany({
      where: { runId: { in: ids.filter(isUuid) } },
      orderBy: [{ step: "asc" }, { level: "asc" }],
    });
    return grouped(rows, ({ runId: _, fold: __, ...coverage }): Coverage => coverage);
  },
});
