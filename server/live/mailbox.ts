/** What a follower has received and not yet read: at most 64 events and the highest number, however slowly it reads. */
import type { RunEvent } from "../domain/run-event.ts";

const mostKept = 64;

export class Mailbox {
  /** The highest sequence number that is known. */
  highest = 0;
  closed = false;
  #kept = new Map<number, RunEvent>();
  #isStale = false;
  #wake: (() => void) | null = null;
  #endPause: (() => void) | null = null;

  put({ sequence, event }: { sequence: number; event: RunEvent | null }): void {
    // The follower reads the others from the journal.
    if (event && this.#kept.size < mostKept) this.#kept.set(sequence, event);
    this.expect(sequence);
  }

  /** Events up to `sequence` exist. */
  expect(sequence: number): void {
    if (sequence > this.highest) this.highest = sequence;
    this.#stir();
  }

  /** Events may have been missed: the follower must look at the run. */
  markStale(): void {
    this.#isStale = true;
    this.#stir();
  }

  takeStale(): boolean {
    const isStale = this.#isStale;
    this.#isStale = false;
    return isStale;
  }

  /** The event of this number, if it was kept. Forgets older ones. */
  take(sequence: number): RunEvent | null {
    for (const kept of this.#kept.keys()) if (kept < sequence) this.#kept.delete(kept);
    const event = this.#kept.get(sequence) ?? null;
    this.#kept.delete(sequence);
    return event;
  }

  /** Resolves when something was put, expected, marked stale or closed after the last call. */
  news(): Promise<void> {
    if (this.closed || this.#stirred) {
      this.#stirred = false;
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  /** Resolves after `ms`, or at once when the mailbox is closed. */
  pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  close(): void {
    this.closed = true;
    this.#kept.clear();
    this.#stir();
    this.#endPause?.();
  }

  #stirred = false;
  #stir(): void {
    if (this.#wake) {
      this.#wake();
      this.#wake = null;
    } else this.#stirred = true;
  }
}
