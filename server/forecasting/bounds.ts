/** Intervals around a run's predictions: made split by split in the order of time, and held against what came. */
import { type BarTable, columnOf, type PriceField } from "../domain/price-series.ts";
import type { Coverage, IntervalColumns, SplitPredictions } from "../domain/results.ts";
import type { SplitRange } from "../recipe/splits.ts";
import type { TrainingConfig } from "../recipe/training-config.ts";
import type { Anchors, Target } from "./forecasters/baseline.ts";
import { type AdaptiveState, adaptIntervals } from "./intervals/adaptive.ts";
import { coverageOf } from "./intervals/coverage.ts";
import { fitSigma, type SigmaFit, sigmaAt, withSeen } from "./intervals/sigma.ts";
import { kupiec } from "./statistics/kupiec.ts";

export interface Bounds {
  /** By split and step, of what is held out. */
  readonly intervals: ReadonlyMap<SplitPredictions, readonly IntervalColumns[]>;
  readonly coverage: readonly Coverage[];
  /** What scales the intervals, for bars that come after the last one. */
  readonly sigma: SigmaFit;
  /** After the last bar: what tomorrow's interval begins with. */
  readonly state: AdaptiveState;
}

/** Residuals that a first interval may be made of: those of the training's last windows. */
const trainingWindows = 600;

export function boundsOf(
  bars: BarTable,
  config: TrainingConfig,
  target: Target,
  ranges: readonly SplitRange[],
  predictions: readonly SplitPredictions[],
): Bounds {
  const { horizon } = config;
  const training = ranges[0]!;
  const intervals = new Map<SplitPredictions, IntervalColumns[]>();
  const coverage: Coverage[] = [];
  let state: AdaptiveState | undefined;
  const least = leastOf(config.target);
  const scaled = { target, logVariance: logVarianceFor(bars, config) };
  const sigma = fitSigma({ ...scaled, training, horizon });
  for (const range of ranges) {
    const steps = predictions.filter(({ split }) => split === range.split);
    const isTraining = range.split === "TRAIN";
    const skipped = isTraining ? Math.max(0, range.endAnchor - range.firstAnchor - trainingWindows) : 0;
    const anchors = { firstAnchor: range.firstAnchor + skipped, endAnchor: range.endAnchor };
    const adapted = adaptIntervals(
      {
        values: target.values,
        anchors,
        horizon,
        centre: centreOf(steps, anchors, skipped),
        sigma: sigmaAt(sigma, scaled, anchors),
      },
      state,
    );
    state = adapted.state;
    if (isTraining) continue;
    for (const step of steps) {
      const own = adapted.intervals.map(({ level, lower, upper }) => ({
        level,
        lower: notBelow(least, everyStep(lower, step.step, horizon)),
        upper: notBelow(least, everyStep(upper, step.step, horizon)),
      }));
      intervals.set(step, own);
      coverage.push(...own.flatMap((one) => coverageOn(step, one)));
    }
  }
  return { intervals, coverage, sigma: withSeen(sigma, scaled), state: state! };
}

/** A volume's moves, and a variance's own, do not follow the prices' ranges. */
export const logVarianceFor = (
  bars: BarTable,
  { target }: Pick<TrainingConfig, "target">,
): Float64Array | null =>
  target === "VOLUME" || target === "LOG_VARIANCE" ? null : columnOf(bars, "LOG_VARIANCE");

/** What no outcome is below: an interval must not promise less. */
export const leastOf = (target: PriceField): number => (target === "VOLUME" ? 0 : Number.NEGATIVE_INFINITY);

const notBelow = (least: number, values: Float64Array): Float64Array =>
  values.map((value) => Math.max(least, value));

/** [N, P] of columns, one a step. */
function centreOf(
  steps: readonly SplitPredictions[],
  { firstAnchor, endAnchor }: Anchors,
  skipped: number,
): Float64Array {
  const centre = new Float64Array(Math.max(0, endAnchor - firstAnchor) * steps.length);
  steps.forEach(({ predicted }, at) => {
    for (let window = 0; window < endAnchor - firstAnchor; window++)
      centre[window * steps.length + at] = predicted[skipped + window]!;
  });
  return centre;
}

const everyStep = (values: Float64Array, step: number, horizon: number): Float64Array =>
  Float64Array.from({ length: values.length / horizon }, (_, window) => values[window * horizon + step - 1]!);

function coverageOn(
  { split, step, actual }: SplitPredictions,
  { level, lower, upper }: IntervalColumns,
): Coverage[] {
  const found = coverageOf(level, step, { actual, lower, upper });
  if (!found) return [];
  const { misses, ...rest } = found;
  return [{ ...rest, split, kupiecPValue: kupiec(misses, found.count, 1 - level)?.pValue ?? null }];
}
