/** What people call those that forecast. Pure. */
import type { Forecaster } from "../../graphql/generated/graphql.ts";
import { said } from "../../lib/words/said.ts";
import { t } from "../../lib/words/t.ts";
import { listed } from "./listed.ts";
import type { Target } from "./target.ts";

export interface NamedForecaster {
  readonly forecaster: Forecaster;
  readonly name: string | null;
}

const names = (): Readonly<Record<Exclude<Forecaster, "LAST_VALUE">, string>> => ({
  GRU: t("This network"),
  DRIFT: t("Drift"),
  MEAN: t("Mean of the last 5"),
  SEASONAL: t("Same weekday before"),
  AR: "AR",
  EWMA: "EWMA",
  HAR: "HAR",
  HAR_LEVERAGE: t("HAR with leverage"),
  ENSEMBLE: t("Mean of all networks"),
  OUTSIDE: t("Outside forecast"),
});

/** "HAR, last 1000 bars"; an outside one is called as whoever brought it called it. */
export function forecasterName(
  { forecaster, name }: NamedForecaster,
  target: Pick<Target, "lastValue">,
): string {
  if (forecaster === "OUTSIDE" && name !== null) return name;
  const kind = forecaster === "LAST_VALUE" ? target.lastValue : names()[forecaster];
  return name === null ? kind : listed([kind, said(name)]);
}

/** What it is, for whoever does not know the name. */
export const forecasterHint = (forecaster: Forecaster): string => hints()[forecaster];

const hints = (): Readonly<Record<Forecaster, string>> => ({
  GRU: t("The network of this run"),
  LAST_VALUE: t("The last known value, repeated: the naive forecast"),
  DRIFT: t("The last value, going on as it went on average"),
  MEAN: t("The mean of the last values"),
  SEASONAL: t("The value of the same weekday before; of intraday bars, of the same time of day"),
  AR: t("An autoregression: a weighted sum of the last changes"),
  EWMA: t("The exponentially weighted mean of past variances, as RiskMetrics has it"),
  HAR: t("A weighted sum of the volatility of the last day, week and month (Corsi 2009)"),
  HAR_LEVERAGE: t("HAR that also sees returns, their size and falls"),
  ENSEMBLE: t("The mean of what all networks of the experiment say"),
  OUTSIDE: t("Somebody else's forecast, brought from outside"),
});
