/**
 * A finished run's network with all that it needs to forecast bars that came after it: weights, scalers, the state of its
 * intervals, and what its inputs looked like while it was trained. Bytes, exact to the last bit.
 */
import type { SplitRange } from "../recipe/splits.ts";
import { decodeFramed, encodeFramed, type Format } from "./framed-arrays.ts";
import type { InputColumn } from "./inputs.ts";
import type { AdaptiveState } from "./intervals/adaptive.ts";
import type { SigmaFit, SigmaSource } from "./intervals/sigma.ts";
import { type Scaler, scale } from "./scaler.ts";
import type { Scalers } from "./windows.ts";

export interface TrainedModel {
  /** Of the best epoch, in the order of `weightLayout`. */
  readonly weights: Float32Array;
  readonly scalers: Scalers;
  readonly intervals: { readonly state: AdaptiveState; readonly source: SigmaSource } | null;
  readonly familiar: Familiar;
  /** Null in models from before they were kept with it: they cannot forecast. */
  readonly origin: ForecastOrigin | null;
}

/** Where the run's own bars end, and what forecasts of later ones need of them. */
export interface ForecastOrigin {
  /** Bars that the run used, those that it left out at either end not counted. */
  readonly barCount: number;
  /** Of the last of them, in ms. */
  readonly lastTime: number;
  /** What scales intervals. */
  readonly sigma: SigmaFit;
}

/** What the training's inputs looked like. */
export interface Familiar {
  /** Lowest and highest of each input in the training's rows, in its own unit; of its distances to the last where it is shown so. */
  readonly ranges: readonly { readonly lowest: number; readonly highest: number }[];
  /** 99.5 % of the training's windows lie nearer to its mean than this, see `distanceOf`. */
  readonly farthest: number;
}

const format: Format = { magic: "GATEMODL", version: 1, name: "a trained model" };

export const encodeModel = ({ weights, ...header }: TrainedModel): Uint8Array =>
  encodeFramed(format, header, [weights]);

/** @throws RangeError when the bytes are no model, are cut short, or come from another version */
export function decodeModel(bytes: Uint8Array): TrainedModel {
  const { header, arrays } = decodeFramed<Omit<TrainedModel, "weights">>(format, bytes);
  const { scalers, intervals, familiar, origin = null } = header;
  return { weights: arrays[0]!, scalers, intervals, familiar, origin };
}

/** Windows looked at: enough to know the tail of their distances. */
const mostWindows = 5_000;

/** @param training its windows' anchors */
export function familiarOf(
  inputs: readonly InputColumn[],
  scalers: readonly Scaler[],
  window: number,
  { firstAnchor, endAnchor }: Pick<SplitRange, "firstAnchor" | "endAnchor">,
): Familiar {
  const ranges = inputs.map(() => ({ lowest: Number.POSITIVE_INFINITY, highest: Number.NEGATIVE_INFINITY }));
  const stride = Math.max(1, Math.floor((endAnchor - firstAnchor) / mostWindows));
  const distances: number[] = [];
  for (let anchor = firstAnchor; anchor < endAnchor; anchor += stride) {
    inputs.forEach((input, at) => {
      for (let bar = anchor - window + 1; bar <= anchor; bar++) {
        const value = shownAt(input, bar, anchor);
        const range = ranges[at]!;
        if (value < range.lowest) range.lowest = value;
        if (value > range.highest) range.highest = value;
      }
    });
    distances.push(distanceOf(inputs, scalers, window, anchor));
  }
  distances.sort((a, b) => a - b);
  return { ranges, farthest: distances[Math.floor(0.995 * (distances.length - 1))] ?? 0 };
}

/** How unlike the training a window is. */
export interface Unlikeness {
  /** Share of its numbers outside of the training's range of their input, 0..1. */
  readonly outside: number;
  readonly isUnlike: boolean;
}

/** Above this share of numbers never seen in training, or farther than 99.5 % of its windows, a window is unlike them. */
const mostOutside = 0.05;

export function unlikeness(
  inputs: readonly InputColumn[],
  scalers: readonly Scaler[],
  { ranges, farthest }: Familiar,
  window: number,
  anchor: number,
): Unlikeness {
  let outside = 0;
  inputs.forEach((input, at) => {
    const { lowest, highest } = ranges[at]!;
    for (let bar = anchor - window + 1; bar <= anchor; bar++) {
      const value = shownAt(input, bar, anchor);
      if (value < lowest || value > highest) outside++;
    }
  });
  const share = outside / (inputs.length * window);
  return {
    outside: share,
    isUnlike: share > mostOutside || distanceOf(inputs, scalers, window, anchor) > farthest,
  };
}

const shownAt = ({ values, isMinusLast }: InputColumn, bar: number, anchor: number): number =>
  isMinusLast ? values[bar]! - values[anchor]! : values[bar]!;

/** Root mean square of a window's scaled numbers: with a standard scaler, its distance from the mean in deviations. */
function distanceOf(
  inputs: readonly InputColumn[],
  scalers: readonly Scaler[],
  window: number,
  anchor: number,
): number {
  let squares = 0;
  inputs.forEach((input, at) => {
    for (let bar = anchor - window + 1; bar <= anchor; bar++)
      squares += scale(scalers[at]!, shownAt(input, bar, anchor)) ** 2;
  });
  return Math.sqrt(squares / (inputs.length * window));
}
