/** What a run's events and its error say, in words for the person who started it. */
import { InvalidInput } from "../domain/errors.ts";
import type { EngineName, RunError } from "../domain/run.ts";
import { DeviceLost, EngineUnavailable, ShapeUnsupported } from "../engine/engine.ts";
import { TrainingDiverged } from "../forecasting/training.ts";
import type { Shortage } from "../ports/transaction.ts";
import { TransactionTimedOut } from "../ports/transaction.ts";

export const messageOf = {
  started: (engine: EngineName, device: string) => `Training on ${engine} (${device}).`,
  resumed: (epoch: number, engine: EngineName, device: string) =>
    `Going on after epoch ${epoch} on ${engine} (${device}).`,
  engineGaveUp: (gaveUp: EngineName, reason: Error, engine: EngineName, device: string) =>
    `${gaveUp} ${failingOf(reason)} (${reason.message}): ${engine} (${device}) trains it instead.`,
  deviceReopened: (engine: EngineName, reason: Error, epoch: number) =>
    `${engine} lost its device (${reason.message}): it is opened anew, and training goes on ` +
    `${epoch > 0 ? `from the newest checkpoint, after epoch ${epoch}` : "from the start"}.`,
  givenBack: (epoch: number, storeIsAway = false) =>
    `The worker gave the run back${storeIsAway ? ", because it could not reach the store of checkpoints" : ""}. ` +
    `Training goes on ${epoch > 0 ? `after epoch ${epoch} ` : ""}as soon as a worker is free.`,
  cancelled: (epoch: number) => `Cancelled after epoch ${epoch}.`,
  nothingToScore: "Stopped before an epoch was through: there is nothing to score, so it is cancelled.",
  succeeded: (bestEpoch: number, stoppedEarly: string | null = null) =>
    `${stoppedEarly ?? "Done."} The scores are those of epoch ${bestEpoch}, the best one.`,
  waitedForDatabase: ({ was }: Shortage, waitedMs: number) =>
    `The run waited for ${Math.max(Math.round(waitedMs / 1000), 1)} s and goes on now: ${was}.`,
};

const failingOf = (reason: Error) => {
  if (reason instanceof ShapeUnsupported) return "cannot hold this model";
  return reason instanceof DeviceLost ? "lost its device again and again" : "could not be used";
};

/** @param reference what the log calls the failure, for one that is ours. */
export function runErrorOf(error: unknown, reference: string): RunError {
  if (error instanceof TrainingDiverged) return { code: "DIVERGED", message: error.message };
  if (error instanceof InvalidInput) {
    return {
      code: "SERIES_CHANGED",
      message: `The series no longer allows this configuration: ${error.message}.`,
    };
  }
  if (error instanceof ShapeUnsupported) {
    return {
      code: "SHAPE_UNSUPPORTED",
      message: `The engine cannot hold this model: ${error.message}. Choose smaller layers or another engine.`,
    };
  }
  if (error instanceof DeviceLost) {
    return {
      code: "DEVICE_LOST",
      message: `The device went away while it trained, again and again, and no other can train here: ${error.message}.`,
    };
  }
  if (error instanceof EngineUnavailable) {
    return { code: "ENGINE_UNAVAILABLE", message: `The engine could not be used: ${error.message}` };
  }
  if (error instanceof TransactionTimedOut) {
    return {
      code: "INTERNAL",
      message:
        `What was trained could not be stored: ${error.message}, each time that it was tried. Start the run again when ` +
        `the database has less to do. The worker's log has more, under ${reference}.`,
    };
  }
  return {
    code: "INTERNAL",
    message: `Something went wrong in Gatecast itself. The worker's log says what, under ${reference}.`,
  };
}
