/** What the scores mean, in a sentence that does not flatter. Pure. */
import type { ScoresOfSplitFragment } from "../../graphql/generated/graphql.ts";
import { count, percent, price } from "../../lib/format.ts";

export type SplitScores = ScoresOfSplitFragment;

export interface Verdict {
  readonly isBetter: boolean;
  readonly headline: string;
  readonly explanation: string;
}

/** "2.4", "330": two digits say enough of a factor. */
const times = (factor: number) => count(Number(factor.toPrecision(2)));

/** Differences smaller than this are called none. */
const noticeable = 0.0005;

export function verdictOn(
  { count: predictions, model, naive, skill }: SplitScores,
  currency: string | null,
): Verdict {
  const unit = currency ? ` ${currency}` : "";
  const errors =
    `Over ${count(predictions)} test predictions it is off by ${price(model.mae)}${unit} on average; ` +
    `repeating the last known price is off by ${price(naive.mae)}${unit}.`;
  if (skill > noticeable)
    return {
      isBetter: true,
      headline: `${percent(skill, 1)} better than the naive forecast`,
      explanation: errors,
    };
  if (skill >= -noticeable)
    return { isBetter: false, headline: "As good as the naive forecast", explanation: errors };
  return {
    isBetter: false,
    headline:
      skill < -1
        ? `${times(1 - skill)} times the error of the naive forecast`
        : `${percent(-skill, 1)} worse than the naive forecast`,
    explanation: `${errors} This model has learned nothing that today's price does not tell.`,
  };
}

const order = ["TEST", "VALIDATION", "TRAIN"];
/** The test first: it alone was kept away from the training. */
export const testFirst = (scores: readonly SplitScores[]): SplitScores[] =>
  [...scores].sort((a, b) => order.indexOf(a.split) - order.indexOf(b.split));
