/** Answers that had to be put off: found within the errors that wrap them, and told to the log once in a while. */
import { Unavailable } from "../domain/errors.ts";

/** An ORM shows what its driver said as the cause of an error of its own, or in its `meta`. */
export function unavailableIn(error: unknown): Unavailable | null {
  if (error instanceof Unavailable) return error;
  if (!(error instanceof Error)) return null;
  const { meta } = error as { meta?: { driverAdapterError?: unknown } };
  return unavailableIn(error.cause ?? meta?.driverAdapterError);
}

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
