/** Forecasts as they were made, kept to be held against what came. db/ implements it. */
import type { MadeForecast } from "../domain/forecast.ts";

export interface ForecastStore {
  /** Those of an anchor and step that were made before stay as they are. Each at most once a call. */
  record(runId: string, forecasts: readonly MadeForecast[]): Promise<void>;
  /** Of steps up to `mostStep`, those of the newest anchors first; at most `most`. */
  made(runId: string, mostStep: number, most: number): Promise<readonly MadeForecast[]>;
}
