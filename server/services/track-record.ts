/** How a run's forecasts did in real life: those whose bars have come, held against the newest version of its series. */
import type { TrackRecord } from "../domain/forecast.ts";
import { columnOf } from "../domain/price-series.ts";
import type { BoundedPredictions } from "../domain/results.ts";
import { driftOf, fewestAnchors } from "../forecasting/drift.ts";
import { outcomesOf, recordOf } from "../forecasting/track-record.ts";
import type { ForecastStore } from "../ports/forecasts.ts";
import type { Run, RunStore } from "../ports/runs.ts";
import type { PriceSeriesStore } from "../ports/series.ts";
import type { Services } from "./services.ts";

export interface TrackRecordPorts {
  readonly runs: Pick<RunStore, "predictions">;
  readonly series: Pick<PriceSeriesStore, "findById" | "columns" | "countAfter">;
  readonly forecasts: Pick<ForecastStore, "made">;
}

/** The newest: of older ones the record would only become slower. */
const mostScored = 5_000;

/** Of steps that the network was trained for: beyond its horizon nothing was promised. Null until a bar has come. */
export const trackRecord =
  ({ runs, series, forecasts }: TrackRecordPorts): Services["trackRecord"] =>
  async (run): Promise<TrackRecord | null> => {
    if (run.status !== "SUCCEEDED") return null;
    const made = await forecasts.made(run.id, run.config.horizon, mostScored);
    const oldest = made.at(-1)?.anchorTime;
    const version = oldest && (await series.findById(run.seriesId))?.version;
    if (!version) return null;
    const since = await series.countAfter(version, new Date(oldest.getTime() - 1));
    const bars = await series.columns(version, version.barCount - since);
    const { target } = run.config;
    const outcomes = outcomesOf(made, target, bars.time, columnOf(bars, target));
    const record = recordOf(outcomes);
    if (!record) return null;
    const anchors = new Set(outcomes.map(({ anchorTime }) => anchorTime)).size;
    if (anchors < fewestAnchors) return { ...record, drift: null };
    const test = await testOf(runs, run);
    return { ...record, drift: driftOf(outcomes, test, target !== "LOG_VARIANCE") };
  };

/** What the run predicted of its test, by step. */
async function testOf(
  runs: TrackRecordPorts["runs"],
  { id, config }: Pick<Run, "id" | "config">,
): Promise<ReadonlyMap<number, BoundedPredictions>> {
  const found = new Map<number, BoundedPredictions>();
  for (let step = 1; step <= config.horizon; step++) {
    const columns = await runs.predictions(id, "TEST", step);
    if (columns) found.set(step, columns);
  }
  return found;
}
