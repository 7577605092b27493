/**
 * Trains on the engine that was chosen, and on the next fastest where that one cannot hold the model or is there no
 * more: a card too small for a model, or one whose driver broke since the probe, costs speed and not the run.
 */
import type { EngineName } from "../domain/run.ts";
import { type Engine, EngineUnavailable, ShapeUnsupported } from "../engine/engine.ts";
import type { TrainingReport } from "../training/training.ts";
import { chooseEngine } from "./choose-engine.ts";
import type { TrainRunPorts } from "./ports.ts";
import type { WorkerReport } from "./report-group.ts";

/**
 * @param trainOn trains from the newest checkpoint on; called again for each engine that is tried.
 * @throws what the last engine threw, when none is left.
 */
export async function* trainWhereItFits(
  { engines, loadEngine }: Pick<TrainRunPorts, "engines" | "loadEngine">,
  first: EngineName,
  trainOn: (engine: Engine) => AsyncIterable<TrainingReport>,
): AsyncGenerator<WorkerReport, void, void> {
  let engine = first;
  let left = engines;
  for (;;) {
    try {
      return yield* trainOn(await loadEngine(engine));
    } catch (error) {
      if (!(error instanceof ShapeUnsupported || error instanceof EngineUnavailable)) throw error;
      left = left.filter((finding) => finding.engine !== engine);
      const next = chooseEngine("AUTO", null, left);
      if (!next) throw error;
      yield { kind: "engine", gaveUp: engine, reason: error, next };
      engine = next.engine;
    }
  }
}
