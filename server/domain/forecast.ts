/** Forecasts of bars that are not known yet, and what became of those that were made. */
import type { NamedForecaster } from "./forecaster.ts";
import type { SeriesVersion } from "./price-series.ts";

/** Columns of equal length, one entry a step. */
export interface Forecast {
  readonly forecaster: NamedForecaster["forecaster"];
  /** Tells several of a kind apart, as on the leaderboard. */
  readonly forecasterName: NamedForecaster["name"];
  /** When the bars are expected. */
  readonly time: readonly Date[];
  /** From 1: bars after the newest one. */
  readonly step: readonly number[];
  /** Prices; of LOG_VARIANCE, volatility in percent a year. */
  readonly predicted: readonly number[];
  /** Share of outcomes that the intervals promise to hold. */
  readonly level: number;
  /** Null where too few outcomes are known for an interval. */
  readonly lower: readonly (number | null)[];
  readonly upper: readonly (number | null)[];
  /** The target's newest values before it, up to 60, in the same unit: where a chart of it begins. */
  readonly recent: readonly number[];
  /** Of their bars. */
  readonly recentTime: readonly Date[];
  /** Whether a step is beyond those that the network was trained for. */
  readonly isBeyondHorizon: readonly boolean[];
  /** Whose newest bar is the last that was seen. */
  readonly seriesVersion: SeriesVersion;
  /** Bars that came after the run's last one. */
  readonly modelAgeBars: number;
  readonly isUnlikeTraining: boolean;
  /** Which calendar gave the times, and until when it is known, in words. */
  readonly calendar: string;
}

/** One step of a forecast as it was made, in the target's own unit: log variances stay logarithms. */
export interface MadeForecast {
  /** The newest bar when it was made. */
  readonly anchorTime: Date;
  /** Bars after it, from 1. */
  readonly step: number;
  /** When that bar was expected. */
  readonly time: Date;
  readonly predicted: number;
  /** The target's value at the anchor. */
  readonly naive: number;
  /** Ends of the 95 % interval. */
  readonly lower: number | null;
  readonly upper: number | null;
  /** Of the version of the series that it was made from. */
  readonly versionNumber: number;
}

/** How forecasts did whose bars have come. */
export interface TrackRecord {
  /** Forecasts with an outcome: one a bar and step. */
  readonly count: number;
  /** Mean absolute error, in the target's own unit. */
  readonly mae: number;
  /** Of the last value known when each was made. */
  readonly naiveMae: number;
  /** Share within the 95 % interval, 0..1; null where none had one. */
  readonly coverage95: number | null;
  /** In words, when the error left what the test measured; null while it has not. */
  readonly drift: string | null;
}
