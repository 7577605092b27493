/** What many runs together say, in words and cells. Pure. */

import { forecasterName } from "../../entities/run/forecaster.ts";
import type { Target } from "../../entities/run/target.ts";
import type { ExperimentPlan, ExperimentScoresQuery } from "../../graphql/generated/graphql.ts";
import { count, percent, price } from "../../lib/format.ts";
import type { Tone } from "../../lib/tone.ts";

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
  const last = target.lastValue.toLowerCase();
  const { skillMean: mean, skillDeviation: deviation } = network;
  const ensemble = rows.find(({ forecaster }) => forecaster === "ENSEMBLE");
  const spread = deviation === null ? "" : ` (± ${percent(deviation, 1)} from ${fromTo(plan)})`;
  const together = ensemble
    ? ` The mean of all ${count(ensemble.count)} networks is ${comparedWords(ensemble.skillMean)}.`
    : "";
  return {
    tone: Math.abs(mean) <= (deviation ?? 0) ? "even" : mean > 0 ? "better" : "worse",
    headline: `A network is ${comparedWords(mean)} than the ${last} on average${spread}.${together}`,
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
  const last = target.lastValue.toLowerCase();
  const of = networks.length > 1 ? `, the best of ${count(networks.length)} variants` : "";
  return {
    tone:
      Math.abs(best.skillMean) <= (best.skillDeviation ?? 0)
        ? "even"
        : best.skillMean > 0
          ? "better"
          : "worse",
    headline:
      `${capital(best.name ?? "the recipe")}${of}, is ${comparedWords(best.skillMean)} than the ${last}` +
      `${best.skillDeviation === null ? "" : ` (± ${percent(best.skillDeviation, 1)} from seed to seed)`}. ` +
      "The best of many looks better than it is: confirm it with other seeds or a walk forward.",
  };
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

export const fromTo = (plan: ExperimentPlan): string =>
  plan === "WALK_FORWARD" ? "fold to fold" : "seed to seed";

const comparedWords = (skill: number): string =>
  `${percent(Math.abs(skill), 1)} ${skill >= 0 ? "better" : "worse"}`;

export const groupName = (row: GroupRow, target: Target): string =>
  row.forecaster === "GRU" ? (row.name ?? "A single network") : forecasterName(row, target);

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
