/**
 * Whether what a run sees and says at a bar depends on bars after it. Bars after a few cut points are disturbed at random, its own
 * and those of other series that it sees, and everything up to the cut must stay the same to the last bit: inputs, scalers,
 * baselines, predictions. A history that begins later must give the same inputs beyond the indicators' warm-up.
 */
import { type BarTable, barsBetween } from "../domain/price-series.ts";
import type { LeakTest } from "../domain/results.ts";
import { usualGap } from "../domain/usual-gap.ts";
import { barsBeforeRow, type SplitRange, splitSeries } from "../recipe/splits.ts";
import type { TrainingConfig } from "../recipe/training-config.ts";
import { type InputColumn, inputColumns } from "./inputs.ts";
import { noOthers, type OtherColumn, type Others } from "./other-series.ts";
import type { Scaler } from "./scaler.ts";
import { inputWindows, type Scalers, scalersOf } from "./windows.ts";

/** What is tested: how inputs are made, how they are scaled, and who else forecasts. Tests put leaking ones in its place. */
export interface Pipeline {
  readonly inputs: (bars: BarTable, config: TrainingConfig, others: Others) => readonly InputColumn[];
  readonly scalers: (bars: BarTable, config: TrainingConfig, range: SplitRange, others: Others) => Scalers;
  /** What others say at anchors of a split, any numbers in any order. */
  readonly others: (bars: BarTable, config: TrainingConfig, range: SplitRange) => Float64Array;
  /** What the network says of windows; the leak test asks for a few. */
  readonly predict: (rows: Float32Array, starts: Int32Array) => Promise<Float32Array>;
}

/** @param timezone as `inputColumns` takes it */
export const ownInputs = (timezone: string): Pick<Pipeline, "inputs" | "scalers"> => ({
  inputs: (bars, config, others) => inputColumns(bars, config, timezone, others),
  scalers: (bars, config, range, others) => scalersOf(bars, config, range, timezone, others),
});

const mostCuts = 4;
/** Anchors before a cut that are compared. */
const anchorsACut = 8;

/** @param bars those that the run uses */
export async function leakTest(
  pipeline: Pipeline,
  bars: BarTable,
  config: TrainingConfig,
  others: Others = noOthers,
): Promise<LeakTest> {
  const ranges = splitSeries(bars.time.length, config);
  const cuts = cutPoints(ranges);
  const failures: string[] = [];
  if (config.validateOnTest)
    failures.push(
      "The test chose which epoch is kept, so its scores are not those of bars that were never seen.",
    );
  for (const { range, cut } of cuts) {
    const found = await whatChanged(pipeline, bars, config, others, { range, cut });
    if (found !== null)
      failures.push(
        `${found} of the ${range.split.toLowerCase()} changed when bars after ${dayOf(bars, cut)} did.`,
      );
  }
  const shorter = cuts.length > 0 ? shorterHistory(pipeline, bars, config, others, cuts.at(-1)!) : null;
  if (shorter !== null) failures.push(shorter);
  const distinct = [...new Set(failures)];
  if (distinct.length > 0) return { passed: false, checkedCuts: cuts.length, detail: distinct.join(" ") };
  return {
    passed: true,
    checkedCuts: cuts.length,
    detail:
      cuts.length === 0
        ? "There was nothing to test: no bars were held out."
        : `Bars after ${cuts.length} cut points were disturbed at random: all inputs, scalers, baselines and predictions up to them ` +
          "stayed the same to the last bit. A history that begins later gives the same inputs.",
  };
}

interface Cut {
  readonly range: SplitRange;
  /** An anchor: bars after it are disturbed. */
  readonly cut: number;
}

/** Spread over what is held out, from an eighth of it on. */
function cutPoints(ranges: readonly SplitRange[]): Cut[] {
  const held = ranges.filter(
    ({ split, firstAnchor, endAnchor }) => split !== "TRAIN" && endAnchor > firstAnchor,
  );
  const each = Math.ceil(mostCuts / Math.max(held.length, 1));
  return held.flatMap((range) => {
    const length = range.endAnchor - range.firstAnchor;
    const places = Array.from({ length: each }, (_, i) => Math.floor(((i + 0.5) / each) * length));
    return [...new Set(places)].map((place) => ({ range, cut: range.firstAnchor + place }));
  });
}

