/** Who makes predictions: the kinds, and one of several of a kind by its name. */

export const forecasters = [
  "GRU",
  "LAST_VALUE",
  "DRIFT",
  "MEAN",
  "SEASONAL",
  "AR",
  "EWMA",
  "HAR",
  "HAR_LEVERAGE",
  "ENSEMBLE",
  "OUTSIDE",
] as const;
export type Forecaster = (typeof forecasters)[number];

export interface NamedForecaster {
  readonly forecaster: Forecaster;
  /** Tells several of a kind apart: how it is fitted, or whose an outside one is. Null for the only one. */
  readonly name: string | null;
}

/** As rows have it: the kind, and after a space the name. */
export const forecasterKey = ({ forecaster, name }: NamedForecaster): string =>
  name === null ? forecaster : `${forecaster} ${name}`;

/** Null for a kind that this release does not know: a newer one stored it. */
export function forecasterOf(key: string): NamedForecaster | null {
  const end = key.indexOf(" ");
  const kind = end < 0 ? key : key.slice(0, end);
  const forecaster = forecasters.find((known) => known === kind);
  return forecaster === undefined ? null : { forecaster, name: end < 0 ? null : key.slice(end + 1) };
}
