/**
 * A run's validation losses as a small curve, relative to the naive forecast's loss on a logarithmic scale: 0 is as good,
 * below it is better. Runs of one series share a scale, so that their curves can be compared. Pure.
 */
import type { EpochPoint } from "./run-history.ts";

/** log10 of loss / naive loss. */
export interface CurvePoint {
  readonly epoch: number;
  readonly level: number;
}

/** Lowest and highest level that is drawn. */
export interface CurveRange {
  readonly low: number;
  readonly high: number;
}

/** 20 % better to twice as bad: what every curve shows at least. */
export const leastRange: CurveRange = { low: Math.log10(0.8), high: Math.log10(2) };
/** First epochs may be thousands of times the naive loss: from here on a curve runs along the upper edge. */
const highest = 2;
const lowest = -2;
/** Ranges grow in steps, so that a scale does not move with every epoch. */
const step = 0.25;

/** @param naiveLoss null where it is not known: the curve is then relative to its own lowest loss */
export function curveOf(epochs: readonly EpochPoint[], naiveLoss: number | null): CurvePoint[] {
  const losses = epochs.filter(
    (epoch): epoch is EpochPoint & { validationLoss: number } =>
      epoch.validationLoss !== null && epoch.validationLoss > 0,
  );
  const against =
    naiveLoss !== null && naiveLoss > 0
      ? naiveLoss
      : losses.reduce((low, { validationLoss }) => Math.min(low, validationLoss), Number.POSITIVE_INFINITY);
  return losses.map(({ epoch, validationLoss }) => ({ epoch, level: Math.log10(validationLoss / against) }));
}

/** The range that holds the curve and `before`; the same object where that already does. */
export function widened(before: CurveRange, curve: readonly CurvePoint[]): CurveRange {
  let { low, high } = before;
  for (const { level } of curve) {
    if (level < low) low = Math.max(lowest, Math.floor(level / step) * step);
    if (level > high) high = Math.min(highest, Math.ceil(level / step) * step);
  }
  return low === before.low && high === before.high ? before : { low, high };
}

/** Where a level stands, 0 at the top and 1 at the bottom; what is beyond the range stands at its edge. */
export const heightOf = (level: number, { low, high }: CurveRange): number =>
  Math.min(1, Math.max(0, (high - level) / (high - low)));

/** Best so far against the naive forecast: -0.03 is 3 % less loss. Null while either is unknown. */
export const againstNaive = (lowestLoss: number | null, naiveLoss: number | null): number | null =>
  lowestLoss === null || naiveLoss === null || naiveLoss <= 0 ? null : lowestLoss / naiveLoss - 1;
