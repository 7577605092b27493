/** What a baseline is: a forecaster without a network that sees the same bars as one and is scored on the same targets. */
import type { Forecaster } from "../../domain/forecaster.ts";

export type ForecasterName = Exclude<Forecaster, "GRU" | "ENSEMBLE" | "OUTSIDE">;

/** A whole series of what is forecast. Every column has one entry a bar. */
export interface Target {
  readonly kind: "PRICE" | "LOG_VARIANCE";
  /** In the target's own unit; finite. */
  readonly values: Float64Array;
  /** Milliseconds since 1970 UTC, ascending. */
  readonly time: Float64Array;
  /** IANA zone of the exchange: in it a bar has its weekday and its time of day. */
  readonly timezone: string;
  /** Log returns of the close. NaN at bar 0 and where a price is not positive. */
  readonly returns: Float64Array;
}

/** The bars that a fit may see, its targets included. */
export interface TrainingBars {
  readonly firstBar: number;
  /** Exclusive. */
  readonly endBar: number;
}

/** An anchor is the last bar that a forecast sees. */
export interface Anchors {
  readonly firstAnchor: number;
  /** Exclusive. */
  readonly endAnchor: number;
}

/** TRAIN: fitted once, on the training part. ROLLING: fitted anew at each anchor, on the newest bars that it sees. */
export type Refit = "TRAIN" | "ROLLING";

export interface Baseline {
  readonly forecaster: ForecasterName;
  readonly refit: Refit;
  /** With its parameters, such as "HAR (1, 5, 22), last 1000 bars". */
  readonly label: string;
  /**
   * Finite forecasts in the target's unit, [N, P] row by row: entry (i, s - 1) is of bar firstAnchor + i + s. A forecast
   * depends on the training part and on bars up to its anchor, on no bar after both.
   */
  predict(target: Target, training: TrainingBars, anchors: Anchors, horizon: number): Float64Array;
}

/** [N, P] of what a forecaster says at each anchor and step. */
export function forecastEach(
  { firstAnchor, endAnchor }: Anchors,
  horizon: number,
  forecast: (anchor: number, step: number) => number,
): Float64Array {
  const forecasts = new Float64Array(Math.max(0, endAnchor - firstAnchor) * horizon);
  let index = 0;
  for (let anchor = firstAnchor; anchor < endAnchor; anchor++)
    for (let step = 1; step <= horizon; step++) forecasts[index++] = forecast(anchor, step);
  return forecasts;
}
