/** Which of several runs may be the best: what the model confidence set says of them. */

/** A run, or the naive forecast beside them. */
export interface ComparedRun {
  /** Null: the naive forecast. */
  readonly runId: string | null;
  /** How likely the set loses it by chance where it is as good as the best; null where it has no test to compare. */
  readonly pValue: number | null;
  /** With 90 % confidence the best is among those that are. */
  readonly mayBeBest: boolean;
}

export interface BestOfRuns {
  /** Bars that all of them predicted, one step ahead, and that were compared: the newest. */
  readonly bars: number;
  /** Of the first and the last of them; null of none. */
  readonly from: Date | null;
  readonly to: Date | null;
  readonly compared: readonly ComparedRun[];
  /** In words why nothing could be compared; null where it could. */
  readonly problem: string | null;
}
