/** Forecasts of runs as they were made: a row for each anchor and step, never changed. */
import type { MadeForecast } from "../domain/forecast.ts";
import type { ForecastStore } from "../ports/forecasts.ts";
import type { PrismaClient } from "./generated/client.ts";
import { isUuid } from "./run-row.ts";
import { listOf } from "./sql-lists.ts";

export const createForecastStore = (prisma: PrismaClient): ForecastStore => ({
  async record(runId, forecasts) {
    const column = (name: Exclude<keyof MadeForecast, "anchorTime" | "time">) =>
      listOf(forecasts.map((forecast) => forecast[name]));
    const times = (name: "anchorTime" | "time") => listOf(forecasts.map((one) => one[name].toISOString()));
    // One statement, whatever the steps.
    await prisma.$executeRaw`
      INSERT INTO run_forecast (run_id, anchor_time, step, time, predicted, naive, lower, upper, version_number)
      SELECT ${runId}::uuid, * FROM unnest(
        ${times("anchorTime")}::timestamptz[], ${column("step")}::int[], ${times("time")}::timestamptz[],
        ${column("predicted")}::float8[], ${column("naive")}::float8[], ${column("lower")}::float8[],
        ${column("upper")}::float8[], ${column("versionNumber")}::int[])
      ON CONFLICT (run_id, anchor_time, step) DO NOTHING`;
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
