/** Other forecasters on the same windows as a run's network: what they say, and how good it is. */
import { setImmediate } from "node:timers/promises";
import { forecasterKey, type NamedForecaster } from "../domain/forecaster.ts";
import { type BarTable, columnOf } from "../domain/price-series.ts";
import type { ForecasterScores, OtherPredictions, SplitPredictions } from "../domain/results.ts";
import type { Split } from "../domain/run.ts";
import type { SplitRange } from "../recipe/splits.ts";
import type { TrainingConfig } from "../recipe/training-config.ts";
import { withConfidenceSet } from "./best-of-all.ts";
import { compareForecasters, pointScores, type TargetKind } from "./forecaster-scores.ts";
import type { Baseline, Target } from "./forecasters/baseline.ts";
import { baselinesFor } from "./forecasters/catalogue.ts";
import { type NaiveScales, naiveScales } from "./statistics/errors.ts";

/** Scores of all forecasters, and what the others said where nobody trained. */
export interface Beside {
  readonly scores: readonly ForecasterScores[];
  /** By split and step, as `predictions` are given; empty for the training part. */
  readonly others: ReadonlyMap<SplitPredictions, readonly OtherPredictions[]>;
}

/** Predictions of a split and step that are kept of each other forecaster: what a table or a chart can use. */
const mostKept = 100_000;

export function targetOf(
  bars: BarTable,
  { target }: Pick<TrainingConfig, "target">,
  timezone: string,
): Target {
  const returns = bars.close.map((price, bar) =>
    bar > 0 && price > 0 && bars.close[bar - 1]! > 0 ? Math.log(price / bars.close[bar - 1]!) : Number.NaN,
  );
  const kind = target === "LOG_VARIANCE" ? "LOG_VARIANCE" : "PRICE";
  return { kind, values: columnOf(bars, target), time: bars.time, timezone, returns };
}

/** How a baseline is named beside others of its kind. */
export const namedAs = ({ forecaster, refit, label }: Baseline): NamedForecaster => ({
  forecaster,
  name: refit === "ROLLING" && label.includes(",") ? label.slice(label.lastIndexOf(",") + 1).trim() : null,
});

/**
 * @param predictions the network's, of every split and step
 * @returns null when `signal` aborted meanwhile
 */
export async function scoreBeside(
  target: Target,
  ranges: readonly SplitRange[],
  predictions: readonly SplitPredictions[],
  signal?: AbortSignal,
): Promise<Beside | null> {
  const training = ranges[0]!;
  const horizon = Math.max(...predictions.map(({ step }) => step));
  const scales = naiveScales(target.values.subarray(training.firstBar, training.endBar));
  const bySplit = new Map<Split, readonly SplitPredictions[]>(
    ranges.map(({ split }) => [split, predictions.filter((one) => one.split === split)]),
  );
  const network: NamedForecaster = { forecaster: "GRU", name: null };
  const scores: ForecasterScores[] = [];
  const others = new Map<SplitPredictions, OtherPredictions[]>(predictions.map((one) => [one, []]));

  const score = (who: NamedForecaster, said: ReadonlyMap<Split, readonly SplitPredictions[]>) => {
    const kind = kindOf(target, said.get("TRAIN") ?? []);
    for (const { split } of ranges) {
      const [steps, networks] = [said.get(split)!, bySplit.get(split)!];
      if (steps.length === 0 || steps[0]!.actual.length === 0) continue;
      scores.push(...scoresOf(who, split, steps, networks, scales, kind));
    }
  };

  const held = ranges.at(-1)!.split;
  const saidOfHeld = new Map<string, readonly SplitPredictions[]>();
  const remember = (who: NamedForecaster, said: ReadonlyMap<Split, readonly SplitPredictions[]>) => {
    score(who, said);
    saidOfHeld.set(forecasterKey(who), said.get(held)!);
  };
  remember(network, bySplit);
  for (const baseline of baselinesFor(target, horizon, training.endBar - training.firstBar)) {
    // The worker's beat and a cancel come between two of them.
    await setImmediate();
    if (signal?.aborted) return null;
    const who = namedAs(baseline);
    const said = new Map(
      ranges.map((range) => [
        range.split,
        asSteps(baseline.predict(target, training, range, horizon), bySplit.get(range.split)!, horizon),
      ]),
    );
    remember(who, said);
    if (who.forecaster === "LAST_VALUE") continue;
    for (const [split, steps] of said)
      steps.forEach(({ predicted }, at) => {
        if (split !== "TRAIN" && predicted.length <= mostKept)
          others.get(bySplit.get(split)![at]!)!.push({ ...who, predicted });
      });
  }
  const isHeldOut = held !== "TRAIN";
  return { scores: isHeldOut ? withConfidenceSet(scores, held, saidOfHeld) : scores, others };
}

/** The same targets, with somebody else's predictions. @param said [N, P] */
const asSteps = (
  said: Float64Array,
  steps: readonly SplitPredictions[],
  horizon: number,
): SplitPredictions[] =>
  steps.map((step) => ({
    ...step,
    predicted: step.actual.map((_, window) => said[window * horizon + step.step - 1]!),
  }));

/** A variance's logarithm is forecast too low by half the variance of its errors: those within the training say how much. */
function kindOf({ kind }: Target, training: readonly SplitPredictions[]): TargetKind {
  if (kind === "PRICE") return { kind };
  let [count, sum, squares] = [0, 0, 0];
  for (const { actual, predicted } of training)
    actual.forEach((real, at) => {
      const error = real - predicted[at]!;
      count++;
      sum += error;
      squares += error * error;
    });
  return { kind, residualVariance: count > 0 ? Math.max(0, squares / count - (sum / count) ** 2) : 0 };
}

function scoresOf(
  who: NamedForecaster,
  split: Split,
  steps: readonly SplitPredictions[],
  networks: readonly SplitPredictions[],
  scales: NaiveScales,
  kind: TargetKind,
): ForecasterScores[] {
  const isNetwork = who.forecaster === "GRU";
  // On bars that both were fitted to, a test says nothing.
  const isTested = !isNetwork && split !== "TRAIN";
  const of = (step: number | null, mine: readonly SplitPredictions[], nets: readonly SplitPredictions[]) => ({
    ...who,
    ...pointScores(mine, scales, kind),
    split,
    fold: 0,
    step,
    confidenceSetPValue: null,
    dieboldMariano: isTested ? compareForecasters(nets, mine, mine.at(-1)!.step) : null,
  });
  return [of(null, steps, networks), ...steps.map((one, at) => of(one.step, [one], [networks[at]!]))];
}
