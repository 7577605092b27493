/** What someone must know of a trained run before trusting it, seen in how it went and in what it predicts. */

import { logVarianceColumn } from "../domain/log-variance.ts";
import type { BarTable } from "../domain/price-series.ts";
import type { SplitPredictions } from "../domain/results.ts";
import type { Epoch } from "../domain/run.ts";
import type { Indicator } from "../recipe/recipe-field.ts";
import type { TrainingConfig } from "../recipe/training-config.ts";
import { wordOf } from "../recipe/training-warnings.ts";
import { learnedAs } from "./transform.ts";

export interface TrainedRun {
  readonly config: TrainingConfig;
  /** Those that it used. */
  readonly bars: BarTable;
  /** All of them, in order. */
  readonly epochs: readonly Pick<Epoch, "epoch" | "trainLoss" | "validationLoss">[];
  readonly bestEpoch: number;
  readonly predictions: readonly SplitPredictions[];
}

/** Plain sentences, the gravest first. */
export function resultWarnings(run: TrainedRun): string[] {
  return [
    warningOfBarsWithoutRange(run),
    warningOfConstantPredictions(run),
    warningOfRisingLoss(run, "trainLoss"),
    warningOfRisingLoss(run, "validationLoss"),
    warningOfFirstEpoch(run),
  ].filter((warning) => warning !== null);
}

/** Below this share it is a quiet day here and there; above it the source has no ranges. */
const shareWithoutRangeToMention = 0.01;

/** A bar whose prices are all one has no variance: the least one stands for it, and what is learned of it is made up. */
function warningOfBarsWithoutRange({ config, bars }: TrainedRun): string | null {
  const { target, features, indicators } = config;
  const sees = target === "LOG_VARIANCE" || features.includes("LOG_VARIANCE") || indicators.some(isOfRanges);
  if (!sees) return null;
  const { floored, values } = logVarianceColumn(bars);
  if (floored <= shareWithoutRangeToMention * values.length) return null;
  const how =
    target === "LOG_VARIANCE"
      ? "Their volatility was taken as the least there is"
      : "Their range was taken as 0";
  return (
    `${floored} of ${values.length} bars have no range: open, high, low and close are one price. ${how}, ` +
    "so what was learned of them is made up. A source with real highs and lows would do better."
  );
}

const isOfRanges = ({ kind }: Indicator): boolean => kind === "LOG_VARIANCE" || kind === "LOG_RANGE";

/** Of the variance of what came: a forecast below it hardly answers to what the network sees. */
const leastVariance = 0.01;

const isPrice = (target: TrainingConfig["target"]): boolean =>
  target !== "VOLUME" && target !== "LOG_VARIANCE";

/** Judged where nobody trained: on the test, or the latest part that there is. The first step ahead stands for all. */
export function isConstant({ config, predictions }: Pick<TrainedRun, "config" | "predictions">): boolean {
  const judged = predictions.filter(({ step }) => step === 1).at(-1);
  if (!judged || judged.actual.length < 2) return false;
  // A model that learns changes moves with the last price, whatever it predicts: its changes tell.
  const from = (prices: readonly number[]) =>
    learnedAs(config) === "PRICE" ? prices : prices.map((price, i) => price - judged.naive[i]!);
  const real = varianceOf(from(judged.actual));
  return real !== 0 && varianceOf(from(judged.predicted)) < leastVariance * real;
}

function warningOfConstantPredictions(run: TrainedRun): string | null {
  if (!isConstant(run)) return null;
  const { config } = run;
  const learnsPrices = learnedAs(config) === "PRICE";
  const word = isPrice(config.target) ? "price" : wordOf(config.target);
  return learnsPrices
    ? `The model predicts nearly the same ${word} for every bar, whatever came before: it has not learned to follow the ` +
        `${word}. More epochs, a larger learning rate, or learning the change instead may help.`
    : "The model predicts nearly the same change for every bar, whatever came before: it found nothing in the past that " +
        `tells the next change.${isPrice(config.target) ? " On daily prices that is the usual outcome." : ""}`;
}

function varianceOf(values: readonly number[]): number {
  // Of the differences from the first: squares of large prices would swallow small changes.
  const origin = values[0]!;
  const mean = values.reduce((sum, value) => sum + (value - origin), 0) / values.length;
  return values.reduce((sum, value) => sum + (value - origin - mean) ** 2, 0) / values.length;
}

const riseToMention = 10;
const lossNames = { trainLoss: "training loss", validationLoss: "validation loss" } as const;

function warningOfRisingLoss({ epochs }: TrainedRun, loss: keyof typeof lossNames): string | null {
  let best: { epoch: number; value: number } | null = null;
  let worst: { epoch: number; value: number; after: { epoch: number; value: number } } | null = null;
  for (const { epoch, [loss]: value } of epochs) {
    if (value === null) continue;
    if (best === null || value < best.value) best = { epoch, value };
    else if (best.value > 0 && value >= riseToMention * best.value && value > (worst?.value ?? 0))
      worst = { epoch, value, after: best };
  }
  if (worst === null) return null;
  const { after } = worst;
  return (
    `The ${lossNames[loss]} rose from ${shown(after.value)} in epoch ${after.epoch} to ${shown(worst.value)} in epoch ` +
    `${worst.epoch}, ${Math.round(worst.value / after.value)} times as much: the training became unstable. ` +
    "Try a smaller learning rate, or clip the gradient."
  );
}

const shown = (value: number): string => String(Number(value.toPrecision(3)));

function warningOfFirstEpoch({ config, epochs, bestEpoch }: TrainedRun): string | null {
  const validates = config.validateOnTest || config.validationBars > 0;
  if (!validates || bestEpoch !== 1 || epochs.length < 2) return null;
  return (
    `The first of ${epochs.length} epochs was the best: all training after it made the predictions of bars that the ` +
    "network does not train on worse. Try a smaller learning rate or smaller layers."
  );
}
