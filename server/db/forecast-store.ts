/** Forecasts of runs as they were made: a row for each anchor and step, never changed. */
import type { ForecastStore } from "../ports/forecasts.ts";
import type { PrismaClient } from "./generated/client.ts";
import { isUuid } from "./run-row.ts";

export const createForecastStore = (prisma: PrismaClient): ForecastStore => ({
  async record(runId, forecasts) {
    const data = forecasts.map((forecast) => ({ ...forecast, runId }));
    await prisma.runForecast.createMany({ data, skipDuplicates: true });
  },

  async made(runId, mostStep, most) {
    if (!isUuid(runId)) return [];
    const rows = await prisma.runForecast.findMany({
      where: { runId, step: { lte: mostStep } },
      orderBy: [{ anchorTime: "desc" }, { step: "asc" }],
      take: most,
    });
    return rows.map(({ runId: _, madeAt: __, ...forecast }) => forecast);
  },
});
