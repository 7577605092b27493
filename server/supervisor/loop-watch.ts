/**
 * Ends this process when its event loop stands still: a frozen API answers nobody, and the supervisor or a container's restart
 * policy starts only processes that have ended.
 *
 *   event loop ── a beat every second ─► shared memory ─► a thread of its own: no beat for 15 s? SIGKILL
 */
import { Worker } from "node:worker_threads";

export interface LoopWatch {
  /** Keeps what is being done now, so that the log can name what froze the process. */
  note(doing: string): void;
}

/** Shared with loop-watch-thread.ts: two numbers (beats, length of the note), then the note as UTF-8. */
export const noteBytes = 500;
const beatEveryMs = 1_000;
export const stillForSeconds = 15;

/** @param name of the process, as its log has it. */
export function watchLoop(name: string): LoopWatch {
  const memory = new SharedArrayBuffer(8 + noteBytes);
  const numbers = new Int32Array(memory, 0, 2);
  // Encoded here and copied: encoders refuse shared memory.
  const note = new Uint8Array(memory, 8);
  const encoder = new TextEncoder();
  const encoded = new Uint8Array(noteBytes);
  const thread = new Worker(new URL("./loop-watch-thread.js", import.meta.url), {
    workerData: { memory, name },
    // Standard streams of threads go through the event loop that stands still; it writes to the file itself.
    stdout: true,
    stderr: true,
  });
  thread.unref();
  setInterval(() => Atomics.add(numbers, 0, 1), beatEveryMs).unref();
  return {
    note(doing) {
      const { written } = encoder.encodeInto(doing, encoded);
      note.set(encoded);
      Atomics.store(numbers, 1, written);
    },
  };
}
