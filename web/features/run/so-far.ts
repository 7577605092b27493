/** What an unfinished run is worth by its validation losses, in a sentence. Pure. */

import { lowestValidation } from "../../entities/run-history/loss-series.ts";
import type { EpochPoint } from "../../entities/run-history/run-history.ts";
import { count, percent } from "../../lib/format.ts";
import type { Tone } from "../../lib/tone.ts";
import { t } from "../../lib/words/t.ts";

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
  if (!best) {
    if (epochs.length > 0)
      return {
        ...{ tone: "even", headline: t("Nothing validates this run") },
        explanation: t("It is judged by its test, once it is over."),
      };
    return {
      tone: "even",
      headline: isActive ? t("No epoch is through yet") : t("No epoch was finished"),
      explanation: isActive
        ? t("As soon as one is, this says whether the network beats repeating the last value.")
        : t("There is nothing to judge."),
    };
  }
  const at = t("best at epoch {epoch}", { epoch: count(best.epoch) });
  if (naiveLoss === null || naiveLoss === 0)
    return {
      ...{
        tone: "even",
        headline: isActive ? t("So far: {at}", { at }) : t("When it was stopped: {at}", { at }),
      },
      explanation: t("What the naive forecast loses is not known of this run."),
    };
  const share = best.validationLoss! / naiveLoss - 1;
  const newest = epochs.at(-1)!;
  const now = newest.validationLoss === null ? null : newest.validationLoss / naiveLoss - 1;
  const explanation =
    now === null || newest.epoch === best.epoch
      ? t("Measured by the loss; the test has the last word.")
      : t("Epoch {epoch} is {judged}. Measured by the loss; the test has the last word.", {
          epoch: count(newest.epoch),
          judged: judgedAs(now),
        });
  const isEven = Math.abs(share) < noticeable;
  const judged = judgedAs(share);
  return {
    tone: isEven ? "even" : share < 0 ? "better" : "worse",
    headline: isActive
      ? t("So far {judged} on validation ({at})", { judged, at })
      : t("When it was stopped {judged} on validation ({at})", { judged, at }),
    explanation,
  };
}

const judgedAs = (share: number): string =>
  Math.abs(share) < noticeable ? t("as good as naive") : sizeInWords(share);

/** Losses that are not near each other are told as a factor: "216% worse" reads as twice too much. */
function sizeInWords(share: number): string {
  if (share >= 1)
    return t("{factor} times the loss of naive", { factor: count(Number((share + 1).toPrecision(2))) });
  const size = percent(Math.abs(share), Math.abs(share) < 0.1 ? 1 : 0);
  return share < 0
    ? t("{share} better than naive", { share: size })
    : t("{share} worse than naive", { share: size });
}
