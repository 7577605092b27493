/** Sends a request until it is heard: a server that is busy says for how long to wait. Knows nothing of imports. */
import type { ApiError } from "../../lib/api-error.ts";

export type Outcome<Data> = { readonly data: Data } | { readonly error: ApiError };

const leastWaitMs = 500;
const mostWaitMs = 60_000;

/**
 * @param send one attempt; null once it was given up.
 * @param onWait hears of each refusal that passes by itself, before the wait.
 * @returns null once the signal has aborted.
 */
export async function sendPatiently<Data>(
  send: () => Promise<Outcome<Data> | null>,
  onWait: (error: ApiError) => void,
  signal: AbortSignal,
): Promise<Outcome<Data> | null> {
  for (;;) {
    const outcome = await send();
    if (outcome === null || signal.aborted) return null;
    if (!("error" in outcome) || outcome.error.retryAfterMs === null) return outcome;
    onWait(outcome.error);
    await pause(Math.min(Math.max(outcome.error.retryAfterMs, leastWaitMs), mostWaitMs), signal);
    if (signal.aborted) return null;
  }
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
