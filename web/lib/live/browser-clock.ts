/** The browser's clock, for what is tested with another. */
import type { Clock } from "./connection.ts";

export const browserClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};
