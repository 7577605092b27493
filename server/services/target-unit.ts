/** The unit that a run's values are told in: its own, but of a log variance volatility in percent a year, as people know it. */
import { annualVolatility, logVarianceOf } from "../domain/log-variance.ts";
import { barsPerYear } from "../domain/price-series.ts";
import type { Run } from "../ports/runs.ts";
import type { PriceSeriesStore } from "../ports/series.ts";

export interface TargetUnit {
  /** Of a value as it is stored. */
  readonly told: (value: number) => number;
  /** Undoes it. */
  readonly stored: (value: number) => number;
}

const itself: TargetUnit = { told: (value) => value, stored: (value) => value };

/** By the rhythm of the bars that the run was trained on. */
export async function targetUnit(
  series: Pick<PriceSeriesStore, "findVersions">,
  { config, seriesVersionId }: Pick<Run, "config" | "seriesVersionId">,
): Promise<TargetUnit> {
  if (config.target !== "LOG_VARIANCE") return itself;
  const [version] = await series.findVersions([seriesVersionId]);
  const perYear = version ? barsPerYear(version) : 1;
  return {
    told: (value) => annualVolatility(value, perYear),
    stored: (value) => logVarianceOf(value, perYear),
  };
}
