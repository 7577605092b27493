/** Keeps one subscription going for as long as it is wanted, over any number of lost connections. */
import { retryDelayMs } from "./backoff.ts";
import type { Clock, Connection } from "./connection.ts";

/** Why a subscription stopped giving. */
export type Ending =
  /** The server said that there is no more. */
  | { readonly kind: "completed" }
  /** The connection broke, or was never made. */
  | { readonly kind: "dropped" }
  /** The server could not, though it stands: another attempt may do. */
  | { readonly kind: "failed" }
  /** The server refuses this subscription; it stays refused however often it is asked. */
  | { readonly kind: "refused"; readonly message: string };

export interface Following<Item> {
  readonly connection: Connection;
  readonly clock: Clock;
  /** Starts one attempt. Asked anew each time, so it can say from where to go on. */
  readonly subscribe: (onItem: (item: Item) => void) => { ended: Promise<Ending>; stop: () => void };
  /** False asks for a fresh attempt: what came does not fit what was seen before. */
  readonly onItem: (item: Item) => boolean;
  /** Whether the end is the real one. */
  readonly isComplete: () => boolean;
  readonly onRefused: (message: string) => void;
  /** An attempt begins after one that broke off while the connection stood: what came in between was missed. */
  readonly onResumed?: () => void;
}

/** Returns the way to stop. */
export function follow<Item>(following: Following<Item>): () => void {
  const { connection, clock, subscribe, onItem, isComplete, onRefused, onResumed } = following;
  let stopped = false;
  let hasGap = false;
  let earlyEnds = 0;
  let stopAttempt: () => void = () => {};

  const attempt = async (): Promise<Ending> => {
    const { ended, stop } = subscribe((item) => {
      earlyEnds = 0;
      if (!stopped && !onItem(item)) stop();
    });
    if (hasGap) onResumed?.();
    hasGap = false;
    stopAttempt = stop;
    return ended;
  };

  const run = async () => {
    while (!stopped) {
      await connection.ready();
      if (stopped) return;
      const ending = await attempt();
      if (stopped || isComplete()) return;
      if (ending.kind === "refused") return onRefused(ending.message);
      if (ending.kind === "dropped") connection.lost();
      else {
        // Failed, or completed by a server that shuts down in good order before it closes the socket.
        hasGap = true;
        earlyEnds += 1;
        const delayMs = retryDelayMs(earlyEnds, clock.random());
        await new Promise<void>((resolve) => clock.after(delayMs, resolve));
      }
    }
  };
  void run();

  return () => {
    stopped = true;
    stopAttempt();
  };
}
