/** Somebody else's forecasts, scored as a run's own are: on the same targets, beside the last value, against the network. */
import type { BoundedPredictions, ForecasterScores, OtherPredictions } from "../domain/results.ts";
import type { Split } from "../domain/run.ts";
import { compareForecasters, pointScores } from "./forecaster-scores.ts";

export interface OutsideTargets {
  readonly split: Split;
  readonly step: number;
  /** The network's predictions of all targets of the split and step. */
  readonly network: BoundedPredictions;
  /** The network's score there: it knows how far the last value errs within the training part. */
  readonly networkScores: Pick<ForecasterScores, "mae" | "rmse" | "mase" | "rmsse">;
  readonly isLogVariance: boolean;
}

/** @param outside NaN where it says nothing of a target; at least one number */
export function scoreOutside(
  { split, step, network, networkScores, isLogVariance }: OutsideTargets,
  outside: OtherPredictions,
): ForecasterScores {
  const said = [...outside.predicted.keys()].filter((at) => !Number.isNaN(outside.predicted[at]));
  const of = (predicted: readonly number[]) => ({
    actual: said.map((at) => network.actual[at]!),
    naive: said.map((at) => network.naive[at]!),
    predicted: said.map((at) => predicted[at]!),
  });
  const [theirs, ours] = [of(outside.predicted), of(network.predicted)];
  const { mae, rmse, mase, rmsse } = networkScores;
  const scales = { absolute: mase ? mae / mase : 0, squared: rmsse ? (rmse / rmsse) ** 2 : 0 };
  // Nobody knows how they fitted it, so their numbers are taken as they are.
  const kind = isLogVariance
    ? ({ kind: "LOG_VARIANCE", residualVariance: 0 } as const)
    : ({ kind: "PRICE" } as const);
  return {
    ...pointScores([theirs], scales, kind),
    ...{ split, step, fold: 0, forecaster: outside.forecaster, name: outside.name },
    dieboldMariano: compareForecasters([ours], [theirs], step),
    confidenceSetPValue: null,
  };
}
