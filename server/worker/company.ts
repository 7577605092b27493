/**
 * Runs of one experiment that train together on a card: they see the same windows and have one shape of network. A card takes
 * little more time for several small models than for one; a processor trains them beside each other, one a core (hands.ts).
 */
import { CompanyEngine } from "../engine/company/engine.ts";
import type { Engine } from "../engine/engine.ts";
import type { Run } from "../ports/runs.ts";
import type { EngineFinding } from "../ports/workers.ts";
import { chooseEngine } from "../services/choose-engine.ts";

type OneOfMany = Pick<Run, "experimentId" | "seriesVersionId" | "config" | "requestedEngine" | "engine">;

/** @returns the same text for runs that may train together on a card of this worker; null for a run that trains alone there */
export function companyOf(run: OneOfMany, engines: readonly EngineFinding[]): string | null {
  if (run.experimentId === null) return null;
  if (chooseEngine(run.requestedEngine, run.engine, engines)?.engine !== "WEBGPU") return null;
  // Each model of a company may have its own of these.
  const { seed, learningRate, learningRateSchedule, clipNorm, weightDecay, ...shared } = run.config;
  const { epochs, earlyStoppingPatience, headInit, ...same } = shared;
  return JSON.stringify([run.experimentId, run.seriesVersionId, same]);
}

const companies = new WeakMap<Engine, Engine>();

/** The engine that waits for a run's company. One for each engine, where its members find each other. */
export function inCompany(engine: Engine): Engine {
  const found = companies.get(engine) ?? new CompanyEngine(engine);
  companies.set(engine, found);
  return found;
}
