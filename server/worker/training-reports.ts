/**
 * Trains a loaded run and reports what happens, one report at a time: on the engine that was chosen, and on the next
 * where that one fails.
 */
import type { Epoch } from "../domain/run.ts";
import { isConstant, resultWarnings } from "../forecasting/result-warnings.ts";
import { train } from "../forecasting/train.ts";
import { usedBars } from "../recipe/used-bars.ts";
import { enginesInTurn } from "./engines-in-turn.ts";
import { estimateEta } from "./eta.ts";
import type { LoadedTraining } from "./load-training.ts";
import type { WorkerReport } from "./report-group.ts";
import type { TrainingSession } from "./training-session.ts";

/** Most training that a crash may cost. */
const checkpointEveryMs = 10_000;

/**
 * Ends after a report "result" or "interrupted".
 * @throws what `train` throws, and what the last engine threw when no other is left
 */
export async function* trainingReports(
  { ports, run, stop }: TrainingSession,
  loaded: LoadedTraining,
): AsyncGenerator<WorkerReport, void, void> {
  const engines = enginesInTurn(ports.engines, run.engine!);
  const eta = estimateEta();
  // By number, since a damaged checkpoint makes the training go through some of them again.
  const epochs = new Map<number, Pick<Epoch, "epoch" | "trainLoss" | "validationLoss">>(
    loaded.epochs.map((epoch) => [epoch.epoch, epoch]),
  );
  // The next engine goes on from here, not from what is stored, which may lag behind.
  let newest = loaded.checkpoint;
  for (;;) {
    try {
      const engine = await ports.loadEngine(engines.current);
      const options = {
        signal: stop.signal,
        finish: stop.finish,
        resumeFrom: newest,
        checkpointEveryMs,
        timezone: loaded.timezone,
        otherBars: loaded.otherBars,
      };
      for await (const report of train(engine, run.config, loaded.bars, options)) {
        if ("checkpoint" in report) newest = report.checkpoint;
        switch (report.kind) {
          case "epoch": {
            const { kind, checkpoint, epochsLeft, ...epoch } = report;
            epochs.set(epoch.epoch, epoch);
            yield { kind, epoch, etaMs: eta.add(epoch.durationMs, epochsLeft), checkpoint };
            break;
          }
          case "result": {
            const inOrder = [...epochs.values()].sort((a, b) => a.epoch - b.epoch);
            const warnings = resultWarnings({
              ...report,
              config: run.config,
              bars: usedBars(loaded.bars, run.config),
              epochs: inOrder,
            });
            yield { ...report, warnings, isConstant: isConstant({ ...report, config: run.config }) };
            break;
          }
          default:
            yield report;
        }
      }
      return;
    } catch (error) {
      const change = engines.goOnAfter(error);
      if (!change) throw error;
      yield change;
    }
  }
}
