/** The model confidence set of several runs: on the bars that each of them predicted in its test, the naive forecast beside. */
import type { BestOfRuns, ComparedRun } from "../domain/comparison.ts";
import type { PredictionColumns } from "../domain/results.ts";
import { modelConfidenceSet } from "./statistics/model-confidence-set.ts";
import { stationaryResamples } from "./statistics/stationary-resamples.ts";

/** 1,000 resamples of 11 forecasters take 30 ms at so many, on the thread that answers requests. */
const mostBars = 1_000;
const fewestBars = 20;
const size = 0.1;

interface TestedRun {
  readonly id: string;
  /** One step ahead, ascending in time; null without a result. */
  readonly test: PredictionColumns | null;
}

/** @param runs of one series and target, so that their errors are in one unit */
export function bestOfRuns(runs: readonly TestedRun[]): BestOfRuns {
  const tested = runs.flatMap(({ id, test }) => (test ? [{ id, test }] : []));
  const places = sharedBars(tested.map(({ test }) => test)).slice(-mostBars);
  const none = runs.map(({ id }): ComparedRun => ({ runId: id, pValue: null, mayBeBest: false }));
  const [first] = tested;
  if (tested.length < 2 || !first)
    return {
      bars: 0,
      from: null,
      to: null,
      compared: none,
      problem: "Fewer than two of them have been tested.",
    };
  const bars = places.length;
  const timeAt = (place: readonly number[] | undefined) =>
    place ? new Date(first.test.time[place[0]!]!) : null;
  const range = { bars, from: timeAt(places[0]), to: timeAt(places.at(-1)) };
  if (bars < fewestBars)
    return {
      ...range,
      compared: none,
      problem: `Their tests have ${bars} bars in common, and ${fewestBars} are needed.`,
    };
  const losses = tested.map(({ test }, run) =>
    Float64Array.from(places, (place) => Math.abs(test.predicted[place[run]!]! - test.actual[place[run]!]!)),
  );
  const naive = Float64Array.from(places, ([at]) =>
    Math.abs(first.test.naive[at!]! - first.test.actual[at!]!),
  );
  const { pValues, included } = modelConfidenceSet(
    [...losses, naive],
    stationaryResamples(bars, { seed: 1 }),
    size,
  );
  const said = (runId: string | null, at: number): ComparedRun =>
    at < 0
      ? { runId, pValue: null, mayBeBest: false }
      : { runId, pValue: pValues[at]!, mayBeBest: included[at]! };
  const ids = tested.map(({ id }) => id);
  return {
    ...range,
    compared: [...runs.map(({ id }) => said(id, ids.indexOf(id))), said(null, losses.length)],
    problem: null,
  };
}

/** Where each bar that all of them predicted stands in each of them, in the order of time. */
function sharedBars(tests: readonly PredictionColumns[]): number[][] {
  const [first, ...others] = tests;
  const found = others.map(({ time }) => new Map(Array.from(time, (at, place) => [Number(at), place])));
  return Array.from(first?.time ?? [], (at, place) => [
    place,
    ...found.map((of) => of.get(Number(at)) ?? -1),
  ]).filter((places) => !places.includes(-1));
}
