/** What the scores mean, in a sentence that does not flatter. Pure. */

import { percent, price } from "../../lib/format.ts";
import type { Run } from "./progress.ts";

export type SplitScores = Run["scores"][number];

export interface Verdict {
  readonly isBetter: boolean;
  readonly headline: string;
  readonly explanation: string;
}

/** Differences smaller than this are called none. */
const noticeable = 0.0005;

export function verdictOn(test: SplitScores, currency: string | null): Verdict {
  const unit = currency ? ` ${currency}` : "";
  const errors = `Over ${test.count} test predictions it is off by ${price(test.model.mae)}${unit} on average; repeating the last known price is off by ${price(test.naive.mae)}${unit}.`;
  const share = percent(Math.abs(test.skill), 1);
  if (test.skill > noticeable)
    return { isBetter: true, headline: `${share} better than the naive forecast`, explanation: errors };
  if (test.skill < -noticeable)
    return {
      isBetter: false,
      headline: `${share} worse than the naive forecast`,
      explanation: `${errors} This model has learned nothing that today's price does not tell.`,
    };
  return { isBetter: false, headline: "As good as the naive forecast", explanation: errors };
}

const order = ["TEST", "VALIDATION", "TRAIN"];
/** The test first: it alone was kept away from the training. */
export const testFirst = (scores: readonly SplitScores[]): SplitScores[] =>
  [...scores].sort((a, b) => order.indexOf(a.split) - order.indexOf(b.split));
