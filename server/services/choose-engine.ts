/** Which of the engines that this worker found trains a run. */
import type { EngineName, RequestedEngine } from "../domain/run.ts";
import type { EngineFinding } from "../ports/workers.ts";

export interface EngineChoice {
  readonly engine: EngineName;
  readonly device: string;
  /** For the run's user, where it is not what was asked for. */
  readonly warning: string | null;
}

/**
 * @param requested AUTO takes the fastest that passed its check.
 * @param before what trained the run so far: only the same engine goes on bit for bit.
 * @returns null when nothing can train here.
 */
export function chooseEngine(
  requested: RequestedEngine,
  before: EngineName | null,
  findings: readonly EngineFinding[],
): EngineChoice | null {
  const usable = findings
    .filter(({ available }) => available)
    .sort((a, b) => (a.batchMs ?? Number.MAX_VALUE) - (b.batchMs ?? Number.MAX_VALUE));
  const wanted = before ?? requested;
  const chosen = usable.find(({ engine }) => engine === wanted) ?? usable[0];
  if (!chosen) return null;
  return {
    engine: chosen.engine,
    device: chosen.device ?? chosen.engine,
    warning:
      wanted === "AUTO" || chosen.engine === wanted
        ? null
        : warningOf(chosen.engine, requested, before, findings),
  };
}

function warningOf(
  chosen: EngineName,
  requested: RequestedEngine,
  before: EngineName | null,
  findings: readonly EngineFinding[],
): string {
  const missing = before ?? requested;
  const reason = findings.find(({ engine }) => engine === missing)?.detail ?? "it was not looked for";
  return before === null
    ? `${missing} was asked for but is not available on the worker that took the run (${reason}): ${chosen} trains it instead.`
    : `Training began on ${missing} and goes on with ${chosen}, because the worker that took it over has no ${missing}: ` +
        "the last digits differ from those of an undisturbed run.";
}
