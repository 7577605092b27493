/** The newest run or experiment of each recipe of one series, side by side. Pure. */
import { isFinal, waitingSentence } from "../../entities/run/status.ts";
import type { RunRow } from "../../entities/run-list/live-runs.ts";
import type { RecipesQuery, RunStatus } from "../../graphql/generated/graphql.ts";
import { count, signedPercent, typeset } from "../../lib/format.ts";
import { said } from "../../lib/words/said.ts";
import { t } from "../../lib/words/t.ts";

export type Preset = RecipesQuery["trainingPresets"][number];
type RecipeValues = Preset["values"];

export interface RecipeCard {
  readonly presetId: string;
  /** What the recipe is there to show; null where its name says it. */
  readonly question: string | null;
  readonly title: string;
  readonly href: string;
  readonly series: string;
  readonly status: RunStatus;
  /** On the test; of an experiment the mean of its runs. Null until there is one. */
  readonly skill: number | null;
  /** The verdict; until there is one, how far it is. */
  readonly words: string;
}

/** A recipe stays the same from another seed, and where the series is cut elsewhere. */
const notOfTheRecipe: ReadonlySet<string> = new Set([
  ...["seed", "testBars", "validationBars", "skipFirstBars", "skipLastBars"],
]);

/** The preset whose recipe a run has; null for one of a person's own making. */
export function presetOf(config: RecipeValues, presets: readonly Preset[]): Preset | null {
  const own = new Map(config.map(({ name, value }) => [name, value]));
  const isSame = ({ values }: Preset) =>
    values.every(({ name, value }) => notOfTheRecipe.has(name) || own.get(name) === value);
  return presets.find(isSame) ?? null;
}

/** In the order in which they are best read; further recipes follow as the API lists them. */
const firstOnes = ["volatility", "careful", "original"];
const questions = (): Readonly<Record<string, string>> => ({
  volatility: t("What is worth forecasting"),
  careful: t("What an honest recipe does with prices"),
  original: t("What the classic recipe does"),
});

/** One run by itself, or all that are known of an experiment, with the recipe that they have. */
interface Trial {
  readonly preset: Preset;
  /** The newest first. */
  readonly runs: readonly RunRow[];
}

/** @param runs the newest first */
export function recipeCards(
  runs: readonly RunRow[],
  recipeOf: ReadonlyMap<string, Preset>,
  presets: readonly Preset[],
): RecipeCard[] {
  const trials = trialsOf(runs, recipeOf);
  const seriesId = richestSeries(trials);
  const ranks = [...firstOnes, ...presets.map(({ id }) => id).filter((id) => !firstOnes.includes(id))];
  return ranks.flatMap((presetId) => {
    const own = trials.filter(
      ({ preset, runs: [first] }) => preset.id === presetId && first!.priceSeries.id === seriesId,
    );
    const shown = own.find(hasSucceeded) ?? own[0];
    return shown ? [cardOf(shown)] : [];
  });
}

function trialsOf(runs: readonly RunRow[], recipeOf: ReadonlyMap<string, Preset>): Trial[] {
  const trials = new Map<string, { preset: Preset; runs: RunRow[] }>();
  for (const run of runs) {
    const preset = recipeOf.get(run.id);
    if (!preset) continue;
    const key = run.experiment?.id ?? run.id;
    const trial = trials.get(key);
    if (trial) trial.runs.push(run);
    else trials.set(key, { preset, runs: [run] });
  }
  return [...trials.values()];
}

/** The series that most recipes were tried on; of several the one that was trained on last. */
function richestSeries(trials: readonly Trial[]): string | null {
  const recipes = new Map<string, Set<string>>();
  for (const { preset, runs } of trials) {
    const { id } = runs[0]!.priceSeries;
    recipes.set(id, (recipes.get(id) ?? new Set()).add(preset.id));
  }
  const [best] = [...recipes].sort(([, a], [, b]) => b.size - a.size);
  return best?.[0] ?? null;
}

const hasSucceeded = ({ runs }: Trial): boolean =>
  runs.every(({ status }) => isFinal(status)) && runs.some(({ status }) => status === "SUCCEEDED");

function cardOf({ preset, runs }: Trial): RecipeCard {
  const [newest] = runs;
  const { experiment, priceSeries } = newest!;
  const skills = runs.flatMap((run) => skillOf(run) ?? []);
  return {
    presetId: preset.id,
    question: questions()[preset.id] ?? null,
    title: said(preset.title),
    href: experiment ? `/experiments/${experiment.id}` : `/runs/${newest!.id}`,
    series: priceSeries.name ?? priceSeries.symbol,
    status: statusOf(runs),
    skill: skills.length === 0 ? null : skills.reduce((sum, skill) => sum + skill, 0) / skills.length,
    words: experiment ? experimentWords(runs, skills) : runWords(newest!),
  };
}

const skillOf = ({ scores }: RunRow): number | undefined =>
  scores.find(({ split }) => split === "TEST")?.skill;

function statusOf(runs: readonly RunRow[]): RunStatus {
  const has = (status: RunStatus) => runs.some((run) => run.status === status);
  if (runs.every(({ status }) => status === "QUEUED")) return "QUEUED";
  if (has("RUNNING") || has("QUEUED")) return "RUNNING";
  return has("FAILED") ? "FAILED" : has("CANCELLED") ? "CANCELLED" : "SUCCEEDED";
}

function runWords({ status, verdict, queuePosition }: RunRow): string {
  if (status === "QUEUED") return waitingSentence(queuePosition);
  // How far it is, its tile says: two figures of one run would differ for a moment.
  if (status === "RUNNING") return t("It trains now");
  if (verdict !== null) return typeset(verdict);
  return status === "SUCCEEDED" ? t("Trained, without a verdict") : t("It left no result");
}

function experimentWords(runs: readonly RunRow[], skills: readonly number[]): string {
  const ended = runs.filter(({ status }) => isFinal(status)).length;
  if (ended < runs.length)
    return t("{ended} of {all} runs have ended", { ended: count(ended), all: count(runs.length) });
  if (skills.length === 0) return t("It left no result");
  if (skills.length === 1) return t("One run has a score");
  const [low, high] = [Math.min(...skills), Math.max(...skills)];
  const spread = { n: count(skills.length), low: signedPercent(low), high: signedPercent(high) };
  return t("Mean of {n} runs, from {low} to {high}.", spread);
}
