/** An experiment as its page has it, and how far it is. Pure. */
import { isFinal } from "../../entities/run/status.ts";
import type { RunRow } from "../../entities/run-list/live-runs.ts";
import type { ExperimentQuery, RunStatus } from "../../graphql/generated/graphql.ts";
import { count, day } from "../../lib/format.ts";
import { t, tn } from "../../lib/words/t.ts";

export type Experiment = NonNullable<ExperimentQuery["experiment"]>;
type Plan = Experiment["plan"];

export interface Standing {
  readonly status: RunStatus;
  readonly isActive: boolean;
  readonly ended: number;
  readonly succeeded: number;
  readonly total: number;
  /** Runs that have ended, and the share of the others that is trained: it grows with every epoch. */
  readonly done: number;
}

/** As the API puts it together, of the runs as they are this moment. */
export function standingOf(runs: readonly Pick<RunRow, "status" | "epoch" | "config">[]): Standing {
  const countOf = (status: RunStatus) => runs.filter((run) => run.status === status).length;
  const ended = runs.filter(({ status }) => isFinal(status)).length;
  const partly = runs
    .filter(({ status }) => !isFinal(status))
    .reduce((sum, { epoch, config }) => sum + Math.min(1, epoch / config.epochs), 0);
  const isActive = ended < runs.length;
  const status =
    countOf("QUEUED") === runs.length && isActive
      ? "QUEUED"
      : isActive
        ? "RUNNING"
        : countOf("FAILED") > 0
          ? "FAILED"
          : countOf("CANCELLED") > 0
            ? "CANCELLED"
            : "SUCCEEDED";
  return {
    status,
    isActive,
    ended,
    succeeded: countOf("SUCCEEDED"),
    total: runs.length,
    done: ended + partly,
  };
}

/** "1 of 3 seeds has ended", "Waits for a worker". */
export function standingInWords({ status, ended, total }: Standing, plan: Plan): string {
  if (status === "QUEUED") return t("Waits for a worker");
  const values = { total: count(total) };
  switch (plan) {
    case "SEEDS":
      return tn(ended, "{n} of {total} seeds has ended", "{n} of {total} seeds have ended", values);
    case "WALK_FORWARD":
      return tn(ended, "{n} of {total} folds has ended", "{n} of {total} folds have ended", values);
    case "SWEEP":
      return tn(ended, "{n} of {total} variants has ended", "{n} of {total} variants have ended", values);
  }
}

/** "3 seeds of one recipe" */
export function planInWords(plan: Plan, total: number): string {
  const values = { count: count(total) };
  switch (plan) {
    case "SEEDS":
      return t("{count} seeds of one recipe", values);
    case "WALK_FORWARD":
      return t("{count} folds of a walk forward", values);
    case "SWEEP":
      return t("{count} variants of one recipe", values);
  }
}

/** "Tested 8 Feb 2019 to 9 May 2019"; null until the run has a result. */
export function testInWords(times: readonly string[], timezone: string): string | null {
  const [first, last] = [times[0], times.at(-1)];
  return first === undefined || last === undefined
    ? null
    : t("Tested {first} to {last}", { first: day(first, timezone), last: day(last, timezone) });
}
