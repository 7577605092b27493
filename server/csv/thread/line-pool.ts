/** The threads of one process: one or two, started when they are needed and kept; each does one job at a time. */
import type { Line } from "./line.ts";

export interface LinePool {
  /** Waits for a thread that is free. @param signal leaves the queue. @throws its reason; what the job throws. */
  lend<Result>(job: (line: Line) => Promise<Result>, signal?: AbortSignal): Promise<Result>;
  /** Ends the threads; what they were doing fails. */
  close(): Promise<void>;
}

/** Two large imports may be under way at a time. */
const mostThreads = 2;

export function linePool(open: (onEnd: () => void) => Line): LinePool {
  const lines = new Set<Line>();
  const idle: Line[] = [];
  const waiting: { readonly go: (line: Line) => void; readonly fail: (error: unknown) => void }[] = [];
  let isClosed = false;

  const start = (): Line => {
    const line = open(() => {
      lines.delete(line);
      if (idle.includes(line)) idle.splice(idle.indexOf(line), 1);
      waiting.shift()?.go(start());
    });
    lines.add(line);
    return line;
  };

  const take = (signal?: AbortSignal): Line | Promise<Line> => {
    signal?.throwIfAborted();
    if (isClosed) throw new Error("the server stops: no price file is read any more");
    const free = idle.pop() ?? (lines.size < mostThreads ? start() : null);
    if (free) return free;
    return new Promise((resolve, reject) => {
      const place = { go: resolve, fail: reject };
      waiting.push(place);
      const leave = () => {
        if (waiting.includes(place)) waiting.splice(waiting.indexOf(place), 1);
        reject(signal!.reason);
      };
      signal?.addEventListener("abort", leave, { once: true });
    });
  };

  const giveBack = async (line: Line): Promise<void> => {
    // A job that failed halfway leaves a thread that would go on with it.
    if (line.isAtWork()) return line.hangUp();
    if (!lines.has(line)) return;
    line.say({ kind: "forget" });
    const next = waiting.shift();
    if (next) return next.go(line);
    line.rest();
    idle.push(line);
  };

  return {
    async lend(job, signal) {
      const line = await take(signal);
      try {
        return await job(line);
      } finally {
        await giveBack(line);
      }
    },
    async close() {
      isClosed = true;
      for (const { fail } of waiting.splice(0)) fail(new Error("the server stops"));
      await Promise.all([...lines].map((line) => line.hangUp()));
    },
  };
}
