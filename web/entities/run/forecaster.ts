/** What people call those that forecast. Pure. */
import type { Forecaster } from "../../graphql/generated/graphql.ts";
import type { Target } from "./target.ts";

export interface NamedForecaster {
  readonly forecaster: Forecaster;
  readonly name: string | null;
}

const names: Readonly<Record<Exclude<Forecaster, "LAST_VALUE">, string>> = {
  GRU: "This network",
  DRIFT: "Drift",
  MEAN: "Mean of the last 5",
  SEASONAL: "Same weekday before",
  AR: "AR",
  EWMA: "EWMA",
  HAR: "HAR",
  HAR_LEVERAGE: "HAR with leverage",
  ENSEMBLE: "Mean of all networks",
  OUTSIDE: "Outside forecast",
};

/** "HAR, last 1000 bars"; an outside one is called as whoever brought it called it. */
export function forecasterName(
  { forecaster, name }: NamedForecaster,
  target: Pick<Target, "lastValue">,
): string {
  if (forecaster === "OUTSIDE" && name !== null) return name;
  const kind = forecaster === "LAST_VALUE" ? target.lastValue : names[forecaster];
  return name === null ? kind : `${kind}, ${name}`;
}

/** What it is, for whoever does not know the name. */
export const forecasterHints: Readonly<Record<Forecaster, string>> = {
  GRU: "The network of this run",
  LAST_VALUE: "The last known value, repeated: the naive forecast",
  DRIFT: "The last value, going on as it went on average",
  MEAN: "The mean of the last values",
  SEASONAL: "The value of the same weekday before; of intraday bars, of the same time of day",
  AR: "An autoregression: a weighted sum of the last changes",
  EWMA: "The exponentially weighted mean of past variances, as RiskMetrics has it",
  HAR: "A weighted sum of the volatility of the last day, week and month (Corsi 2009)",
  HAR_LEVERAGE: "HAR that also sees returns, their size and falls",
  ENSEMBLE: "The mean of what all networks of the experiment say",
  OUTSIDE: "Somebody else's forecast, brought from outside",
};
