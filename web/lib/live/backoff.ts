/** How long to wait before the next attempt to connect. */

const firstDelayMs = 1_000;
const longestDelayMs = 15_000;

/**
 * Exponential with jitter: half of the delay is fixed, half is drawn, so that the browsers of a whole team
 * do not return in the same instant when a server restarts.
 * @param attempt from 1.
 * @param random uniform in [0, 1).
 */
export function retryDelayMs(attempt: number, random: number): number {
  const full = Math.min(longestDelayMs, firstDelayMs * 2 ** (attempt - 1));
  return Math.round(full * (0.5 + random / 2));
}
