/**
 * Whether a network errs more on the bars that came than it did in its test. Errors are taken relative to the last known value
 * where that is a price, so that a price that doubled is no drift, and relative to the test's mean error of the same step.
 *
 * One-sided t test of the mean over anchors against the test's, both with long-run variances, as errors come in calm and
 * stormy stretches. From 20 anchors on, at 1 %: it is looked at after each bar, and at 5 % one look in twenty would call drift.
 */
import type { PredictionColumns } from "../domain/results.ts";
import { studentTTwoSided } from "./statistics/distributions.ts";
import { lagFor, longRunVariance } from "./statistics/long-run-variance.ts";
import type { LiveOutcome } from "./track-record.ts";
import { inWords } from "./verdict.ts";

export const fewestAnchors = 20;
const significance = 0.01;
/** Of the rise of the network's error: where the naive forecast's rose by this share of it, the bars are to blame. */
const sharedRise = 0.5;

type TestStep = Pick<PredictionColumns, "actual" | "predicted" | "naive">;
interface Errors {
  /** Relative to the test's mean, one an anchor in the order of time. */
  readonly network: Float64Array;
  readonly naive: Float64Array;
}

/**
 * @param outcomes in the order of time
 * @param test what the run stored of its test, by step; steps that are not in it count for nothing
 * @returns words for people, or null where nothing drifted or too little is known
 */
export function driftOf(
  outcomes: readonly LiveOutcome[],
  test: ReadonlyMap<number, TestStep>,
  isPrice: boolean,
): string | null {
  const measured = new Map([...test].filter(([, { actual }]) => actual.length > 1));
  const known = outcomes.filter(({ step }) => measured.has(step));
  const naives = [
    ...known,
    ...[...measured.values()].flatMap(({ naive }) => naive.map((one) => ({ naive: one }))),
  ];
  const isRelative = isPrice && naives.every(({ naive }) => naive > 0);
  const unit = (naive: number) => (isRelative ? naive : 1);
  const before = errorsOfTest(measured, unit);
  const live = errorsSince(known, before.means, unit);
  if (live.network.length < fewestAnchors) return null;
  const longest = Math.max(...measured.keys());
  const rise = meanOf(live.network);
  const variance = varianceOfMean(live.network, longest) + varianceOfMean(before.errors.network, longest);
  if (!(rise > 1) || !(variance > 0)) return null;
  const pValue = studentTTwoSided((rise - 1) / Math.sqrt(variance), live.network.length - 1) / 2;
  return pValue < significance ? words(live.network.length, rise, meanOf(live.naive), pValue) : null;
}

interface StepMeans {
  readonly network: number;
  readonly naive: number;
}
type Unit = (naive: number) => number;

function errorsOfTest(test: ReadonlyMap<number, TestStep>, unit: Unit) {
  const means = new Map<number, StepMeans>();
  const anchors = Math.min(...[...test.values()].map(({ actual }) => actual.length));
  const network = new Float64Array(Number.isFinite(anchors) ? anchors : 0);
  const naive = new Float64Array(network.length);
  for (const [step, { actual, predicted, naive: last }] of test) {
    const off = (said: readonly number[]) =>
      Float64Array.from(actual, (real, at) => Math.abs(real - said[at]!) / unit(last[at]!));
    const [own, others] = [off(predicted), off(last)];
    const mean = { network: meanOf(own), naive: meanOf(others) };
    means.set(step, mean);
    for (let at = 0; at < network.length; at++) {
      network[at]! += ratio(own[at]!, mean.network) / test.size;
      naive[at]! += ratio(others[at]!, mean.naive) / test.size;
    }
  }
  return { means, errors: { network, naive } satisfies Errors };
}

/** The steps of an anchor as their mean. */
function errorsSince(
  outcomes: readonly LiveOutcome[],
  means: ReadonlyMap<number, StepMeans>,
  unit: Unit,
): Errors {
  const byAnchor = new Map<number, { network: number; naive: number; steps: number }>();
  for (const { anchorTime, step, actual, predicted, naive } of outcomes) {
    const sum = byAnchor.get(anchorTime) ?? { network: 0, naive: 0, steps: 0 };
    const mean = means.get(step)!;
    sum.network += ratio(Math.abs(actual - predicted) / unit(naive), mean.network);
    sum.naive += ratio(Math.abs(actual - naive) / unit(naive), mean.naive);
    sum.steps++;
    byAnchor.set(anchorTime, sum);
  }
  const sums = [...byAnchor.values()];
  return {
    network: Float64Array.from(sums, ({ network, steps }) => network / steps),
    naive: Float64Array.from(sums, ({ naive, steps }) => naive / steps),
  };
}

/** A test without an error says nothing of what an error is worth. */
const ratio = (error: number, mean: number): number => (mean > 0 ? error / mean : 1);

const meanOf = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const varianceOfMean = (values: Float64Array, step: number): number =>
  longRunVariance(values, meanOf(values), Math.min(lagFor(values.length, step), values.length - 1)) /
  values.length;

function words(anchors: number, rise: number, naiveRise: number, pValue: number): string {
  const times = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} times`;
  const found = `On ${anchors} forecasts since, the error is ${times(rise)} the test's (${inWords(pValue)})`;
  return naiveRise - 1 >= sharedRise * (rise - 1)
    ? `${found}. The naive forecast's is ${times(naiveRise)} its test's as well: the bars have become harder, for any forecast.`
    : `${found}, the naive forecast's ${times(naiveRise)} its test's: the model has drifted. Train it again on the newer bars.`;
}
