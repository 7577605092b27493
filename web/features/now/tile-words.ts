/** What a tile says of its run, in words. Pure. */
import type { Progress } from "../../entities/run-history/progress.ts";
import { againstNaive } from "../../entities/run-history/relative-curve.ts";
import type { RunRow } from "../../entities/run-list/live-runs.ts";
import { count, loss, percent, timeLeft } from "../../lib/format.ts";
import { t } from "../../lib/words/t.ts";

export interface BestSoFar {
  readonly loss: number;
  readonly epoch: number;
}

/** "41 of 60", and how long it still takes. */
export function farWords({ epoch, epochs, etaMs, status }: Progress): { done: string; left: string } {
  const done = t("{epoch} of {epochs}", { epoch: count(epoch), epochs: count(epochs) });
  if (status !== "RUNNING") return { done, left: "" };
  if (epoch === epochs || etaMs === 0) return { done, left: t("scoring the model") };
  return { done, left: etaMs === null ? "" : timeLeft(etaMs) };
}

/** "best 2.4e−4 at 38", and against the naive forecast "3% below naive". */
export function bestWords(best: BestSoFar | null, naiveLoss: number | null): { best: string; naive: string } {
  if (best === null) return { best: t("no validation loss yet"), naive: "" };
  const difference = againstNaive(best.loss, naiveLoss);
  const words = t("best {loss} at {epoch}", { loss: loss(best.loss), epoch: count(best.epoch) });
  return { best: words, naive: naiveWords(difference) };
}

/** A loss against the naive forecast's: 3% below, or 12 times as high. */
function naiveWords(difference: number | null): string {
  if (difference === null) return "";
  const size = Math.abs(difference);
  if (size < 0.005) return t("as naive");
  if (difference >= 1) return t("{factor} × naive", { factor: Number((difference + 1).toPrecision(2)) });
  const share = percent(size);
  return difference < 0 ? t("{share} below naive", { share }) : t("{share} above naive", { share });
}

const marks = (): Readonly<Record<string, string>> => ({
  DIVERGED: t("diverging"),
  CONSTANT: t("constant forecast"),
  WORSE_THAN_NAIVE: t("worse than naive"),
  BEST_AT_FIRST: t("best at epoch 1"),
  RISING: t("loss|rising"),
});

/** "rising since 31"; null where nothing needs a person. */
export function attentionWords(attention: RunRow["attention"]): string | null {
  const [gravest] = attention;
  if (!gravest) return null;
  if (gravest.kind === "RISING" && gravest.sinceEpoch !== null)
    return t("rising since {epoch}", { epoch: gravest.sinceEpoch });
  return marks()[gravest.kind] ?? gravest.kind.toLowerCase();
}
