/** Why a training stops before its end, and who may stop it: the first reason counts. */

import type { Run } from "../ports/runs.ts";
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
  /** Aborts when a user wants no further epoch: the best one so far is scored. */
  readonly finish: AbortSignal;
  finishNow(): void;
}

function createStopSignal(): StopSignal {
  const controller = new AbortController();
  const finishing = new AbortController();
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
    finish: finishing.signal,
    finishNow: () => finishing.abort(),
  };
}

/** A signal that stops when a user cancels the run or wants it scored, when the queue takes the job away and when this worker leaves. */
export function listenForStop(
  ports: Pick<TrainRunPorts, "bus" | "runs" | "log">,
  { runId, signal }: TakenJob,
  draining: AbortSignal,
): StopSignal & { endListening(): void } {
  const stop = createStopSignal();
  const endings = [
    ports.bus.onCancelRequest((cancelled) => cancelled === runId && stop.stop("cancel")),
    ports.bus.onScoreRequest((asked) => asked === runId && stop.finishNow()),
    ports.bus.onReconnect(() => void stopIfAsked(ports, runId, stop)),
    whenAborted(signal, () => stop.stop("lost")),
    whenAborted(draining, () => stop.stop("drain")),
  ];
  return Object.assign(stop, {
    endListening() {
      for (const end of endings) end();
    },
  });
}

/** The bus may have missed a wish while it was not connected. */
async function stopIfAsked(
  { runs, log }: Pick<TrainRunPorts, "runs" | "log">,
  runId: string,
  stop: StopSignal,
): Promise<void> {
  try {
    obey(await runs.find(runId), stop);
  } catch (error) {
    log.warn({ runId, reason: String(error) }, "could not look whether the run was to stop meanwhile");
  }
}

/** What users asked of the run, as it is stored. */
export function obey(
  run: Pick<Run, "cancelRequestedAt" | "scoreRequestedAt"> | null,
  stop: Pick<StopSignal, "stop" | "finishNow">,
): void {
  if (run?.cancelRequestedAt) stop.stop("cancel");
  if (run?.scoreRequestedAt) stop.finishNow();
}
