/** Whether a folder's disk has room for what Gatecast stores there, said before it runs out. */
import { statfsSync } from "node:fs";
import { dirname } from "node:path";

/** Checkpoints and the log that PostgreSQL writes ahead take some 100 MB; then there is time to act. */
const leastBytes = 500e6;

/** @param folder may be missing still: then the one that it will be in counts. @returns null where there is room, or nobody can tell. */
export function spaceWarning(
  folder: string,
  freeBytes: (folder: string) => number | null = freeBytesOf,
): string | null {
  const free = freeBytes(folder);
  if (free === null || free >= leastBytes) return null;
  return (
    `The disk of ${folder} has ${Math.floor(free / 1e6)} MB left. Below about ${leastBytes / 1e6} MB trainings may have to wait: ` +
    "make room, or name another folder with GATECAST_DATA."
  );
}

function freeBytesOf(folder: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch (error) {
    const parent = dirname(folder);
    const isMissing = (error as NodeJS.ErrnoException).code === "ENOENT" && parent !== folder;
    return isMissing ? freeBytesOf(parent) : null;
  }
}
