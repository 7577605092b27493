/** Turns a series into windows that an engine trains on. Knows nothing of models: it would serve any of them. */
import { type BarTable, columnOf, type PriceField } from "../domain/price-series.ts";
import type { WindowSet } from "../engine/engine.ts";
import { isTransformed } from "../recipe/series-facts.ts";
import { barsBeforeRow, type SplitRange, splitSeries } from "../recipe/splits.ts";
import type { TrainingConfig } from "../recipe/training-config.ts";
import { fitScaler, type Scaler, scale } from "./scaler.ts";
import { change } from "./transform.ts";

/** One split, ready to train on or to predict. Window i is anchored at bar `range.firstAnchor + i`. */
export interface SplitWindows {
  readonly range: SplitRange;
  readonly windows: WindowSet;
  /** Takes the network's outputs back to what `change` gave. */
  readonly targetScaler: Scaler;
}

interface Scalers {
  /** One a feature. */
  readonly features: readonly Scaler[];
  readonly target: Scaler;
}

/** The splits that have bars, in the order of time, each with at least one window if `checkSeries` passed. */
export function buildWindows(bars: BarTable, config: TrainingConfig): SplitWindows[] {
  const ranges = splitSeries(bars.time.length, config);
  const fromTraining = fitScalers(bars, config, ranges[0]!);
  return ranges.map((range) => {
    const scalers = config.scalerFit === "TRAIN" ? fromTraining : fitScalers(bars, config, range);
    return { range, windows: windowsOf(bars, config, range, scalers), targetScaler: scalers.target };
  });
}

/** Fits on a split's own bars alone: its rows, and every target that lies in it with the bar it changed from. */
function fitScalers(bars: BarTable, config: TrainingConfig, { firstBar, endBar }: SplitRange): Scalers {
  const firstRow = firstBar + barsBeforeRow(config);
  return {
    features: config.features.map((field) => fitScaler(rowValues(bars, config, field, firstRow, endBar))),
    target: fitScaler(targetValues(bars, config, firstBar, endBar)),
  };
}

function* rowValues(
  bars: BarTable,
  config: TrainingConfig,
  field: PriceField,
  fromBar: number,
  endBar: number,
) {
  const column = columnOf(bars, field);
  const transform = isTransformed(field, config) ? config.transform : "PRICE";
  for (let bar = fromBar; bar < endBar; bar++)
    yield change(transform, column[bar - 1] ?? Number.NaN, column[bar]!);
}

function* targetValues(bars: BarTable, config: TrainingConfig, firstBar: number, endBar: number) {
  const column = columnOf(bars, config.target);
  // A price is the same whichever step it is predicted from; a change is not.
  const steps = config.transform === "PRICE" ? 0 : config.horizon;
  if (steps === 0) yield* column.subarray(firstBar, endBar);
  for (let step = 1; step <= steps; step++)
    for (let bar = firstBar + step; bar < endBar; bar++)
      yield change(config.transform, column[bar - step]!, column[bar]!);
}

function windowsOf(bars: BarTable, config: TrainingConfig, range: SplitRange, scalers: Scalers): WindowSet {
  const { window, horizon, features } = config;
  const count = range.endAnchor - range.firstAnchor;
  const firstRow = range.firstAnchor - window + 1;
  // Rows end with the last anchor, so that nothing a window must not see is in the table at all.
  const rows = new Float32Array((range.endAnchor - firstRow) * features.length);
  features.forEach((field, feature) => {
    const scaler = scalers.features[feature]!;
    let index = feature;
    for (const value of rowValues(bars, config, field, firstRow, range.endAnchor)) {
      rows[index] = scale(scaler, value);
      index += features.length;
    }
  });
  const target = columnOf(bars, config.target);
  const targets = new Float32Array(count * horizon);
  for (let i = 0; i < count; i++) {
    const anchor = range.firstAnchor + i;
    for (let step = 1; step <= horizon; step++) {
      const value = change(config.transform, target[anchor]!, target[anchor + step]!);
      targets[i * horizon + step - 1] = scale(scalers.target, value);
    }
  }
  return { rows, starts: Int32Array.from({ length: count }, (_, i) => i), targets };
}
