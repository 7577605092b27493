/** Remembers that a run had to wait for the database, until its log can be written again. */
import type { Shortage } from "../ports/transaction.ts";

export interface ShortageNotes {
  note(shortage: Shortage): void;
  /** What the run's log does not say yet; null: nothing. */
  untold(): { readonly shortage: Shortage; readonly waitedMs: number } | null;
  told(): void;
}

/** One note for each time that a worker has the run: a disk that fills again and again must not fill the log. */
export function createShortageNotes(now: () => number = Date.now): ShortageNotes {
  let first: { shortage: Shortage; at: number } | null = null;
  let isTold = false;
  return {
    note(shortage) {
      first ??= { shortage, at: now() };
    },
    untold: () => (first && !isTold ? { shortage: first.shortage, waitedMs: now() - first.at } : null),
    told() {
      isTold = true;
    },
  };
}
