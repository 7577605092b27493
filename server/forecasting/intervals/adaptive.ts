/**
 * Intervals that widen when they miss and narrow when they do not: adaptive conformal inference (ACI), Gibbs and Candes
 * (2021), "Adaptive Conformal Inference Under Distribution Shift", arXiv 2106.00170, eq. 2.
 *
 *     half width = q x sigma      q: quantile 1 - alpha_t of the last 500 |outcome - centre| / sigma
 *     alpha_t+1 = alpha_t + 0.02 (alpha - missed)
 *
 * Each step of the horizon and each level has an alpha of its own. What became of step h is known h bars later, and neither
 * quantile nor alpha uses it before.
 */
import type { Anchors } from "../forecasters/baseline.ts";
import { ResidualWindow } from "./residual-window.ts";

/** Ascending. */
export const intervalLevels = [0.8, 0.95] as const;

/**
 * The paper's experiments use 0.005. On 13 spans of 300 bars that no test uses 0.02 covers 94.0 to 95.7 % of a promised 95 %;
 * 0.01 lets single blocks of 50 fall to 86 % (0.02: 90 %), 0.05 is a third wider for the same.
 */
const gamma = 0.02;
/** With fewer residuals than 1 / 0.05 - 1 no one of them is a 95 % quantile. */
const fewestResiduals = 19;

/** One run of forecasts on successive anchors: the tail of the training part, validation and test together. */
export interface IntervalRun {
  /** The series that is forecast, one a bar, as far as it is known. */
  readonly values: Float64Array;
  readonly anchors: Anchors;
  readonly horizon: number;
  /** Forecasts, [N, P]. */
  readonly centre: Float64Array;
  /** See `sigmaAt`, [N, P]. */
  readonly sigma: Float64Array;
}

/** Bounds of one level, [N, P]; NaN while fewer than 19 outcomes of a step are known. */
export interface Intervals {
  readonly level: number;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** What the next forecast's intervals need: plain numbers, to be stored as JSON. */
export interface AdaptiveState {
  readonly steps: readonly StepState[];
}

interface StepState {
  /** The last 500 at most, the oldest first. */
  readonly residuals: readonly number[];
  /** One a level. */
  readonly alphas: readonly number[];
  /** Forecasts whose outcome is not known yet, the oldest first. */
  readonly pending: readonly PendingForecast[];
}

interface PendingForecast {
  readonly anchor: number;
  readonly centre: number;
  readonly sigma: number;
  /** q of each level; null where there was no interval. */
  readonly reach: readonly (number | null)[];
}

/**
 * @param from the state that an earlier call left, on the same series before bars were appended to it; its anchors lie
 * before this run's
 */
export function adaptIntervals(
  run: IntervalRun,
  from?: AdaptiveState,
): { readonly intervals: readonly Intervals[]; readonly state: AdaptiveState } {
  const intervals = intervalLevels.map((level) => ({
    level,
    lower: new Float64Array(run.centre.length).fill(Number.NaN),
    upper: new Float64Array(run.centre.length).fill(Number.NaN),
  }));
  const steps = Array.from({ length: run.horizon }, (_, i) =>
    adaptStep(run, i + 1, intervals, from?.steps[i]),
  );
  return { intervals, state: { steps } };
}

function adaptStep(
  { values, anchors, horizon, centre, sigma }: IntervalRun,
  step: number,
  intervals: readonly Intervals[],
  from: StepState | undefined,
): StepState {
  const window = new ResidualWindow(from?.residuals);
  const alphas = intervals.map(({ level }, i) => from?.alphas[i] ?? 1 - level);
  const pending = [...(from?.pending ?? [])];

  const learn = (forecast: PendingForecast) => {
    const residual = Math.abs(values[forecast.anchor + step]! - forecast.centre) / forecast.sigma;
    intervals.forEach(({ level }, i) => {
      const reach = forecast.reach[i] ?? null;
      if (reach === null) return;
      const moved = alphas[i]! + gamma * (1 - level - (residual > reach ? 1 : 0));
      // Where the paper's alpha stays by itself (lemma 4.1), because its interval below 0 is the whole line and never misses.
      // Ours is the widest residual: outcomes that miss it too would drive alpha down, and intervals stay wide for years.
      alphas[i] = Math.min(Math.max(moved, -gamma), 1 + gamma);
    });
    window.add(residual);
  };

  let next = 0;
  const forgetLearnt = () => {
    pending.splice(0, next);
    next = 0;
  };
  for (let anchor = anchors.firstAnchor; anchor < anchors.endAnchor; anchor++) {
    for (; next < pending.length && pending[next]!.anchor + step <= anchor; next++) learn(pending[next]!);
    if (next >= 1024) forgetLearnt();
    const index = (anchor - anchors.firstAnchor) * horizon + step - 1;
    const hasInterval = window.size >= fewestResiduals;
    const reach: (number | null)[] = [];
    // Alphas move apart from each other: a higher level must not end up within a lower one.
    for (const alpha of alphas)
      reach.push(hasInterval ? Math.max(window.quantile(alpha), reach.at(-1) ?? 0) : null);
    const forecast = { anchor, centre: centre[index]!, sigma: sigma[index]!, reach };
    pending.push(forecast);
    intervals.forEach(({ lower, upper }, i) => {
      const halfWidth = (reach[i] ?? Number.NaN) * forecast.sigma;
      lower[index] = forecast.centre - halfWidth;
      upper[index] = forecast.centre + halfWidth;
    });
  }
  forgetLearnt();
  return { residuals: window.oldestFirst(), alphas, pending };
}
