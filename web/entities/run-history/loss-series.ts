/** From epochs to the lines of the loss chart. Pure. */
import type { EpochPoint } from "./run-history.ts";
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

export function lossLines(epochs: readonly EpochPoint[], scale: LossScale): LossLine[] {
  const drawn = thinEpochs(epochs, mostPoints);
  const line = (name: string, lossOf: (epoch: EpochPoint) => number | null): LossLine => ({
    name,
    data: drawn.flatMap((epoch): [number, number][] => {
      const loss = lossOf(epoch);
      return canBeDrawn(loss, scale) ? [[epoch.epoch, scaledLoss(loss, scale)]] : [];
    }),
  });
  const train = line("Train", ({ trainLoss }) => trainLoss);
  const validation = line("Validation", ({ validationLoss }) => validationLoss ?? null);
  return validation.data.length > 0 ? [train, validation] : [train];
}

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
