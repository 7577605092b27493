/** Answers that had to be put off, told to the log once in a while. */
import type { Unavailable } from "../domain/errors.ts";

/** When one request cannot be met, hundreds cannot: one line tells of all. */
const tellEveryMs = 10_000;

interface Told {
  at: number;
  /** Since that line. */
  untold: number;
}
const told = new WeakMap<object, Told>();

/** @param log hears of at most one in ten seconds, and how many there were in between. */
export function tellOfUnavailable(
  { message }: Unavailable,
  log: { warn(details: object, message: string): void },
  now = Date.now(),
): void {
  const last = told.get(log) ?? { at: Number.NEGATIVE_INFINITY, untold: 0 };
  if (now - last.at < tellEveryMs) {
    last.untold++;
    return;
  }
  told.set(log, { at: now, untold: 0 });
  log.warn({ since: last.untold }, `requests are put off: ${message}`);
}
