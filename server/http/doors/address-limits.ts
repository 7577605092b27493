/** How much each address may ask and hold open. Loopback has no limits: a program on this machine could stop it anyway. */
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { Refusal } from "../refusal.ts";
import type { Access } from "./access.ts";
import { isLoopback, keyOf } from "./client-address.ts";

/** Opening ten tabs at once is some 400 requests in one second, and none in the next nine. */
const windowSeconds = 10;

/** The limiter returns null when the request may go on. */
export function requestLimiter({ requestsPerSecond }: Pick<Access, "requestsPerSecond">) {
  const limiter = new RateLimiterMemory({
    points: requestsPerSecond * windowSeconds,
    duration: windowSeconds,
  });
  return async (address: string): Promise<Refusal | null> => {
    if (isLoopback(address)) return null;
    try {
      await limiter.consume(keyOf(address));
      return null;
    } catch (reason) {
      if (!(reason instanceof RateLimiterRes)) throw reason;
      return tooMany(
        `an address may ask ${requestsPerSecond} times a second on average: wait, and ask again`,
        reason.msBeforeNext,
      );
    }
  };
}
export type RequestLimiter = ReturnType<typeof requestLimiter>;

/** Counts what each address holds open. `enter` returns null when the address has as many as it may have. */
export function openCounter(most: number) {
  const open = new Map<string, number>();
  return {
    enter(address: string): (() => void) | null {
      if (isLoopback(address)) return () => {};
      const key = keyOf(address);
      const count = open.get(key) ?? 0;
      if (count >= most) return null;
      open.set(key, count + 1);
      return () => {
        const left = (open.get(key) ?? 1) - 1;
        if (left > 0) open.set(key, left);
        else open.delete(key);
      };
    },
  };
}

export const tooManyOpen = (most: number): Refusal =>
  tooMany(`an address may hold ${most} connections at a time: close some, and try again`, 10_000);

const tooMany = (message: string, retryAfterMs: number): Refusal => ({
  status: 429,
  code: "LIMIT_EXCEEDED",
  message,
  retryAfterMs,
});
