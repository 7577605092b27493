/** The losses of many runs as a band: at each epoch the lowest, the mean and the highest of those that trained it. Pure. */

import { type LossScale, scaledLoss } from "../../entities/run-history/loss-series.ts";
import type { EpochPoint } from "../../entities/run-history/run-history.ts";
import { thinEpochs } from "../../entities/run-history/thin-epochs.ts";
import { t } from "../../lib/words/t.ts";

export interface MemberLosses {
  /** Of the run. */
  readonly id: string;
  readonly epochs: readonly EpochPoint[];
}

export interface BandPoint {
  readonly epoch: number;
  readonly low: number;
  readonly mean: number;
  readonly high: number;
  /** Runs that trained this epoch; others stopped before it, or have not come so far. */
  readonly runs: number;
}

/** The validation's where the run validates, the training's otherwise. */
const lossOf = ({ validationLoss, trainLoss }: EpochPoint): number => validationLoss ?? trainLoss;

/** A run counts from its first epoch to its last; where its epochs were thinned, with the one before. */
export function bandOf(members: readonly MemberLosses[]): BandPoint[] {
  const numbers = fewOf([...new Set(members.flatMap(({ epochs }) => epochs.map(({ epoch }) => epoch)))]);
  const places = members.map(() => 0);
  return numbers.flatMap((epoch): BandPoint[] => {
    const losses = members.flatMap(({ epochs }, i) => {
      while (epochs[places[i]! + 1] && epochs[places[i]! + 1]!.epoch <= epoch) places[i]!++;
      const [at, last] = [epochs[places[i]!], epochs.at(-1)];
      const isWithin = at !== undefined && at.epoch <= epoch && last!.epoch >= epoch;
      return isWithin && Number.isFinite(lossOf(at)) ? [lossOf(at)] : [];
    });
    if (losses.length === 0) return [];
    const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
    const [low, high] = [Math.min(...losses), Math.max(...losses)];
    return [{ epoch, low, mean, high, runs: losses.length }];
  });
}

/** Points of the band: more no screen can show. */
const mostNumbers = 400;

/** Ascending; of many those at even distances, and the last one. */
function fewOf(numbers: number[]): number[] {
  const ascending = numbers.sort((a, b) => a - b);
  const distance = Math.ceil(ascending.length / mostNumbers);
  return ascending.filter((_, i) => i % distance === 0 || i === ascending.length - 1);
}

/** Points of all lines together. Measured: 5,000 take 80 ms to draw. */
const mostPoints = 5000;

interface DrawnBand {
  readonly name: string;
  readonly type: "rangeArea";
  readonly data: { readonly x: number; readonly y: [number, number] }[];
}
interface DrawnLine {
  readonly name: string;
  readonly type: "line";
  readonly data: { readonly x: number; readonly y: number }[];
}

/** The band behind, then the mean, then a thin line for each run. */
export function bandSeries(members: readonly MemberLosses[], scale: LossScale): (DrawnBand | DrawnLine)[] {
  const drawable = (loss: number) => scale === "linear" || loss > 0;
  const band = bandOf(members).filter(({ low }) => drawable(low));
  const of = (loss: number) => scaledLoss(loss, scale);
  const pointsEach = Math.max(50, Math.floor(mostPoints / Math.max(1, members.length)));
  return [
    {
      name: t("Lowest to highest"),
      type: "rangeArea",
      data: band.map(({ epoch, low, high }) => ({ x: epoch, y: [of(low), of(high)] })),
    },
    { name: t("Mean"), type: "line", data: band.map(({ epoch, mean }) => ({ x: epoch, y: of(mean) })) },
    ...members.map(
      ({ epochs }, i): DrawnLine => ({
        name: t("Run {number}", { number: i + 1 }),
        type: "line",
        data: thinEpochs(epochs, pointsEach)
          .filter((epoch) => Number.isFinite(lossOf(epoch)) && drawable(lossOf(epoch)))
          .map((epoch) => ({ x: epoch.epoch, y: of(lossOf(epoch)) })),
      }),
    ),
  ];
}

/** All losses that are drawn, as they are drawn. */
export const drawnLosses = (series: readonly (DrawnBand | DrawnLine)[]): [x: number, y: number][] =>
  series.flatMap((one) =>
    one.type === "line"
      ? one.data.map(({ x, y }): [number, number] => [x, y])
      : one.data.flatMap(({ x, y }): [number, number][] => y.map((end) => [x, end])),
  );
