/** Runs that answer one question together: what it is, and how far they are. */
import type { NamedForecaster } from "./forecaster.ts";
import { isFinal, type RunStatus } from "./run.ts";

/**
 * SEEDS: one recipe from several seeds. WALK_FORWARD: one recipe, refitted again and again along the series. SWEEP: every
 * combination of some values of its hyperparameters.
 */
export const experimentPlans = ["SEEDS", "WALK_FORWARD", "SWEEP"] as const;
export type ExperimentPlan = (typeof experimentPlans)[number];

/** One forecaster over all runs of an experiment. */
export interface GroupScores extends NamedForecaster {
  /** Runs that have its score. */
  readonly count: number;
  readonly maeMean: number;
  /** Of a sample; null of fewer than two. */
  readonly maeDeviation: number | null;
  readonly skillMean: number;
  readonly skillDeviation: number | null;
}

/**
 * As one run would have it: under way while any is, SUCCEEDED where all did, otherwise what kept the others from it.
 *
 *   any RUNNING, or some ended and some QUEUED ─► RUNNING     all QUEUED ─► QUEUED
 *   all ended: any FAILED ─► FAILED, else any CANCELLED ─► CANCELLED, else SUCCEEDED
 */
export function experimentStatus(runs: readonly RunStatus[]): RunStatus {
  const waiting = runs.filter((status) => status === "QUEUED").length;
  if (runs.length > 0 && waiting === runs.length) return "QUEUED";
  if (!runs.every(isFinal)) return "RUNNING";
  if (runs.includes("FAILED")) return "FAILED";
  return runs.includes("CANCELLED") ? "CANCELLED" : "SUCCEEDED";
}
