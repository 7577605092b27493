/**
 * Whether the live connection stands, and when it is tried again. One for the whole page: every subscription
 * waits at the same gate, so that there is one countdown to show and one attempt at a time.
 *
 *    open ─► lost ─► trying ─► open        trying ─► lost        lost ─► trying: the time is up, or "Try now"
 */
import { retryDelayMs } from "./backoff.ts";

export type ConnectionState =
  | (Counts & { readonly phase: "open"; readonly refusal: string | null })
  | (Counts & {
      readonly phase: "lost" | "trying";
      readonly attempt: number;
      /** Why there is none, once it is known. */
      readonly reason: string | null;
      /** When the next attempt starts, in the clock's milliseconds. */
      readonly retryAt: number;
    });

interface Counts {
  /** How often a lost connection came back. */
  readonly restored: number;
  /** How often news may have been missed: lists fetch again when it grows. */
  readonly gaps: number;
}

/** @property refusal of what the whole page listens to, which no other attempt will change; null: all is well. */
export const openFromTheStart: ConnectionState = { phase: "open", restored: 0, gaps: 0, refusal: null };

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
  /** Says why a lost connection does not come back. */
  readonly explain: (reason: string | null) => void;
  /** A subscription broke off and goes on, though the connection stood. */
  readonly missed: () => void;
  /** The server refuses for good what the page listens to. */
  readonly refused: (message: string) => void;
}

export function createConnection(clock: Clock): Connection {
  let state = openFromTheStart;
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
      const reason = state.phase === "trying" ? state.reason : null;
      const { restored, gaps } = state;
      become({ phase: "lost", restored, gaps, attempt, reason, retryAt: clock.now() + delayMs });
      callOff = clock.after(delayMs, tryNow);
    },
    opened() {
      if (state.phase === "open") return;
      callOff();
      become({ phase: "open", restored: state.restored + 1, gaps: state.gaps + 1, refusal: null });
      const released = waiting;
      waiting = [];
      for (const release of released) release();
    },
    tryNow,
    explain(reason) {
      if (state.phase !== "open" && state.reason !== reason) become({ ...state, reason });
    },
    missed: () => become({ ...state, gaps: state.gaps + 1 }),
    refused(message) {
      if (state.phase === "open") become({ ...state, refusal: message });
    },
  };
}
