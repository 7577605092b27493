/** What many runs together say, in words and cells. Pure. */

import { forecasterName } from "../../entities/run/forecaster.ts";
import type { Target } from "../../entities/run/target.ts";
import type { ExperimentPlan, ExperimentScoresQuery } from "../../graphql/generated/graphql.ts";
import { count, percent, price } from "../../lib/format.ts";
import type { Tone } from "../../lib/tone.ts";
import { said } from "../../lib/words/said.ts";
import { t } from "../../lib/words/t.ts";

export type GroupRow = NonNullable<ExperimentScoresQuery["experiment"]>["leaderboard"][number];

export interface GroupVerdict {
  readonly tone: Tone;
  readonly headline: string;
}

/** Null until a run has scores. */
export function groupVerdict(
  rows: readonly GroupRow[],
  plan: ExperimentPlan,
  target: Target,
): GroupVerdict | null {
  if (plan === "SWEEP") return sweepVerdict(rows, target);
  const network = rows.find(({ forecaster }) => forecaster === "GRU");
  if (!network) return null;
  const { skillMean: mean, skillDeviation: deviation } = network;
  const ensemble = rows.find(({ forecaster }) => forecaster === "ENSEMBLE");
  const average = withSpread(
    t("A network is {compared} than the {naive} on average", {
      compared: comparedWords(mean),
      naive: target.lastValue.toLowerCase(),
    }),
    deviation,
    plan,
  );
  return {
    tone: Math.abs(mean) <= (deviation ?? 0) ? "even" : mean > 0 ? "better" : "worse",
    headline: ensemble
      ? t("{average} The mean of all {count} networks is {compared}.", {
          ...{ average, count: count(ensemble.count) },
          compared: comparedWords(ensemble.skillMean),
        })
      : average,
  };
}

/** The best of many looks better than it is, so it says of how many it is the best. */
function sweepVerdict(rows: readonly GroupRow[], target: Target): GroupVerdict | null {
  const networks = rows.filter(({ forecaster }) => forecaster === "GRU");
  const best = networks.reduce<GroupRow | null>(
    (found, row) => (found === null || row.skillMean > found.skillMean ? row : found),
    null,
  );
  if (!best) return null;
  const values = {
    name: capital(best.name === null ? t("the recipe") : said(best.name)),
    compared: comparedWords(best.skillMean),
    naive: target.lastValue.toLowerCase(),
  };
  const judged =
    networks.length > 1
      ? t("{name}, the best of {count} variants, is {compared} than the {naive}", {
          ...values,
          count: count(networks.length),
        })
      : t("{name} is {compared} than the {naive}", values);
  return {
    tone:
      Math.abs(best.skillMean) <= (best.skillDeviation ?? 0)
        ? "even"
        : best.skillMean > 0
          ? "better"
          : "worse",
    headline: t(
      "{judged} The best of many looks better than it is: confirm it with other seeds or a walk forward.",
      { judged: withSpread(judged, best.skillDeviation, "SEEDS") },
    ),
  };
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** The sentence to its end, with how far its figure differs from run to run. */
function withSpread(sentence: string, deviation: number | null, plan: ExperimentPlan): string {
  if (deviation === null) return t("{sentence}.", { sentence });
  const values = { sentence, share: percent(deviation, 1) };
  return plan === "WALK_FORWARD"
    ? t("{sentence} (± {share} from fold to fold).", values)
    : t("{sentence} (± {share} from seed to seed).", values);
}

function comparedWords(skill: number): string {
  const share = percent(Math.abs(skill), 1);
  return skill >= 0 ? t("{share} better", { share }) : t("{share} worse", { share });
}

export const groupName = (row: GroupRow, target: Target): string =>
  row.forecaster === "GRU"
    ? row.name === null
      ? t("A single network")
      : said(row.name)
    : forecasterName(row, target);

/** Baselines of one recipe's seeds differ in their last bits at most. */
const isNone = (deviation: number | null, mean: number): boolean =>
  deviation === null || deviation <= 1e-9 * Math.abs(mean);

/** "+1.1%" stands apart; this is the " ± 0.4%" after it, from run to run. */
export const skillSpread = ({ forecaster, skillMean, skillDeviation }: GroupRow): string =>
  forecaster === "LAST_VALUE" || isNone(skillDeviation, skillMean) ? "" : ` ± ${percent(skillDeviation!, 1)}`;

/** "27.35 ± 0.11": the deviation with the decimals of the mean. */
export function maeCell({ maeMean, maeDeviation }: GroupRow, target: Target): string {
  const mean = target.noun === "volume" ? target.value(maeMean) : price(maeMean);
  if (isNone(maeDeviation, maeMean)) return mean;
  if (target.noun === "volume") return `${mean} ± ${target.value(maeDeviation)}`;
  const decimals = mean.split(".")[1]?.length ?? 0;
  return `${mean} ± ${maeDeviation!.toFixed(decimals)}`;
}
