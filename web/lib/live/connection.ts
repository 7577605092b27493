/**
 * Whether the live connection stands, and when it is tried again. One for the whole page: every subscription
 * waits at the same gate, so that there is one countdown to show and one attempt at a time.
 *
 *    open ─► lost ─► trying ─► open        trying ─► lost        lost ─► trying: the time is up, or "Try now"
 */
import { retryDelayMs } from "./backoff.ts";

export type ConnectionState =
  /** `restored` counts how often a lost connection came back: lists fetch again when it grows. */
  | { readonly phase: "open"; readonly restored: number }
  | {
      readonly phase: "lost" | "trying";
      readonly restored: number;
      readonly attempt: number;
      /** When the next attempt starts, in the clock's milliseconds. */
      readonly retryAt: number;
    };

export interface Clock {
  now(): number;
  random(): number;
  /** Calls back once after `ms`; returns the way to call it off. */
  after(ms: number, callback: () => void): () => void;
}

export interface Connection {
  readonly state: () => ConnectionState;
  readonly onChange: (listener: () => void) => () => void;
  /** Resolves as soon as an attempt may be made: at once, unless the connection is lost. */
  readonly ready: () => Promise<void>;
  readonly lost: () => void;
  readonly opened: () => void;
  readonly tryNow: () => void;
}

export function createConnection(clock: Clock): Connection {
  let state: ConnectionState = { phase: "open", restored: 0 };
  let callOff: () => void = () => {};
  const listeners = new Set<() => void>();
  let waiting: (() => void)[] = [];

  const become = (next: ConnectionState) => {
    state = next;
    for (const listener of [...listeners]) listener();
  };

  const tryNow = () => {
    if (state.phase !== "lost") return;
    callOff();
    become({ ...state, phase: "trying" });
    const released = waiting;
    waiting = [];
    for (const release of released) release();
  };

  return {
    state: () => state,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    ready: () =>
      state.phase === "lost" ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(),
    lost() {
      // All subscriptions of a socket report its end; the first one counts.
      if (state.phase === "lost") return;
      const attempt = state.phase === "trying" ? state.attempt + 1 : 1;
      const delayMs = retryDelayMs(attempt, clock.random());
      become({ phase: "lost", restored: state.restored, attempt, retryAt: clock.now() + delayMs });
      callOff = clock.after(delayMs, tryNow);
    },
    opened() {
      if (state.phase === "open") return;
      callOff();
      become({ phase: "open", restored: state.restored + 1 });
      const released = waiting;
      waiting = [];
      for (const release of released) release();
    },
    tryNow,
  };
}
