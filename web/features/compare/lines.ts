/** The lines of the comparison's charts: losses by epoch, errors over time. Pure. */
import { type LossLine, type LossScale, scaledLoss } from "../../entities/run-history/loss-series.ts";
import type { EpochPoint } from "../../entities/run-history/run-history.ts";
import { thinEpochs } from "../../entities/run-history/thin-epochs.ts";
import type { Compared } from "./compared.ts";

/** Of one line: more no screen can show beside nine others. */
const mostPoints = 400;

/** The validation's where the run validates, the training's otherwise. */
export function lossLine(name: string, epochs: readonly EpochPoint[], scale: LossScale): LossLine {
  const data = thinEpochs(epochs, mostPoints).flatMap((point): [number, number][] => {
    const loss = point.validationLoss ?? point.trainLoss;
    if (!Number.isFinite(loss) || (scale === "log" && loss <= 0)) return [];
    return [[point.epoch, scaledLoss(loss, scale)]];
  });
  return { name, data };
}

export interface ErrorLine {
  readonly name: string;
  readonly data: readonly { readonly x: number; readonly y: number }[];
}

type Test = Compared["test"];

/** Absolute errors, each the mean of so many bars up to it: single ones hide what they have in common. */
export function errorLine(
  name: string,
  { time, actual }: Test,
  said: readonly number[],
  bars: number,
): ErrorLine {
  const errors = actual.map((value, at) => Math.abs((said[at] ?? Number.NaN) - value));
  let sum = 0;
  const data = errors.flatMap((error, at) => {
    sum += error - (at >= bars ? errors[at - bars]! : 0);
    if (at < bars - 1) return [];
    return [{ x: Date.parse(time[at]!), y: Math.max(0, sum / bars) }];
  });
  const distance = Math.ceil(data.length / mostPoints);
  return { name, data: data.filter((_, at) => at % distance === 0 || at === data.length - 1) };
}
