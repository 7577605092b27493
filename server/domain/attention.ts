/**
 * When a run needs a person: rules over what its row tells while it trains and once it has ended. Pure, and cheap enough
 * for every row of a list: no epoch is read.
 */
import { tieFrom } from "./results.ts";
import type { RunStatus } from "./run.ts";

/** The gravest first. */
export const attentionKinds = [
  "DIVERGED",
  "CONSTANT",
  "WORSE_THAN_NAIVE",
  "BEST_AT_FIRST",
  "RISING",
] as const;
export type AttentionKind = (typeof attentionKinds)[number];

export interface Attention {
  readonly kind: AttentionKind;
  /** For people: what is seen, and what may help. */
  readonly message: string;
  /** The epoch from which on it holds; null where it holds of the whole run. */
  readonly sinceEpoch: number | null;
}

/** Validation losses; null where nothing validates, or none is known yet. */
export interface LossesSoFar {
  readonly lowestLoss: number | null;
  readonly lowestLossEpoch: number | null;
  readonly newestLoss: number | null;
}

export interface RunSoFar extends LossesSoFar {
  readonly status: RunStatus;
  /** Whether it failed for a loss that is no number. */
  readonly isDiverged: boolean;
  /** Finished, and planned. */
  readonly epoch: number;
  readonly epochs: number;
  readonly naiveLoss: number | null;
  /** The epoch that was scored. */
  readonly bestEpoch: number | null;
  /** Whether its predictions of the test hardly change. */
  readonly isConstant: boolean;
  /** Null until it is scored. */
  readonly testSkill: number | null;
  /** Of the difference from the naive forecast on the test; null: not tested. */
  readonly testPValue: number | null;
}

const growthOfDivergence = 10;
const fewestEpochsWithoutGain = 10;
const shareOfEpochsWithoutGain = 0.2;

/** The gravest first. */
export function attentionOf(run: RunSoFar): readonly Attention[] {
  const found = [diverged(run), constant(run), worseThanNaive(run), bestAtFirst(run), rising(run)];
  return found.filter((attention) => attention !== null);
}

/** @param losses of epochs that follow those in `before`, in order */
export function lossesAfter(
  before: LossesSoFar,
  losses: readonly { readonly epoch: number; readonly validationLoss: number | null }[],
): LossesSoFar {
  let { lowestLoss, lowestLossEpoch, newestLoss } = before;
  for (const { epoch, validationLoss: loss } of losses) {
    if (loss === null) continue;
    newestLoss = loss;
    if (lowestLoss === null || loss < lowestLoss) [lowestLoss, lowestLossEpoch] = [loss, epoch];
  }
  return { lowestLoss, lowestLossEpoch, newestLoss };
}

const without = (epochs: number): number =>
  Math.max(fewestEpochsWithoutGain, Math.ceil(shareOfEpochsWithoutGain * epochs));

function diverged({ isDiverged, lowestLoss, lowestLossEpoch, newestLoss }: RunSoFar): Attention | null {
  if (isDiverged)
    return {
      kind: "DIVERGED",
      message: "The loss became no number. A smaller learning rate, or clipping the gradient, may help.",
      sinceEpoch: null,
    };
  if (lowestLoss === null || newestLoss === null || lowestLoss <= 0) return null;
  if (newestLoss < growthOfDivergence * lowestLoss) return null;
  return {
    kind: "DIVERGED",
    message: `The validation loss is ${Math.round(newestLoss / lowestLoss)} times its best: the training became unstable. A smaller learning rate, or clipping the gradient, may help.`,
    sinceEpoch: lowestLossEpoch,
  };
}

function constant({ status, isConstant }: RunSoFar): Attention | null {
  if (status !== "SUCCEEDED" || !isConstant) return null;
  return {
    kind: "CONSTANT",
    message: "Its forecast hardly depends on what came before.",
    sinceEpoch: null,
  };
}

function worseThanNaive(run: RunSoFar): Attention | null {
  const { status, testSkill, testPValue, lowestLoss, naiveLoss, epoch, epochs } = run;
  if (status === "SUCCEEDED") {
    if (testSkill === null || testSkill >= 0) return null;
    // The verdict calls it a tie.
    if (testPValue !== null && testPValue >= tieFrom) return null;
    const message = "On the test it errs more than the naive forecast, the last known price.";
    return { kind: "WORSE_THAN_NAIVE", message, sinceEpoch: null };
  }
  // Early epochs always are.
  if (status !== "RUNNING" || lowestLoss === null || naiveLoss === null || 2 * epoch < epochs) return null;
  if (lowestLoss <= naiveLoss) return null;
  return {
    kind: "WORSE_THAN_NAIVE",
    message: `Half of its epochs are through, and the best validation loss is still ${timesOrPercent(lowestLoss / naiveLoss)} the naive forecast's.`,
    sinceEpoch: null,
  };
}

/** "4 % above", "3.2 times" */
const timesOrPercent = (ratio: number): string =>
  ratio < 2
    ? `${Math.max(1, Math.round(100 * (ratio - 1)))} % above`
    : `${Number(ratio.toPrecision(2))} times`;

function bestAtFirst({ status, bestEpoch, epoch }: RunSoFar): Attention | null {
  if (status !== "SUCCEEDED" || bestEpoch !== 1 || epoch < fewestEpochsWithoutGain) return null;
  return {
    kind: "BEST_AT_FIRST",
    message: `The first of ${epoch} epochs was the best. A smaller learning rate or smaller layers may help.`,
    sinceEpoch: 1,
  };
}

function rising(run: RunSoFar): Attention | null {
  const { status, lowestLoss, lowestLossEpoch, newestLoss, epoch, epochs } = run;
  if (status !== "RUNNING" || lowestLoss === null || lowestLossEpoch === null || newestLoss === null)
    return null;
  if (epoch - lowestLossEpoch < without(epochs) || newestLoss <= lowestLoss) return null;
  return {
    kind: "RISING",
    message: `The validation loss has not been below that of epoch ${lowestLossEpoch} for ${epoch - lowestLossEpoch} epochs: it may only learn its training bars by heart now.`,
    sinceEpoch: lowestLossEpoch,
  };
}
