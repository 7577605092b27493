/** Which of a run's forecasters may be the best of all: the model confidence set on the latest bars that are held out. */
import { forecasterKey } from "../domain/forecaster.ts";
import type { ForecasterScores, SplitPredictions } from "../domain/results.ts";
import type { Split } from "../domain/run.ts";
import { absoluteErrors } from "./forecaster-scores.ts";
import { modelConfidenceSet } from "./statistics/model-confidence-set.ts";
import { stationaryResamples } from "./statistics/stationary-resamples.ts";

/** What every forecaster said of one split, by `forecasterKey`. */
export type SaidOfSplit = ReadonlyMap<string, readonly SplitPredictions[]>;

/** Three are told apart by the set, two by Diebold and Mariano. */
const fewestForecasters = 3;
/** 1,000 resamples of 8 forecasters take 40 ms at 300 targets: with more the worker would not beat meanwhile. */
const mostTargets = 5_000;
const fewestTargets = 20;

/** @returns the scores, with their p values where they are of that split and of all steps together */
export function withConfidenceSet(
  scores: readonly ForecasterScores[],
  split: Split,
  said: SaidOfSplit,
): ForecasterScores[] {
  const keys = [...said.keys()];
  const losses = keys.map((key) => absoluteErrors(said.get(key)!));
  const targets = losses[0]?.length ?? 0;
  if (keys.length < fewestForecasters || targets < fewestTargets || targets > mostTargets) return [...scores];
  const longestStep = said.get(keys[0]!)!.at(-1)!.step;
  const blockLength = Math.max(longestStep, Math.sqrt(targets));
  const { pValues } = modelConfidenceSet(losses, stationaryResamples(targets, { seed: 1, blockLength }));
  return scores.map((row) => {
    const place = row.split === split && row.step === null ? keys.indexOf(forecasterKey(row)) : -1;
    return place < 0 ? row : { ...row, confidenceSetPValue: pValues[place]! };
  });
}
