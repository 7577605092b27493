/** Why a training is to stop before its end: the first reason counts. */

/**
 * cancel: its user wants no more. drain: the worker leaves. lost: another worker has the run. store away: its
 * checkpoints cannot be stored from here.
 */
export type StopReason = "cancel" | "drain" | "lost" | "store away";

export interface StopSignal {
  readonly signal: AbortSignal;
  readonly reason: StopReason | null;
  stop(reason: StopReason): void;
}

export function createStopSignal(): StopSignal {
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

/** Calls back when the signal aborts, or at once if it has. @returns the way to stop listening. */
export function whenAborted(signal: AbortSignal, callback: () => void): () => void {
  if (signal.aborted) callback();
  else signal.addEventListener("abort", callback, { once: true });
  return () => signal.removeEventListener("abort", callback);
}
