/** What a run's scores are to begin with: its model's beside the naive forecast's, on the same targets. */
import type { Forecaster } from "./forecaster.ts";
import type { ForecasterScores, Scores, SplitScores, StepScores } from "./results.ts";

/** Which of a run's forecasters stand for its model and for the naive forecast. */
export const shownAs = { model: "GRU", naive: "LAST_VALUE" } as const satisfies Record<string, Forecaster>;

/** Splits in the order of time, as every list of scores shows them. */
const splitOrder = { TRAIN: 0, VALIDATION: 1, TEST: 2 };

export interface ShownScores {
  /** All steps of the horizon together, by split. */
  readonly scores: SplitScores[];
  /** Each step on its own, by split, then by step. */
  readonly stepScores: StepScores[];
}

/** @param rows of one run and fold, in any order; those of other forecasters are passed over */
export function shownScores(rows: readonly ForecasterScores[]): ShownScores {
  const placeOf = ({ split, step }: ForecasterScores) => `${split} ${step}`;
  const naive = new Map(
    rows.filter(({ forecaster }) => forecaster === shownAs.naive).map((row) => [placeOf(row), row]),
  );
  const pairs = rows.flatMap((row) => {
    const beside = naive.get(placeOf(row));
    if (row.forecaster !== shownAs.model || !beside) return [];
    const { split, count, skill, step } = row;
    const pValue = beside.dieboldMariano?.pValue ?? null;
    return [{ step, pair: { split, count, model: scoresOf(row), naive: scoresOf(beside), skill, pValue } }];
  });
  pairs.sort((a, b) => splitOrder[a.pair.split] - splitOrder[b.pair.split] || (a.step ?? 0) - (b.step ?? 0));
  return {
    scores: pairs.flatMap(({ step, pair }) => (step === null ? [pair] : [])),
    stepScores: pairs.flatMap(({ step, pair }) => (step === null ? [] : [{ ...pair, step }])),
  };
}

const scoresOf = ({ mae, rmse, mape, mase, directionalAccuracy }: ForecasterScores): Scores => ({
  mae,
  rmse,
  mape,
  mase,
  directionalAccuracy,
});
