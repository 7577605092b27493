/** Experiments: groups of runs. db/ implements it. */
import type { ExperimentPlan } from "../domain/experiment.ts";
import type { RunStatus } from "../domain/run.ts";
import type { Transaction } from "./transaction.ts";

export interface Experiment {
  readonly id: string;
  readonly name: string;
  readonly plan: ExperimentPlan;
  readonly createdAt: Date;
}

export interface NewExperiment extends Pick<Experiment, "name" | "plan"> {
  readonly idempotencyKey: string | null;
  /** Of the request that used the key. */
  readonly requestHash: string | null;
}

export interface ExperimentStore {
  /** @throws Conflict when another experiment has its idempotency key */
  create(tx: Transaction, experiment: NewExperiment): Promise<Experiment>;
  find(id: string): Promise<Experiment | null>;
  findMany(ids: readonly string[]): Promise<Experiment[]>;
  findByIdempotencyKey(key: string): Promise<{ experiment: Experiment; requestHash: string | null } | null>;
  /** Its runs and their statuses, the oldest first. Empty where all were deleted. */
  runsOf(id: string): Promise<readonly { readonly id: string; readonly status: RunStatus }[]>;
}
