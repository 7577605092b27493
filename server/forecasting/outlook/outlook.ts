/** What a forecaster says after the newest bar of a series, and of which run it is asked. */
import type { NamedForecaster } from "../../domain/forecaster.ts";
import type { BarTable } from "../../domain/price-series.ts";
import type { TrainingConfig } from "../../recipe/training-config.ts";
import type { Sources } from "../inputs.ts";
import type { IntervalRun, Intervals } from "../intervals/adaptive.ts";
import type { ForecastOrigin, TrainedModel } from "../trained-model.ts";

/** What is kept with a network: its weights are with whoever predicts. */
export interface ForecastingModel extends Omit<TrainedModel, "weights"> {
  readonly origin: ForecastOrigin;
}

/** A finished run, and the newest bars of its series. */
export interface Subject extends Pick<Sources, "timezone"> {
  readonly config: TrainingConfig;
  readonly trained: ForecastingModel;
  /** The newest, as many as `newestBars` says or all there are; at least one. */
  readonly bars: BarTable;
}

/** With all that the run's network sees. */
export interface SeenSubject extends Subject, Sources {
  readonly bars: BarTable;
}

export interface Outlook {
  readonly who: NamedForecaster;
  /** Half widths of each step that was measured, an array a level; NaN where too few outcomes are known. */
  readonly halfWidths: readonly { readonly level: number; readonly values: Float64Array }[];
  /**
   * A prediction a time, in the target's own unit.
   * @param times of the bars to come, in ms
   */
  predict(times: readonly number[]): Promise<readonly number[]>;
}

/** Scaled predictions, [N, P], of windows. */
export type Predict = (rows: Float32Array, starts: Int32Array) => Promise<Float32Array>;

/** Of the newest anchor. @param intervals of successive anchors, [N, P] */
export function newestHalfWidths(
  intervals: readonly Intervals[],
  { centre, horizon }: Pick<IntervalRun, "centre" | "horizon">,
): Outlook["halfWidths"] {
  const newest = centre.length - horizon;
  return intervals.map(({ level, upper }) => ({
    level,
    values: upper.subarray(newest).map((bound, step) => bound - centre[newest + step]!),
  }));
}
