/** Turns a series into windows that an engine trains on. Knows nothing of models: it would serve any of them. */
import { columnOf } from "../domain/price-series.ts";
import type { WindowSet } from "../engine/engine.ts";
import { barsBeforeRow, type SplitRange, splitSeries } from "../recipe/splits.ts";
import type { TrainingConfig } from "../recipe/training-config.ts";
import { type InputColumn, inputColumns, type Sources } from "./inputs.ts";
import { fitScaler, type Scaler, scale } from "./scaler.ts";
import { change, learnedAs } from "./transform.ts";

/** One split, ready to train on or to predict. Window i is anchored at bar `range.firstAnchor + i`. */
export interface SplitWindows {
  readonly range: SplitRange;
  readonly windows: WindowSet;
  /** Takes the network's outputs back to what `change` gave. */
  readonly targetScaler: Scaler;
}

export interface Scalers {
  /** One an input. */
  readonly inputs: readonly Scaler[];
  readonly target: Scaler;
}

/** The splits that have bars, in the order of time, each with at least one window if `checkSeries` passed. */
export function buildWindows(sources: Sources, config: TrainingConfig): SplitWindows[] {
  const { bars } = sources;
  const ranges = splitSeries(bars.time.length, config);
  const inputs = inputColumns(sources, config);
  const target = columnOf(bars, config.target);
  const fromTraining = fitScalers(inputs, target, config, ranges[0]!);
  return ranges.map((range) => {
    const scalers = config.scalerFit === "TRAIN" ? fromTraining : fitScalers(inputs, target, config, range);
    const { firstAnchor, endAnchor } = range;
    const windows = {
      ...inputWindows(inputs, scalers.inputs, config.window, firstAnchor, endAnchor),
      targets: targetsOf(target, scalers.target, config, firstAnchor, endAnchor),
    };
    return { range, windows, targetScaler: scalers.target };
  });
}

/** Those that a split's windows are scaled with. */
export function scalersOf(sources: Sources, config: TrainingConfig, range: SplitRange): Scalers {
  const { bars } = sources;
  const fittedOn = config.scalerFit === "TRAIN" ? splitSeries(bars.time.length, config)[0]! : range;
  return fitScalers(inputColumns(sources, config), columnOf(bars, config.target), config, fittedOn);
}

/** Fits on a split's own bars alone: its rows, and every target that lies in it with the bar it changed from. */
function fitScalers(
  inputs: readonly InputColumn[],
  target: Float64Array,
  config: TrainingConfig,
  { firstBar, endBar }: Pick<SplitRange, "firstBar" | "endBar">,
): Scalers {
  const firstRow = firstBar + barsBeforeRow(config);
  const seen = ({ values, isMinusLast }: InputColumn): Iterable<number> =>
    isMinusLast
      ? distancesToLast(values, config.window, firstRow, endBar)
      : values.subarray(firstRow, endBar);
  return {
    inputs: inputs.map((input) => fitScaler(seen(input), config.scaler)),
    target: fitTargetScaler(target, config, { firstBar, endBar }),
  };
}

function fitTargetScaler(
  target: Float64Array,
  config: TrainingConfig,
  { firstBar, endBar }: Pick<SplitRange, "firstBar" | "endBar">,
): Scaler {
  return fitScaler(targetValues(target, config, firstBar, endBar), config.scaler);
}

/** What a split's targets are scaled with. */
export function targetScalerOf(target: Float64Array, config: TrainingConfig, range: SplitRange): Scaler {
  const fittedOn = config.scalerFit === "TRAIN" ? splitSeries(target.length, config)[0]! : range;
  return fitTargetScaler(target, config, fittedOn);
}

/** What all windows within these rows see of a column that is shown less its last value. */
function* distancesToLast(values: Float64Array, window: number, firstRow: number, endRow: number) {
  for (let last = firstRow + window - 1; last < endRow; last++)
    for (let bar = last - window + 1; bar <= last; bar++) yield values[bar]! - values[last]!;
}

function* targetValues(column: Float64Array, config: TrainingConfig, firstBar: number, endBar: number) {
  const form = learnedAs(config);
  // A price is the same whichever step it is predicted from; a change is not.
  const steps = form === "PRICE" ? 0 : config.horizon;
  if (steps === 0) yield* column.subarray(firstBar, endBar);
  for (let step = 1; step <= steps; step++)
    for (let bar = firstBar + step; bar < endBar; bar++)
      yield change(form, column[bar - step]!, column[bar]!);
}

/**
 * Windows anchored at bars [firstAnchor, endAnchor), scaled. They share one table of rows, one a bar, unless a column is shown
 * less its window's last value: then each window has rows of its own.
 */
export function inputWindows(
  inputs: readonly InputColumn[],
  scalers: readonly Scaler[],
  window: number,
  firstAnchor: number,
  endAnchor: number,
): Omit<WindowSet, "targets"> {
  const count = endAnchor - firstAnchor;
  const features = inputs.length;
  const areShared = !inputs.some(({ isMinusLast }) => isMinusLast);
  // Rows end with the last anchor, so that nothing a window must not see is in the table at all.
  const rowCount = areShared ? Math.max(count, 0) + window - 1 : count * window;
  const rows = new Float32Array(rowCount * features);
  inputs.forEach(({ values, isMinusLast }, feature) => {
    const scaler = scalers[feature]!;
    for (let row = 0; row < rowCount; row++) {
      const at = areShared ? 0 : Math.floor(row / window);
      const bar = firstAnchor - window + 1 + (areShared ? row : at + (row % window));
      const value = isMinusLast ? values[bar]! - values[firstAnchor + at]! : values[bar]!;
      rows[row * features + feature] = scale(scaler, value);
    }
  });
  return { rows, starts: Int32Array.from({ length: count }, (_, i) => (areShared ? i : i * window)) };
}

function targetsOf(
  column: Float64Array,
  scaler: Scaler,
  config: TrainingConfig,
  firstAnchor: number,
  endAnchor: number,
): Float32Array {
  const { horizon } = config;
  const form = learnedAs(config);
  const targets = new Float32Array((endAnchor - firstAnchor) * horizon);
  for (let anchor = firstAnchor; anchor < endAnchor; anchor++)
    for (let step = 1; step <= horizon; step++)
      targets[(anchor - firstAnchor) * horizon + step - 1] = scale(
        scaler,
        change(form, column[anchor]!, column[anchor + step]!),
      );
  return targets;
}
