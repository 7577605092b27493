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
import { type InputColumn, inputColumns, type Sources } from "./inputs.ts";
import type { OtherColumn } from "./other-series.ts";
import type { Scaler } from "./scaler.ts";
import { inputWindows, type Scalers, scalersOf } from "./windows.ts";

/** What is tested: how inputs are made, how they are scaled, and who else forecasts. Tests put leaking ones in its place. */
export interface Pipeline {
  readonly inputs: (sources: Sources, config: TrainingConfig) => readonly InputColumn[];
  readonly scalers: (sources: Sources, config: TrainingConfig, range: SplitRange) => Scalers;
  /** What baselines say at anchors of a split, any numbers in any order. */
  readonly baselines: (sources: Sources, config: TrainingConfig, range: SplitRange) => Float64Array;
  /** What the network says of windows; the leak test asks for a few. */
  readonly predict: (rows: Float32Array, starts: Int32Array) => Promise<Float32Array>;
}

export const ownInputs: Pick<Pipeline, "inputs" | "scalers"> = { inputs: inputColumns, scalers: scalersOf };

const mostCuts = 4;
/** Anchors before a cut that are compared. */
const anchorsACut = 8;

export async function leakTest(
  pipeline: Pipeline,
  sources: Sources,
  config: TrainingConfig,
): Promise<LeakTest> {
  const { bars } = sources;
  const ranges = splitSeries(bars.time.length, config);
  const cuts = cutPoints(ranges);
  const failures: string[] = [];
  if (config.validateOnTest)
    failures.push(
      "The test chose which epoch is kept, so its scores are not those of bars that were never seen.",
    );
  for (const { range, cut } of cuts) {
    const found = await whatChanged(pipeline, sources, config, { range, cut });
    if (found !== null)
      failures.push(
        `${found} of the ${range.split.toLowerCase()} changed when bars after ${dayOf(bars, cut)} did.`,
      );
  }
  const shorter = cuts.length > 0 ? shorterHistory(pipeline, sources, config, cuts.at(-1)!) : null;
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
  { inputs, scalers, baselines, predict }: Pipeline,
  sources: Sources,
  config: TrainingConfig,
  { range, cut }: Cut,
): Promise<string | null> {
  const anchors = { firstAnchor: Math.max(range.firstAnchor, cut - anchorsACut + 1), endAnchor: cut + 1 };
  const upToCut = { ...range, ...anchors };
  const seenIn = (seen: Sources) => {
    const fitted = scalers(seen, config, range);
    const { firstAnchor, endAnchor } = anchors;
    const windows = inputWindows(inputs(seen, config), fitted.inputs, config.window, firstAnchor, endAnchor);
    return { fitted, windows, baselines: baselines(seen, config, upToCut) };
  };
  const before = seenIn(sources);
  const after = seenIn(disturbedAt(sources, cut));
  if (!sameScalers(before.fitted, after.fitted)) return "The scaler";
  if (!sameBits(before.windows.rows, after.windows.rows)) return "An input";
  if (!sameBits(before.baselines, after.baselines)) return "A baseline";
  const said = await predict(before.windows.rows, before.windows.starts);
  return sameBits(said, await predict(after.windows.rows, after.windows.starts)) ? null : "A prediction";
}

/** Scaled numbers that older bars may still change: a recursive indicator never quite forgets. */
const forgotten = 1e-4;

function shorterHistory(
  { inputs, scalers }: Pipeline,
  sources: Sources,
  config: TrainingConfig,
  { range, cut }: Cut,
): string | null {
  const needed = barsBeforeRow(config) + config.window;
  const from = cut - needed + 1;
  if (from <= 0) return null;
  const fitted = scalers(sources, config, range).inputs;
  const rowsOf = (bars: BarTable, anchor: number): Float32Array =>
    inputWindows(inputs({ ...sources, bars }, config), fitted, config.window, anchor, anchor + 1).rows;
  const whole = rowsOf(sources.bars, cut);
  const part = rowsOf(barsBetween(sources.bars, from, cut + 1), needed - 1);
  const isSame = whole.every((value, at) => Math.abs(value - part[at]!) <= forgotten);
  return isSame ? null : `A history of ${needed} bars gives other inputs than the whole one.`;
}

/** Everything that comes after a bar is another than it was. */
const disturbedAt = ({ bars, timezone, others }: Sources, cut: number): Sources => ({
  bars: disturbedAfter(bars, cut),
  timezone,
  others: {
    ...others,
    columns: others.columns.map((other) => disturbedFrom(other, bars.time[cut + 1]!)),
  },
});

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
