/** What this process takes of its machine, from one look to the next. */
import { availableParallelism } from "node:os";
import type { WorkerLoad } from "../ports/workers.ts";

export function watchOwnLoad(
  now = () => performance.now(),
  usedMicros = () => {
    const { user, system } = process.cpuUsage();
    return user + system;
  },
  cores = availableParallelism(),
): () => WorkerLoad {
  let before = { at: now(), used: usedMicros() };
  return () => {
    const after = { at: now(), used: usedMicros() };
    const passedMicros = Math.max(1, (after.at - before.at) * 1000);
    const share = (after.used - before.used) / passedMicros / cores;
    before = after;
    return { load: Math.min(1, Math.max(0, share)), memoryBytes: process.memoryUsage.rss() };
  };
}
