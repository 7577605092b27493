/** Waits for a database or a store that is away for a moment, so that a restart of it does not cost a training. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Shortage } from "../ports/transaction.ts";
import { TransactionTimedOut } from "../ports/transaction.ts";
import type { WorkerLog } from "./ports.ts";

const firstWaitMs = 100;
const longestWaitMs = 2_000;
/** One may come from a machine that stood still for a moment; three in a row mean that the work itself takes too long. */
const mostTimeouts = 3;
/** Logs the same trouble once in this time: a line for each try would fill a disk that is full already. */
const tellAgainMs = 60_000;

export interface Clock {
  /** Milliseconds from any start. */
  now(): number;
  /** Ends early when the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<unknown>;
}
const wallClock: Clock = {
  now: () => performance.now(),
  sleep: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined),
};

export type Patiently = <T>(work: () => Promise<T>) => Promise<T>;

export interface Away {
  /** What it is called in a sentence: "the database". */
  readonly name: string;
  readonly is: (error: unknown) => boolean;
  /** What it is short of, if the error says that. */
  readonly shortageOf?: (error: unknown) => Shortage | null;
  /** Called each time that `patience` waits because of a shortage. */
  readonly onShortage?: (shortage: Shortage) => void;
}

/**
 * Repeats work until it succeeds. If the answer to a commit is lost, the transaction runs twice: it must change nothing the
 * second time.
 * @param giveUp ends the waiting: then the last error is thrown.
 */
export const patience =
  (away: Away, log: Pick<WorkerLog, "warn">, giveUp: AbortSignal, clock: Clock = wallClock): Patiently =>
  async (work) => {
    let timeouts = 0;
    let told = null as { trouble: string; at: number } | null;
    for (let waitMs = firstWaitMs; ; waitMs = Math.min(waitMs * 2, longestWaitMs)) {
      try {
        return await work();
      } catch (error) {
        const isSlow = error instanceof TransactionTimedOut && ++timeouts < mostTimeouts;
        if (!(isSlow || away.is(error)) || giveUp.aborted) throw error;
        const shortage = away.shortageOf?.(error) ?? null;
        if (shortage !== null) away.onShortage?.(shortage);
        const trouble = shortage?.is ?? `${away.name} is ${isSlow ? "slow" : "away"}`;
        if (trouble !== told?.trouble || clock.now() - told.at > tellAgainMs) {
          log.warn({ reason: String(error) }, `${trouble}: trying again until it answers`);
          told = { trouble, at: clock.now() };
        }
        await clock.sleep(waitMs, giveUp);
      }
    }
  };
