/**
 * A walk along a series: trained on the past, tested on the next bars, trained again a little later.
 *
 *   fold 1  [ training        | val | test ]
 *   fold 2  [ training              | val | test ]          expanding; sliding: the oldest bars leave
 *   fold 3  [ training                    | val | test ]
 *
 * The tests lie side by side and end where the series ends. Each fold fits its own scaler.
 */
import { integerIn } from "../domain/checks.ts";
import { InvalidInput } from "../domain/errors.ts";
import type { FilledIn } from "./complete-config.ts";
import { defaultValidationBars } from "./splits.ts";
import type { TrainingConfig } from "./training-config.ts";

export interface Walk {
  /** 5 when absent. */
  readonly folds?: number | null | undefined;
  /** Bars of each test; when absent the request's test bars are shared by all folds. */
  readonly refitEvery?: number | null | undefined;
  /** Trains on so many bars before the test, validation included; on all of them when absent. */
  readonly trainBars?: number | null | undefined;
}

export type FoldCut = Pick<TrainingConfig, "skipFirstBars" | "skipLastBars" | "testBars" | "validationBars">;

const usualFolds = 5;
const mostFolds = 100;

/** The cut of each fold, the oldest first. @throws InvalidInput */
export function walkForward(asked: FilledIn, barCount: number, walk: Walk): FoldCut[] {
  const folds = integerIn("folds", walk.folds ?? usualFolds, 2, mostFolds);
  if (walk.refitEvery == null && asked.testBars < folds)
    throw new InvalidInput(
      "testBars",
      `testBars must be at least the ${folds} folds that share them, got ${asked.testBars}: take more, or say refitEvery`,
    );
  const refitEvery = integerIn(
    "refitEvery",
    walk.refitEvery ?? Math.floor(asked.testBars / folds),
    1,
    barCount,
  );
  if (asked.validateOnTest)
    throw new InvalidInput(
      "validateOnTest",
      "validateOnTest must be false in a walk forward: each test is seen once",
    );
  const end = barCount - asked.skipLastBars;
  return Array.from({ length: folds }, (_, fold) => {
    const testEnd = end - (folds - 1 - fold) * refitEvery;
    const testFrom = testEnd - refitEvery;
    const trainFrom =
      walk.trainBars == null
        ? asked.skipFirstBars
        : testFrom - integerIn("trainBars", walk.trainBars, 1, barCount);
    if (trainFrom < asked.skipFirstBars || testFrom <= trainFrom)
      throw new InvalidInput(
        walk.trainBars == null ? "folds" : "trainBars",
        `${folds} folds of ${refitEvery} bars with ${walk.trainBars ?? "some"} bars to train on before the first of them need more than ` +
          `the series' ${barCount} bars`,
      );
    return {
      skipFirstBars: trainFrom,
      skipLastBars: barCount - testEnd,
      testBars: refitEvery,
      validationBars:
        asked.validationBars ??
        defaultValidationBars(testEnd - trainFrom, { ...asked, testBars: refitEvery }),
    };
  });
}
