/** How many of a series' bars a forecast is made of: the newest ones, so that it costs the same of a million. */
import type { Forecaster } from "../../domain/forecaster.ts";
import { barsBeforeRow } from "../../recipe/splits.ts";
import type { TrainingConfig } from "../../recipe/training-config.ts";
import { rollingRows } from "../forecasters/direct-forecast.ts";
import { harLookBack } from "../forecasters/har.ts";
import { sigmaLookBack } from "../intervals/sigma.ts";

/** Forecasts whose outcomes intervals are made of: more than the 500 residuals that they keep. */
export const mostCaughtUp = 600;
/** Steps that a forecast may have. */
export const mostSteps = 250;

type Needs = Pick<
  TrainingConfig,
  "window" | "horizon" | "transform" | "inputForm" | "indicators" | "otherSeries"
>;

/** What the network sees of a forecast: its window, and the bars that its first row is made of. */
export const barsOfWindow = (config: Needs): number => barsBeforeRow(config) + config.window;

/** @param age bars that came after the run's last one */
export function newestBars(config: Needs, forecaster: Forecaster, age: number): number {
  const { horizon } = config;
  if (forecaster === "GRU")
    return Math.min(age, mostCaughtUp) + horizon + Math.max(barsOfWindow(config), sigmaLookBack);
  // The oldest anchor that its intervals learn from is fitted on the rows before it.
  return mostCaughtUp + Math.max(horizon, mostSteps) + rollingRows + harLookBack;
}
