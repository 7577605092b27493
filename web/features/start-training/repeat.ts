/** How many runs the form starts: one, several seeds, one recipe refitted along the series, or a sweep. Pure. */
import type { StartExperimentInput, StartTrainingInput } from "../../graphql/generated/graphql.ts";
import { count } from "../../lib/format.ts";
import { t, tn } from "../../lib/words/t.ts";
import type { FormErrors } from "./checks.ts";
import { labelWithin } from "./form-values.ts";
import { type Axis, areNeighbours, axisInput } from "./sweep.ts";
import { meantQuestion, numberOf } from "./typed-numbers.ts";

export type Plan = "ONE" | "SEEDS" | "WALK_FORWARD";

export interface Repeat {
  readonly plan: Plan;
  /** As they are typed; each counts with its own plan alone. */
  readonly seeds: string;
  readonly folds: string;
}

export const once: Repeat = { plan: "ONE", seeds: "5", folds: "5" };

/** A preset says from how many seeds it is best trained. */
export const repeatOf = ({ seeds }: { readonly seeds: number }): Repeat =>
  seeds > 1 ? { ...once, plan: "SEEDS", seeds: String(seeds) } : once;

const most = 100;
const wholeIn = (text: string, least: number): string | null => {
  const question = meantQuestion(text, true);
  if (question) return question;
  const value = numberOf(text);
  return Number.isSafeInteger(value) && value >= least && value <= most
    ? null
    : t("A whole number, {range}", { range: t("{low} to {high}", { low: least, high: most }) });
};

/** @param axes fields with several values; none while the form is wrong */
export function checkRepeat(repeat: Repeat, axes: readonly Axis[] = []): FormErrors {
  const { plan, seeds, folds } = repeat;
  const [first] = axes;
  if (plan === "WALK_FORWARD" && first)
    return { [first.name]: t("A walk forward trains one recipe: type one value, or start one run of each") };
  const problem =
    plan === "SEEDS"
      ? (["seeds", wholeIn(seeds, 1)] as const)
      : plan === "WALK_FORWARD"
        ? (["folds", wholeIn(folds, 2)] as const)
        : null;
  if (problem?.[1]) return { [problem[0]]: problem[1] };
  const runs = runsOf(repeat, axes);
  if (!first || runs <= most) return {};
  return { [first.name]: t("At most {most} runs together, not {runs}", { most, runs: count(runs) }) };
}

const hasSeeds = (axes: readonly Axis[]): boolean => axes.some(({ name }) => name === "seed");
const combinations = (axes: readonly Axis[]): number =>
  axes.reduce((product, { values }) => product * values.length, 1);

/** Of a form that passed its checks. Seeds that are typed as a list take the place of their number. */
export function runsOf({ plan, seeds, folds }: Repeat, axes: readonly Axis[] = []): number {
  if (plan === "WALK_FORWARD") return numberOf(folds);
  return combinations(axes) * (plan === "SEEDS" && !hasSeeds(axes) ? numberOf(seeds) : 1);
}

/** "Start 3 runs"; while the number is wrong, without it. */
export function startWords(repeat: Repeat, axes: readonly Axis[] = []): string {
  const runs = numberOfRuns(repeat, axes);
  return runs === null ? t("Start the runs") : tn(runs, "Start the run", "Start {n} runs");
}

/** "3 runs"; while the number is wrong, without it. */
export function runsInWords(repeat: Repeat, axes: readonly Axis[] = []): string {
  const runs = numberOfRuns(repeat, axes);
  return runs === null ? t("Runs") : tn(runs, "Run", "{n} runs");
}

/** Null while it is wrong. */
const numberOfRuns = (repeat: Repeat, axes: readonly Axis[]): number | null =>
  Object.keys(checkRepeat(repeat, axes)).length > 0 ? null : runsOf(repeat, axes);

/** "2 learning rates x 3 seeds"; null where one recipe is trained. */
export function sweepWords(axes: readonly Axis[], { plan, seeds }: Repeat): string | null {
  if (axes.length === 0) return null;
  const parts = axes.map(({ label, values }) =>
    t("{count} of {label}", { count: count(values.length), label: labelWithin(label) }),
  );
  if (plan === "SEEDS" && !hasSeeds(axes)) parts.push(t("{count} seeds", { count: count(numberOf(seeds)) }));
  return parts.join(" × ");
}

/**
 * Null: a single run, which is no experiment.
 * @param firstSeed as the form has it: a request that begins with a preset may leave it out
 */
export function experimentInput(
  repeat: Repeat,
  { idempotencyKey, ...training }: StartTrainingInput,
  axes: readonly Axis[] = [],
  firstSeed = 0,
): StartExperimentInput | null {
  const runs = runsOf(repeat, axes);
  if (runs === 1) return null;
  const common = { name: training.name ?? null, idempotencyKey: idempotencyKey ?? null, training };
  const [first] = axes;
  if (!first)
    return repeat.plan === "SEEDS"
      ? { ...common, plan: "SEEDS", seeds: runs }
      : { ...common, plan: "WALK_FORWARD", folds: runs };
  // Seeds of one recipe have an ensemble; a sweep over nothing but seeds is the same question.
  if (axes.length === 1 && first.name === "seed" && areNeighbours(first))
    return { ...common, plan: "SEEDS", seeds: runs };
  return { ...common, plan: "SWEEP", sweep: withSeeds(repeat, firstSeed, axes).map(axisInput) };
}

/** With the seeds that are asked for by their number. */
function withSeeds({ plan, seeds }: Repeat, firstSeed: number, axes: readonly Axis[]): readonly Axis[] {
  const number = numberOf(seeds);
  if (plan !== "SEEDS" || hasSeeds(axes) || number === 1) return axes;
  const values = Array.from({ length: number }, (_, at) => firstSeed + at);
  return [...axes, { name: "seed", label: t("Seed"), values }];
}
