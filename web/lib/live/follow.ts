/** Keeps one subscription going for as long as it is wanted, over any number of lost connections. */
import { retryDelayMs } from "./backoff.ts";
import type { Clock, Connection } from "./connection.ts";

/** Why a subscription stopped giving. */
export type Ending =
  /** The server said that there is no more. */
  | { readonly kind: "completed" }
  /** The connection broke, or was never made. */
  | { readonly kind: "dropped" }
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
}

/** Returns the way to stop. */
export function follow<Item>(following: Following<Item>): () => void {
  const { connection, clock, subscribe, onItem, isComplete, onRefused } = following;
  let stopped = false;
  let stopAttempt: () => void = () => {};

  const attempt = async (): Promise<Ending> => {
    const { ended, stop } = subscribe((item) => {
      if (!stopped && !onItem(item)) stop();
    });
    stopAttempt = stop;
    return ended;
  };

  const run = async () => {
    let earlyEnds = 0;
    while (!stopped) {
      await connection.ready();
      if (stopped) return;
      const ending = await attempt();
      if (stopped || isComplete()) return;
      if (ending.kind === "refused") return onRefused(ending.message);
      if (ending.kind === "dropped") connection.lost();
      else {
        // A server that shuts down in good order completes its subscriptions before it closes the socket.
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
