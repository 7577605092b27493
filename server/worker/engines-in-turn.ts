/**
 * Which engine trains a run, and which one goes on where that one cannot hold the model, is there no more or keeps
 * losing its device: a card too small for a model, or one whose driver broke, costs speed and not the run.
 *
 *   chosen ─► trained                                           device lost ─► the same engine, opened anew
 *      └─► cannot hold it, not there, lost once too often ─► the next fastest ─► ... ─► none is left
 */
import type { EngineName } from "../domain/run.ts";
import { DeviceLost, EngineUnavailable, ShapeUnsupported } from "../engine/engine.ts";
import type { EngineFinding } from "../ports/workers.ts";
import { chooseEngine } from "../services/choose-engine.ts";
import type { EngineChanged } from "./report-group.ts";

/** A driver resets a card once in a while; when a run loses its device a third time, what the run does is the cause. */
const mostReopenings = 2;

export interface EnginesInTurn {
  readonly current: EngineName;
  /** Makes the next engine the current one. @returns null when the failure is not the engine's, or no other is left. */
  goOnAfter(error: unknown): EngineChanged | null;
}

export function enginesInTurn(engines: readonly EngineFinding[], first: EngineName): EnginesInTurn {
  let current = first;
  let left = engines;
  let losses = 0;
  return {
    get current() {
      return current;
    },
    goOnAfter(error) {
      if (!isTheEngines(error)) return null;
      const reopens = error instanceof DeviceLost && ++losses <= mostReopenings;
      if (!reopens) {
        left = left.filter((finding) => finding.engine !== current);
        losses = 0;
      }
      const next = chooseEngine(reopens ? current : "AUTO", null, left);
      if (!next) return null;
      const gaveUp = current;
      current = next.engine;
      return { kind: "engine", gaveUp, reason: error, next };
    },
  };
}

/** Another engine may do better; any other failure would be the same there. */
const isTheEngines = (error: unknown): error is Error =>
  [ShapeUnsupported, EngineUnavailable, DeviceLost].some((kind) => error instanceof kind);