/** @returns what differs, for people; null where nothing does */
async function whatChanged(
  { inputs, scalers, others: forecasters, predict }: Pipeline,
  bars: BarTable,
  config: TrainingConfig,
  others: Others,
  { range, cut }: Cut,
): Promise<string | null> {
  const anchors = { firstAnchor: Math.max(range.firstAnchor, cut - anchorsACut + 1), endAnchor: cut + 1 };
  const upToCut = { ...range, ...anchors };
  const seenIn = async (table: BarTable, beside: Others) => {
    const fitted = scalers(table, config, range, beside);
    const windows = inputWindows(
      inputs(table, config, beside),
      fitted.inputs,
      config.window,
      anchors.firstAnchor,
      anchors.endAnchor,
    );
    return { fitted, windows, others: forecasters(table, config, upToCut) };
  };
  const before = await seenIn(bars, others);
  const next = bars.time[cut + 1]!;
  const after = await seenIn(disturbedAfter(bars, cut), {
    ...others,
    columns: others.columns.map((other) => disturbedFrom(other, next)),
  });
  if (!sameScalers(before.fitted, after.fitted)) return "The scaler";
  if (!sameBits(before.windows.rows, after.windows.rows)) return "An input";
  if (!sameBits(before.others, after.others)) return "A baseline";
  const said = await predict(before.windows.rows, before.windows.starts);
  return sameBits(said, await predict(after.windows.rows, after.windows.starts)) ? null : "A prediction";
}

/** Scaled numbers that older bars may still change: a recursive indicator never quite forgets. */
const forgotten = 1e-4;

function shorterHistory(
  { inputs, scalers }: Pipeline,
  bars: BarTable,
  config: TrainingConfig,
  others: Others,
  { range, cut }: Cut,
): string | null {
  const needed = barsBeforeRow(config) + config.window;
  const from = cut - needed + 1;
  if (from <= 0) return null;
  const fitted = scalers(bars, config, range, others).inputs;
  const rowsOf = (table: BarTable, anchor: number): Float32Array =>
    inputWindows(inputs(table, config, others), fitted, config.window, anchor, anchor + 1).rows;
  const whole = rowsOf(bars, cut);
  const part = rowsOf(barsBetween(bars, from, cut + 1), needed - 1);
  const isSame = whole.every((value, at) => Math.abs(value - part[at]!) <= forgotten);
  return isSame ? null : `A history of ${needed} bars gives other inputs than the whole one.`;
}

/** Bars of another series that end after the run's next bar begins, its own rule aside: nothing may be known of them at the cut. */
function disturbedFrom(other: OtherColumn, next: number): OtherColumn {
  const { time } = other.bars;
  const gap = usualGap(time);
  const ended = time.findLastIndex(
    (at, bar) => Math.min(at + gap, time[bar + 1] ?? Number.POSITIVE_INFINITY) <= next,
  );
  return { ...other, bars: disturbedAfter(other.bars, ended) };
}

/** Each later bar times a factor of its own, around 1: its prices keep their order. */
function disturbedAfter(bars: BarTable, cut: number): BarTable {
  const factors = Float64Array.from(bars.time, (_, bar) => (bar <= cut ? 1 : 0.25 + 1.5 * noise(bar)));
  const disturbed = (column: Float64Array) => column.map((value, bar) => value * factors[bar]!);
  const widened = (column: Float64Array, by: number) =>
    column.map((value, bar) => (bar <= cut ? value : value * factors[bar]! * (1 + by * noise(bar + 0.5))));
  return {
    time: bars.time,
    open: disturbed(bars.open),
    high: widened(bars.high, 0.1),
    low: widened(bars.low, -0.1),
    close: disturbed(bars.close),
    adjustedClose: disturbed(bars.adjustedClose),
    volume: widened(bars.volume, 2),
  };
}

/** [0, 1), the same for the same bar: a sine's far digits. */
function noise(bar: number): number {
  const far = Math.sin(bar * 12.9898 + 78.233) * 43758.5453;
  return far - Math.floor(far);
}

function sameScalers(one: Scalers, other: Scalers): boolean {
  const same = (a: Scaler, b: Scaler) => Object.is(a.origin, b.origin) && Object.is(a.unit, b.unit);
  return same(one.target, other.target) && one.inputs.every((scaler, at) => same(scaler, other.inputs[at]!));
}

const sameBits = (one: ArrayLike<number>, other: ArrayLike<number>): boolean =>
  one.length === other.length && Array.prototype.every.call(one, (value, at) => Object.is(value, other[at]));

const dayOf = (bars: BarTable, bar: number): string => new Date(bars.time[bar]!).toISOString().slice(0, 10);
