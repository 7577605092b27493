/** Why a training stops before its end, and who may stop it: the first reason counts. */

import type { TakenJob, TrainRunPorts } from "./ports.ts";
import { whenAborted } from "./when-aborted.ts";

/**
 * cancel: a user cancelled the run. drain: this worker leaves. lost: another worker has the run. store away: this worker
 * cannot store the run's checkpoints.
 */
export type StopReason = "cancel" | "drain" | "lost" | "store away";

export interface StopSignal {
  readonly signal: AbortSignal;
  readonly reason: StopReason | null;
  stop(reason: StopReason): void;
}

function createStopSignal(): StopSignal {
  const controller = new AbortController();
  let first: StopReason | null = null;
  return {
    signal: controller.signal,
    get reason() {
      return first;
    },
    stop(reason) {
      first ??= reason;
      controller.abort();
    },
  };
}

/** A signal that stops when a user cancels the run, when the queue takes the job away and when this worker leaves. */
export function listenForStop(
  ports: Pick<TrainRunPorts, "bus" | "runs" | "log">,
  { runId, signal }: TakenJob,
  draining: AbortSignal,
): StopSignal & { endListening(): void } {
  const stop = createStopSignal();
  const endings = [
    ports.bus.onCancelRequest((cancelled) => cancelled === runId && stop.stop("cancel")),
    ports.bus.onReconnect(() => void stopIfCancelled(ports, runId, stop)),
    whenAborted(signal, () => stop.stop("lost")),
    whenAborted(draining, () => stop.stop("drain")),
  ];
  return Object.assign(stop, {
    endListening() {
      for (const end of endings) end();
    },
  });
}

/** The bus may have missed a cancel while it was not connected. */
async function stopIfCancelled(
  { runs, log }: Pick<TrainRunPorts, "runs" | "log">,
  runId: string,
  stop: StopSignal,
): Promise<void> {
  try {
    if ((await runs.find(runId))?.cancelRequestedAt) stop.stop("cancel");
  } catch (error) {
    log.warn({ runId, reason: String(error) }, "could not look whether the run was cancelled meanwhile");
  }
}
