/** Regressions of what comes on what is known at a bar: fitted once on the training part, or at each bar on the newest rows. */
import type { Anchors, TrainingBars } from "./baseline.ts";
import { NormalEquations } from "./least-squares.ts";

/** What is known at each bar. */
export interface Regressors {
  /** K, the intercept's included. */
  readonly columns: number;
  /** [bars, K] row by row. Row t is made of bars up to t; it is finite everywhere, also where bars before it lack. */
  readonly rows: Float64Array;
  /** Bars before its own that a row is made of: fits leave out the rows that lack some. */
  readonly lookBack: number;
}

/** Sums are added up anew at each multiple, so that rounding does not pile up and no fit depends on where the anchors began. */
const barsBetweenFreshSums = 250;

/** Fewest rows with which a fit of K coefficients means something. */
export const fewestRows = (columns: number): number => 2 * columns;

/**
 * Fits outcomes[t + step] on row t, for all t whose row and outcome lie in the training part.
 * @returns [K]
 */
export function fitOnTraining(
  { columns, rows, lookBack }: Regressors,
  outcomes: Float64Array,
  { firstBar, endBar }: TrainingBars,
  step: number,
): Float64Array {
  const equations = new NormalEquations(columns, 1);
  for (let bar = firstBar + lookBack; bar + step < endBar; bar++) {
    equations.addRow(rows, bar * columns, 1);
    equations.addOutcome(rows, bar * columns, 0, outcomes[bar + step]!, 1);
  }
  const coefficients = new Float64Array(columns);
  equations.factor();
  equations.solve(0, coefficients);
  return coefficients;
}

interface RollingFits {
  readonly regressors: Regressors;
  readonly outcomes: Float64Array;
  /** Steps 1 to this, each with coefficients of its own. */
  readonly steps: number;
  /** Rows of each fit. */
  readonly window: number;
}

/**
 * Visits each anchor and step with the fit of outcomes[t + step] on row t over the `window` newest t whose outcomes are
 * known at the anchor. Anchors that know fewer than `fewestRows` are not visited. The coefficients are overwritten after
 * the visit. All steps share the sums over rows that end at the same bar, and so one Cholesky factor.
 */
export function eachRollingFit(
  { regressors, outcomes, steps, window }: RollingFits,
  { firstAnchor, endAnchor }: Anchors,
  visit: (anchor: number, step: number, coefficients: Float64Array) => void,
): void {
  const { columns, rows, lookBack } = regressors;
  const equations = new NormalEquations(columns, steps);
  const coefficients = new Float64Array(columns);

  const take = (bar: number, newest: number, sign: 1 | -1) => {
    equations.addRow(rows, bar * columns, sign);
    for (let step = 1; step <= steps && newest + step < endAnchor; step++)
      equations.addOutcome(rows, bar * columns, step - 1, outcomes[bar + step]!, sign);
  };
  const takeAfresh = (newest: number) => {
    equations.clear();
    for (let bar = Math.max(lookBack, newest - window + 1); bar <= newest; bar++) take(bar, newest, 1);
  };

  const isFreshAt = (bar: number) => bar % barsBetweenFreshSums === 0;
  const firstNewest = Math.max(firstAnchor - steps, lookBack);
  const start = Math.max(firstNewest - (firstNewest % barsBetweenFreshSums), lookBack);
  for (let newest = start; newest + 1 < endAnchor; newest++) {
    if (newest === start || isFreshAt(newest)) takeAfresh(newest);
    else {
      take(newest, newest, 1);
      if (newest - window >= lookBack) take(newest - window, newest, -1);
      if (equations.hasCancelled()) takeAfresh(newest);
    }
    if (newest + steps < firstAnchor || equations.rowCount < fewestRows(columns)) continue;
    equations.factor();
    for (let step = 1; step <= steps; step++) {
      const anchor = newest + step;
      if (anchor < firstAnchor || anchor >= endAnchor) continue;
      equations.solve(step - 1, coefficients);
      visit(anchor, step, coefficients);
    }
  }
}

/** What coefficients make of the row of a bar. */
export function applyFit(
  { columns, rows }: Regressors,
  bar: number,
  coefficients: ArrayLike<number>,
): number {
  let sum = 0;
  for (let i = 0; i < columns; i++) sum += coefficients[i]! * rows[bar * columns + i]!;
  return sum;
}
