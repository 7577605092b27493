/** Scores of one forecaster, and its comparison with another, on the same targets and beside the last value. */
import type { DieboldMariano, PointScores, PredictionColumns } from "../domain/results.ts";
import { dieboldMariano } from "./statistics/diebold-mariano.ts";
import { direction } from "./statistics/direction.ts";
import {
  meanAbsoluteError,
  meanSquaredError,
  type NaiveScales,
  outOfSampleR2,
  percentageError,
  skill,
  symmetricPercentageError,
} from "./statistics/errors.ts";
import { qlike } from "./statistics/qlike.ts";

type Step = Omit<PredictionColumns, "time">;

/** What is forecast decides which scores make sense. */
export type TargetKind =
  | { readonly kind: "PRICE" }
  /** @property residualVariance of the forecaster's errors within the training split */
  | { readonly kind: "LOG_VARIANCE"; readonly residualVariance: number };

/**
 * Scores all steps together; for one step alone, give it alone.
 * @param steps one entry a step, at least one target in all; `naive` is the last known value, for every forecaster
 * @param scales of the training split, see `naiveScales`
 */
export function pointScores(steps: readonly Step[], scales: NaiveScales, target: TargetKind): PointScores {
  const actual = steps.flatMap((step) => step.actual);
  const forecast = steps.flatMap((step) => step.predicted);
  const last = steps.flatMap((step) => step.naive);
  const mae = meanAbsoluteError(forecast, actual);
  const mse = meanSquaredError(forecast, actual);
  const called = direction(forecast, actual, last);
  const isPrice = target.kind === "PRICE";
  return {
    count: actual.length,
    mae,
    rmse: Math.sqrt(mse),
    mape: isPrice ? percentageError(forecast, actual) : null,
    smape: isPrice ? symmetricPercentageError(forecast, actual) : null,
    mase: scales.absolute > 0 ? mae / scales.absolute : null,
    rmsse: scales.squared > 0 ? Math.sqrt(mse / scales.squared) : null,
    r2: outOfSampleR2(forecast, actual, last),
    qlike: isPrice ? null : qlike(forecast, actual, target.residualVariance),
    directionalAccuracy: called.accuracy,
    shareOfUps: called.shareOfUps,
    directionPValue: called.pValue,
    skill: skill(mae, meanAbsoluteError(last, actual)),
  };
}

/**
 * Diebold and Mariano's test of two forecasters by their absolute errors, the errors that `skill` compares. Of several
 * steps a window counts once, with its mean error over them: its steps are no independent targets.
 * @param model, other the same steps of the same windows, ascending in time
 * @param longestStep the largest step among them: so far do forecasts overlap
 * @returns a negative statistic where the model errs less; null where no test exists, see `dieboldMariano`
 */
export function compareForecasters(
  model: readonly Step[],
  other: readonly Step[],
  longestStep: number,
): DieboldMariano | null {
  return dieboldMariano(absoluteErrors(model), absoluteErrors(other), longestStep);
}

/** Mean over the steps, one a window. */
export function absoluteErrors(steps: readonly Step[]): Float64Array {
  return Float64Array.from({ length: steps[0]?.actual.length ?? 0 }, (_, window) => {
    const sum = steps.reduce(
      (total, { actual, predicted }) => total + Math.abs(predicted[window]! - actual[window]!),
      0,
    );
    return sum / steps.length;
  });
}
