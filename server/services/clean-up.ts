/** Takes away now and then what nobody needs any more: what old runs keep only for a while, and discarded objects. */
import type { CheckpointStore } from "../ports/checkpoints.ts";
import type { RunRetention } from "../ports/runs.ts";

export interface CleanUpPorts {
  readonly retention: RunRetention;
  readonly checkpoints: Pick<CheckpointStore, "sweepDiscarded">;
}

const dayMs = 24 * 3600 * 1000;

/** Portion by portion, until nothing is left or `isStopped`. @param retentionDays null: old runs keep everything. */
export const cleanUp =
  ({ retention, checkpoints }: CleanUpPorts, retentionDays: number | null) =>
  async (now: Date, isStopped = () => false): Promise<void> => {
    if (retentionDays !== null) {
      const endedBefore = new Date(now.getTime() - retentionDays * dayMs);
      while (!isStopped() && (await retention.cleanPortion(endedBefore)));
    }
    while (!isStopped() && (await checkpoints.sweepDiscarded()));
  };

const firstAfterMs = 60_000;
const everyMs = 10 * 60_000;

/** Cleans up soon, then again and again, in every worker: the database lets one at a time. */
export function keepClean(
  ports: CleanUpPorts,
  retentionDays: number | null,
  onError: (error: unknown) => void,
): { stop(): void } {
  let isStopped = false;
  let timer: NodeJS.Timeout;
  const clean = async () => {
    await cleanUp(ports, retentionDays)(new Date(), () => isStopped).catch(onError);
    if (!isStopped) timer = setTimeout(clean, everyMs);
  };
  timer = setTimeout(clean, firstAfterMs);
  return {
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
