/**
 * Trains on the engine that was chosen, and on the next fastest where that one cannot hold the model, is there no more
 * or keeps losing its device: a card too small for a model, or one whose driver broke, costs speed and not the run.
 *
 *   chosen ─► trained                                           device lost ─► the same engine, opened anew
 *      └─► cannot hold it, not there, lost once too often ─► the next fastest ─► ... ─► throws, when none is left
 */
import type { EngineName } from "../domain/run.ts";
import { DeviceLost, type Engine, EngineUnavailable, ShapeUnsupported } from "../engine/engine.ts";
import { chooseEngine } from "./choose-engine.ts";
import type { TrainRunPorts } from "./ports.ts";
import type { WorkerReport } from "./report-group.ts";

/** A driver resets a card once in a while; one that is lost a third time is lost by what this very run does to it. */
const mostReopenings = 2;

/**
 * @param trainOn trains from the newest checkpoint on; called again for each engine that is tried.
 * @throws what the last engine threw, when none is left.
 */
export async function* trainWhereItFits(
  { engines, loadEngine }: Pick<TrainRunPorts, "engines" | "loadEngine">,
  first: EngineName,
  trainOn: (engine: Engine) => AsyncIterable<WorkerReport>,
): AsyncGenerator<WorkerReport, void, void> {
  let engine = first;
  let left = engines;
  let losses = 0;
  for (;;) {
    try {
      return yield* trainOn(await loadEngine(engine));
    } catch (error) {
      if (!isTheEngines(error)) throw error;
      const reopens = error instanceof DeviceLost && ++losses <= mostReopenings;
      if (!reopens) {
        left = left.filter((finding) => finding.engine !== engine);
        losses = 0;
      }
      const next = chooseEngine(reopens ? engine : "AUTO", null, left);
      if (!next) throw error;
      yield { kind: "engine", gaveUp: engine, reason: error, next };
      engine = next.engine;
    }
  }
}

/** Another engine may do better; any other failure would be the same there. */
const isTheEngines = (error: unknown): error is Error =>
  [ShapeUnsupported, EngineUnavailable, DeviceLost].some((kind) => error instanceof kind);
