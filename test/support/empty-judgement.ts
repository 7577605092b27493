/** What is said of a run whose evaluation a test does not look at. */
import type { ForecasterScores, Judgement, Scores, StepScores } from "../../server/domain/results.ts";
import type { TrainedModel } from "../../server/forecasting/trained-model.ts";

export const emptyJudgement: Judgement = {
  forecasters: [],
  coverage: [],
  intervalSource: null,
  leakTest: { passed: true, checkedCuts: 0, detail: "" },
  verdict: null,
};

export const emptyModel: TrainedModel = {
  weights: new Float32Array(1),
  scalers: { inputs: [], target: { origin: 0, unit: 1 } },
  intervals: null,
  familiar: { ranges: [], farthest: 0 },
  origin: null,
};

/** As rows of forecasters: the network's and the last value's. */
export const forecasterRows = (
  scores: Omit<StepScores, "step"> & { step: number | null },
): ForecasterScores[] => {
  const { split, count, step, model, naive, skill } = scores;
  const row = (forecaster: "GRU" | "LAST_VALUE", own: Scores): ForecasterScores => ({
    ...own,
    ...{ split, count, step, forecaster, fold: 0, name: null, skill: forecaster === "GRU" ? skill : 0 },
    ...{
      smape: null,
      rmsse: null,
      r2: null,
      qlike: null,
      shareOfUps: null,
      directionPValue: null,
      confidenceSetPValue: 0.25,
    },
    dieboldMariano: forecaster === "GRU" ? null : { statistic: -1.5, pValue: 0.14 },
  });
  return [row("GRU", model), row("LAST_VALUE", naive)];
};
