/** A file that stays young while the worker's event loop turns, for whoever watches the process from outside. */
import { rmSync, writeFileSync } from "node:fs";

const writeEveryMs = 5_000;
/** A file that is older belongs to a worker that stands still. */
export const oldestHealthMs = 30_000;

/** @returns the way to stop; the file is then gone. */
export function keepYoung(file: string): () => void {
  const write = () => writeFileSync(file, new Date().toISOString());
  write();
  const timer = setInterval(write, writeEveryMs);
  timer.unref();
  return () => {
    clearInterval(timer);
    rmSync(file, { force: true });
  };
}
