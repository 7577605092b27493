/** Messages from the API and the worker to the supervisor that forked them, and its request to stop. */
import type { RunStatus } from "../domain/run.ts";

export type ChildMessage =
  /** The API answers at this address. */
  | { readonly type: "listening"; readonly url: string }
  /** The worker takes jobs; `device` is what it trains on. */
  | { readonly type: "ready"; readonly device: string }
  /** Sent every 2 s from the start on; the supervisor ends a process that falls silent. */
  | { readonly type: "alive" }
  | TrainingProgress;

export interface TrainingProgress {
  readonly type: "progress";
  readonly runName: string;
  readonly status: RunStatus;
  /** Epochs finished so far. */
  readonly epoch: number;
  readonly epochs: number;
  readonly trainLoss: number | null;
  readonly validationLoss: number | null;
  readonly etaMs: number | null;
}

const aliveEveryMs = 2_000;

/** Lets the supervisor notice when this process stands still. */
export function reportAlive(): void {
  const say = () => reportToSupervisor({ type: "alive" });
  say();
  setInterval(say, aliveEveryMs).unref();
}

/** The only message of the supervisor; for systems without signals. */
export const stopRequest = "stop";

/** A process ends with this code when another start would fail in the same way; its stderr says why. */
export const cannotStartCode = 2;

/** Does nothing in a process that runs on its own. */
export function reportToSupervisor(message: ChildMessage): void {
  // The callback ignores the error of a channel that closes at this moment; "disconnect" handles it.
  if (process.connected === true) process.send?.(message, undefined, undefined, () => {});
}

/** How long a process may take to stop once its supervisor is gone. */
const orphanGraceMs = 5_000;

/**
 * Calls `stop` once: on SIGTERM, on SIGINT, when the supervisor asks, or when it is gone (the channel to it closes even
 * after a kill -9). `stop` ends with the process's end.
 */
export function whenToldToStop(stop: () => Promise<void>): void {
  let stopping = false;
  const once = (): void => {
    if (stopping) return;
    stopping = true;
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`could not stop in good order: ${error}\n`);
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", once);
  process.on("SIGINT", once);
  process.on("message", (message) => message === stopRequest && once());
  const orphaned = (): void => {
    setTimeout(() => process.exit(1), orphanGraceMs).unref();
    for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {}); // nobody reads them now
    once();
  };
  process.on("disconnect", orphaned);
  if (process.connected === false) orphaned(); // the channel closed while the modules were being loaded
}
