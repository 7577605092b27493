/** What use cases need of forecasting; server/forecasting implements it. */
import type { BoundedPredictions, ForecasterScores, OtherPredictions } from "../domain/results.ts";
import type { Split } from "../domain/run.ts";

/** Scores somebody else's forecasts of a split and step as the run's own are. */
export type ScoreOutside = (
  targets: {
    readonly split: Split;
    readonly step: number;
    readonly network: BoundedPredictions;
    readonly networkScores: Pick<ForecasterScores, "mae" | "rmse" | "mase" | "rmsse">;
    readonly isLogVariance: boolean;
  },
  outside: OtherPredictions,
) => ForecasterScores;
