/** What a run's scores mean, in two sentences that do not flatter. Pure. */

import type { Target } from "../../entities/run/target.ts";
import { count, percent, tieFrom, typeset } from "../../lib/format.ts";
import type { Tone } from "../../lib/tone.ts";
import { t } from "../../lib/words/t.ts";
import type { Run } from "./run.ts";

export interface Verdict {
  /** "even": what there is of a difference may be luck. */
  readonly tone: Tone;
  readonly headline: string;
  readonly explanation: string;
}

type Judged = Pick<Run, "verdict" | "scores" | "leaderboard">;

/** Null where there is no test to judge by. */
export function verdictOn({ verdict, scores, leaderboard }: Judged, target: Target): Verdict | null {
  const test = scores.find(({ split }) => split === "TEST");
  if (!test) return null;
  const last = leaderboard.find(({ forecaster }) => forecaster === "LAST_VALUE");
  const pValue = last?.dieboldMariano?.pValue ?? null;
  const tone = toneOf(test.skill, pValue);
  const naive = target.lastValue.toLowerCase();
  const errors = t(
    "Over {count} test predictions it is off by {error} on average; repeating the {naive} is off by {naiveError}.",
    {
      ...{ count: count(test.count), naive },
      ...{ error: target.error(test.model.mae), naiveError: target.error(test.naive.mae) },
    },
  );
  return {
    tone,
    headline: verdict === null ? skillInWords(test.skill) : typeset(verdict),
    explanation:
      tone === "worse"
        ? t("{errors} This model has learned nothing that the {naive} does not tell.", { errors, naive })
        : errors,
  };
}

/** Differences smaller than this are called none where nothing tests them. */
const noticeable = 0.0005;

function toneOf(skill: number, pValue: number | null): Verdict["tone"] {
  const isNone = pValue === null ? Math.abs(skill) <= noticeable : pValue >= tieFrom;
  if (isNone) return "even";
  return skill > 0 ? "better" : "worse";
}

/** "2.4", "330": two digits say enough of a factor. */
const times = (factor: number) => count(Number(factor.toPrecision(2)));

/** Of runs that were scored before there were sentences. */
function skillInWords(skill: number): string {
  if (skill > noticeable) return t("{share} better than the naive forecast", { share: percent(skill, 1) });
  if (skill >= -noticeable) return t("As good as the naive forecast");
  return skill < -1
    ? t("{factor} times the error of the naive forecast", { factor: times(1 - skill) })
    : t("{share} worse than the naive forecast", { share: percent(-skill, 1) });
}

/** From so many looks at the same test on, its best score says more about luck. */
const mostInnocentUses = 5;

/** Null while few runs were scored on the test. */
export const usesInWords = (testUses: number): string | null =>
  testUses > mostInnocentUses
    ? t("{count} runs were scored on these bars: the best of them looks better than it is.", {
        count: count(testUses),
      })
    : null;

/** "One of 3 seeds of", before the experiment's name. */
export function partInWords({ plan, runs }: NonNullable<Run["experiment"]>): string {
  const values = { count: count(runs.totalCount) };
  if (plan === "SEEDS") return t("One of {count} seeds of", values);
  return plan === "SWEEP" ? t("One of {count} runs of", values) : t("One of {count} folds of", values);
}
