/** How many runs the form starts: one, one recipe from several seeds, or one refitted along the series. Pure. */
import type { StartExperimentInput, StartTrainingInput } from "../../graphql/generated/graphql.ts";
import { count } from "../../lib/format.ts";
import type { FormErrors } from "./checks.ts";
import { numberOf } from "./form-values.ts";

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
  const value = numberOf(text);
  return Number.isSafeInteger(value) && value >= least && value <= most
    ? null
    : `A whole number, ${least} to ${most}`;
};

export function checkRepeat({ plan, seeds, folds }: Repeat): FormErrors {
  const problem =
    plan === "SEEDS"
      ? (["seeds", wholeIn(seeds, 1)] as const)
      : plan === "WALK_FORWARD"
        ? (["folds", wholeIn(folds, 2)] as const)
        : null;
  return problem?.[1] ? { [problem[0]]: problem[1] } : {};
}

/** Of a form that passed its checks. */
export const runsOf = ({ plan, seeds, folds }: Repeat): number =>
  plan === "SEEDS" ? numberOf(seeds) : plan === "WALK_FORWARD" ? numberOf(folds) : 1;

/** "Start 3 runs"; while the number is wrong, without it. */
export function startWords(repeat: Repeat): string {
  if (Object.keys(checkRepeat(repeat)).length > 0) return "Start the runs";
  const runs = runsOf(repeat);
  return runs === 1 ? "Start the run" : `Start ${count(runs)} runs`;
}

/** Null: a single run, which is no experiment. */
export function experimentInput(
  repeat: Repeat,
  { idempotencyKey, ...training }: StartTrainingInput,
): StartExperimentInput | null {
  const runs = runsOf(repeat);
  if (repeat.plan === "ONE" || runs === 1) return null;
  return {
    name: training.name ?? null,
    idempotencyKey: idempotencyKey ?? null,
    training,
    ...(repeat.plan === "SEEDS" ? { plan: "SEEDS", seeds: runs } : { plan: "WALK_FORWARD", folds: runs }),
  };
}
