/** A file that the worker touches while its event loop turns, so that a container can tell whether the worker still works. */
import { rmSync, writeFileSync } from "node:fs";

const writeEveryMs = 5_000;
/** If the file is older, the worker stands still. */
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
