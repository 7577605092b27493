/** What an outside forecaster said, checked: by the time of the bar that it is about, in the unit of the run's target. */
import { InvalidInput } from "../domain/errors.ts";
import { shortText } from "../domain/short-text.ts";
import type { ImportPredictionsRequest } from "./services.ts";
import type { TargetUnit } from "./target-unit.ts";

const longestForecasterName = 60;
const mostPredictions = 100_000;
/** Far beyond any price, volume or volatility, and its fourth power, which the tests' variances take, is still a number. */
const largestValue = 1e15;

export interface Said {
  readonly predicted: number;
  readonly lower: number | null;
  readonly upper: number | null;
}

/** By time. @throws InvalidInput */
export function saidPredictions({
  name,
  time,
  predicted,
  lower,
  upper,
}: ImportPredictionsRequest): Map<number, Said> {
  if (shortText("name", name, longestForecasterName).trim() === "")
    throw new InvalidInput("name", `name must have 1 to ${longestForecasterName} characters, got none`);
  if (time.length === 0 || time.length > mostPredictions)
    throw new InvalidInput("time", `time must have 1 to ${mostPredictions} entries, got ${time.length}`);
  for (const [field, column] of [
    ["predicted", predicted],
    ["lower", lower],
    ["upper", upper],
  ] as const)
    if (column != null && column.length !== time.length)
      throw new InvalidInput(
        field,
        `${field} must have one entry a time, ${time.length}, got ${column.length}`,
      );
  const said = new Map<number, Said>();
  time.forEach((at, i) => {
    if (said.has(at.getTime()))
      throw new InvalidInput(`time[${i}]`, `time must not repeat, got ${at.toISOString()} twice`);
    const one = { predicted: predicted[i]!, lower: lower?.[i] ?? null, upper: upper?.[i] ?? null };
    checkNumbers(one, i);
    said.set(at.getTime(), one);
  });
  return said;
}

/** @throws InvalidInput */
function checkNumbers(one: Said, i: number): void {
  for (const field of ["predicted", "lower", "upper"] as const) {
    const value = one[field];
    if (value !== null && !(Math.abs(value) <= largestValue))
      throw new InvalidInput(
        `${field}[${i}]`,
        `${field} must be numbers from -${largestValue} to ${largestValue}, got ${value}`,
      );
  }
  if (one.lower !== null && one.upper !== null && one.lower > one.upper)
    throw new InvalidInput(
      `lower[${i}]`,
      `lower must not be above upper, got ${one.lower} with upper ${one.upper}: are the two exchanged?`,
    );
}

/** Volatilities come as people know them, in percent a year; all of them are above 0. @throws InvalidInput */
export function inStoredUnit(said: ReadonlyMap<number, Said>, { stored }: TargetUnit): Map<number, Said> {
  const positive = (value: number | null) => {
    if (value === null) return null;
    if (value >= 1 / largestValue) return stored(value);
    throw new InvalidInput(
      "predicted",
      value > 0
        ? `volatilities must be at least ${1 / largestValue} percent a year, got ${value}`
        : `volatilities must be above 0 percent a year, got ${value}`,
    );
  };
  return new Map(
    [...said].map(([at, { predicted, lower, upper }]) => [
      at,
      { predicted: positive(predicted)!, lower: positive(lower), upper: positive(upper) },
    ]),
  );
}
