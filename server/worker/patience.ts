/** Waits for a database or a store that is away for a moment, so that a restart of it does not cost a training. */
import { setTimeout as sleep } from "node:timers/promises";
import type { WorkerLog } from "./ports.ts";

const firstWaitMs = 100;
const longestWaitMs = 2_000;

export type Patiently = <T>(work: () => Promise<T>) => Promise<T>;

export interface Away {
  /** Of what is waited for, in a sentence. */
  readonly name: string;
  readonly is: (error: unknown) => boolean;
}

/**
 * Repeats work until it is answered. A transaction whose commit went through while the answer was lost runs
 * twice: what it does must bear that.
 * @param giveUp ends the waiting: then the last error is thrown.
 */
export const patience =
  (away: Away, log: Pick<WorkerLog, "warn">, giveUp: AbortSignal): Patiently =>
  async (work) => {
    for (let waitMs = firstWaitMs; ; waitMs = Math.min(waitMs * 2, longestWaitMs)) {
      try {
        return await work();
      } catch (error) {
        if (!away.is(error) || giveUp.aborted) throw error;
        log.warn({ reason: String(error), waitMs }, `${away.name} is away: trying again`);
        await sleep(waitMs, undefined, { signal: giveUp }).catch(() => undefined);
      }
    }
  };
