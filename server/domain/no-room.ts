/** What a full disk means for whoever writes the files of an import to it. */
import { Unavailable } from "./errors.ts";

const retryMs = 10_000;

/** @throws Unavailable where the disk is full, else the error itself. */
export function noRoom(error: NodeJS.ErrnoException): never {
  if (error.code !== "ENOSPC" && error.code !== "EDQUOT") throw error;
  const message =
    "the server's disk has no room for this file just now: try again later, or import it in parts";
  throw new Unavailable(message, retryMs, { cause: error });
}
