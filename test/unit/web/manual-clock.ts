/** A clock that stands still until a test turns it. */
import type { Clock } from "../../../web/lib/live/connection.ts";

export interface ManualClock extends Clock {
  /** Turns the clock; what falls due on the way is called back in its order. */
  advance(ms: number): void;
  pending(): number;
}

/** @param random what each draw gives; 0 makes every delay its shortest. */
export function manualClock(random = 0): ManualClock {
  let now = 0;
  let due: { at: number; callback: () => void }[] = [];
  return {
    now: () => now,
    random: () => random,
    after(ms, callback) {
      const entry = { at: now + ms, callback };
      due.push(entry);
      return () => {
        due = due.filter((other) => other !== entry);
      };
    },
    advance(ms) {
      const until = now + ms;
      for (;;) {
        const next = due.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        due = due.filter((other) => other !== next);
        now = next.at;
        next.callback();
      }
      now = until;
    },
    pending: () => due.length,
  };
}
