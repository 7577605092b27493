/** What an unfinished run is worth by its validation losses, in a sentence. Pure. */

import { lowestValidation } from "../../entities/run-history/loss-series.ts";
import type { EpochPoint } from "../../entities/run-history/run-history.ts";
import { count, percent, signedPercent } from "../../lib/format.ts";
import type { Tone } from "../../lib/tone.ts";

export interface SoFar {
  readonly tone: Tone;
  readonly headline: string;
  readonly explanation: string;
}

/** Differences smaller than this are called none. */
const noticeable = 0.0005;

export function soFar(
  epochs: readonly EpochPoint[],
  naiveLoss: number | null,
  { isActive }: { isActive: boolean },
): SoFar {
  const best = lowestValidation(epochs);
  const begin = isActive ? "So far" : "When it was stopped";
  if (!best) {
    if (epochs.length > 0)
      return {
        ...{ tone: "even", headline: "Nothing validates this run" },
        explanation: "It is judged by its test, once it is over.",
      };
    return {
      tone: "even",
      headline: isActive ? "No epoch is through yet" : "No epoch was finished",
      explanation: isActive
        ? "As soon as one is, this says whether the network beats repeating the last value."
        : "There is nothing to judge.",
    };
  }
  const at = `best at epoch ${count(best.epoch)}`;
  if (naiveLoss === null || naiveLoss === 0)
    return {
      ...{ tone: "even", headline: `${begin}: ${at}` },
      explanation: "What the naive forecast loses is not known of this run.",
    };
  const share = best.validationLoss! / naiveLoss - 1;
  const newest = epochs.at(-1)!;
  const now = newest.validationLoss === null ? null : newest.validationLoss / naiveLoss - 1;
  const explanation =
    now === null || newest.epoch === best.epoch
      ? "Measured by the loss; the test has the last word."
      : `Epoch ${count(newest.epoch)} is at ${signedPercent(now)}. Measured by the loss; the test has the last word.`;
  if (Math.abs(share) < noticeable)
    return { tone: "even", headline: `${begin} as good as naive on validation (${at})`, explanation };
  return {
    tone: share < 0 ? "better" : "worse",
    headline: `${begin} ${sizeInWords(share)} on validation (${at})`,
    explanation,
  };
}

/** Losses that are not near each other are told as a factor: "216% worse" reads as twice too much. */
function sizeInWords(share: number): string {
  if (share >= 1) return `${count(Number((share + 1).toPrecision(2)))} times the loss of naive`;
  const size = percent(Math.abs(share), Math.abs(share) < 0.1 ? 1 : 0);
  return `${size} ${share < 0 ? "better" : "worse"} than naive`;
}
