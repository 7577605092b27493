/** From epochs to the lines of the loss chart. Pure. */

import { t } from "../../lib/words/t.ts";
import type { EpochPoint } from "./run-history.ts";
import { bestSoFar, smoothed } from "./smoothing.ts";
import { thinEpochs } from "./thin-epochs.ts";

export type LossScale = "linear" | "log";
export interface LossLine {
  readonly name: string;
  /** [epoch, loss], or [epoch, log10 loss]. */
  readonly data: [x: number, y: number][];
}

/** ApexCharts' own logarithmic axis mislabels losses below 1, so the logarithm is taken here. */
export const scaledLoss = (loss: number, scale: LossScale) => (scale === "log" ? Math.log10(loss) : loss);

const canBeDrawn = (loss: number | null, scale: LossScale): loss is number =>
  loss !== null && Number.isFinite(loss) && (scale === "linear" || loss > 0);

/** More points than this no screen can show; drawing them would make a long run's page stutter. */
const mostPoints = 1000;

export interface LossesDrawn {
  /** Lowest validation loss up to each epoch, as steps. */
  readonly best?: boolean;
  /** Of the naive forecast, in the same unit; null: not known. */
  readonly naiveLoss?: number | null;
  /** Weight of the past, 0 to below 1: with any, the lines as they are stand behind the smooth ones. */
  readonly smoothing?: number;
  /** Epochs in view, both ends inclusive; absent: all. */
  readonly range?: EpochRange | null;
  /** The right end, to which the naive line goes. */
  readonly lastEpoch?: number;
}

export interface EpochRange {
  readonly from: number;
  readonly to: number;
}

export const isWithin = (epoch: number, range: EpochRange | null | undefined): boolean =>
  !range || (epoch >= range.from && epoch <= range.to);

/** Train, validation where there is one, and what is asked for beside them; each with its name. */
export function lossLines(
  epochs: readonly EpochPoint[],
  scale: LossScale,
  { best = false, naiveLoss = null, smoothing = 0, range = null, lastEpoch = 0 }: LossesDrawn = {},
): LossLine[] {
  const train = epochs.map(({ trainLoss }) => trainLoss as number | null);
  const validation = epochs.map(({ validationLoss }) => validationLoss ?? null);
  const lows = best ? bestSoFar(validation) : [];
  const place = new Map(epochs.map(({ epoch }, i) => [epoch, i]));
  const drawn = thinEpochs(
    epochs.filter(({ epoch }) => isWithin(epoch, range)),
    mostPoints,
  );
  const line = (name: string, values: readonly (number | null)[]): LossLine => ({
    name,
    data: drawn.flatMap(({ epoch }): [number, number][] => {
      const loss = values[place.get(epoch)!] ?? null;
      return canBeDrawn(loss, scale) ? [[epoch, scaledLoss(loss, scale)]] : [];
    }),
  });
  const validates = validation.some((loss) => loss !== null);
  const pair = (
    [trainName, validationName]: readonly [string, string],
    of: (values: readonly (number | null)[]) => readonly (number | null)[],
  ) => [line(trainName, of(train)), ...(validates ? [line(validationName, of(validation))] : [])];
  const names = [t("Train"), t("Validation")] as const;
  const rawNames = [t("Train, not smoothed"), t("Validation, not smoothed")] as const;
  return [
    ...pair(smoothing > 0 ? rawNames : names, (values) => values),
    ...(smoothing > 0 ? pair(names, (values) => smoothed(values, smoothing)) : []),
    ...(best && validates ? [line(t("Best so far"), lows)] : []),
    ...naiveLine(naiveLoss, scale, range ?? { from: 0, to: Math.max(1, lastEpoch) }),
  ];
}

export const naiveName = (): string => t("Last value (naive)");

function naiveLine(naiveLoss: number | null, scale: LossScale, { from, to }: EpochRange): LossLine[] {
  if (!canBeDrawn(naiveLoss, scale)) return [];
  const y = scaledLoss(naiveLoss, scale);
  return [
    {
      name: naiveName(),
      data: [
        [from, y],
        [to, y],
      ],
    },
  ];
}

/** How wide a range must be for a closer look to have more than the thinned epochs: null where they are all there. */
export function missingRange(epochs: readonly EpochPoint[], range: EpochRange | null): EpochRange | null {
  if (!range) return null;
  const inView = epochs.filter(({ epoch }) => isWithin(epoch, range));
  const newest = epochs.at(-1)?.epoch ?? 0;
  const there = Math.min(range.to, newest) - Math.max(range.from, 1) + 1;
  return inView.length < there ? range : null;
}

/** What the API sent of a range in place of what was there of it. */
export const withRange = (
  epochs: readonly EpochPoint[],
  closer: readonly EpochPoint[],
  range: EpochRange,
): readonly EpochPoint[] => [
  ...epochs.filter(({ epoch }) => epoch < range.from),
  ...closer,
  ...epochs.filter(({ epoch }) => epoch > Math.max(range.to, closer.at(-1)?.epoch ?? 0)),
];

export interface LogAxis {
  /** Exponents of ten. */
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

const steps = [0.02, 0.05, 0.1, 0.25, 0.5, 1, 2, 5];
const mostSteps = 6;

/** An axis of powers of ten around the lines, in steps that give at most six of them. */
export function logAxis(lines: readonly LossLine[]): LogAxis {
  const exponents = lines.flatMap(({ data }) => data.map(([, y]) => y));
  if (exponents.length === 0) return { min: -3, max: 0, step: 1 };
  const low = exponents.reduce((least, y) => Math.min(least, y), Number.POSITIVE_INFINITY);
  const high = exponents.reduce((most, y) => Math.max(most, y), Number.NEGATIVE_INFINITY);
  const spans = (step: number) => {
    const min = Math.floor(low / step) * step;
    return { min, max: Math.max(Math.ceil(high / step) * step, min + step), step };
  };
  const fitting = steps.map(spans).find(({ min, max, step }) => (max - min) / step <= mostSteps + 1e-9);
  return fitting ?? spans(steps.at(-1)!);
}

/** The axis of epochs: from 0 in round steps, at most ten of them, to the first mark that holds the last epoch. */
export function epochAxis(lastEpoch: number): { readonly max: number; readonly ticks: number } {
  const fewest = Math.max(1, lastEpoch) / 10;
  const size = 10 ** Math.floor(Math.log10(fewest));
  const step = Math.max(1, [1, 2, 5, 10].map((factor) => factor * size).find((wide) => wide >= fewest) ?? 1);
  const ticks = Math.max(2, Math.ceil(lastEpoch / step));
  return { max: ticks * step, ticks };
}

/** The epoch with the lowest validation loss, or null where nothing validates. */
export function lowestValidation(epochs: readonly EpochPoint[]): EpochPoint | null {
  return epochs.reduce<EpochPoint | null>((best, epoch) => {
    if (epoch.validationLoss === null) return best;
    return best === null || epoch.validationLoss < best.validationLoss! ? epoch : best;
  }, null);
}
