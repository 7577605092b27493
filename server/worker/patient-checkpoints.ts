/**
 * Repeats a request to the store of checkpoints while the store is away. Gives up after a minute: the worker then gives the
 * run back, since another worker may reach the store. Once the training has to stop, waits only for a short last try.
 */
import type { CheckpointStore } from "../ports/checkpoints.ts";
import { StoreAway } from "../ports/checkpoints.ts";
import { patience } from "./patience.ts";
import type { StorePatience, TrainRunPorts } from "./ports.ts";
import type { StopSignal } from "./stop-signal.ts";
import { whenAborted } from "./when-aborted.ts";

/** The last try is short because a worker must be gone 5 s after SIGTERM. */
const usualPatience: StorePatience = { patienceMs: 60_000, lastTryMs: 2_000 };
/** A user who cancels waits for at most a second, and nobody resumes a cancelled run. */
const lastTryOfCancelledMs = 500;

export function patientCheckpoints(
  {
    checkpoints,
    log,
    storePatience: { patienceMs, lastTryMs } = usualPatience,
  }: Pick<TrainRunPorts, "checkpoints" | "log" | "storePatience">,
  stop: StopSignal,
): CheckpointStore {
  const away = { name: "the store of checkpoints", is: (error: unknown) => error instanceof StoreAway };
  const ask = async <T>(work: () => Promise<T>): Promise<T> => {
    const giveUp = AbortSignal.any([stop.signal, AbortSignal.timeout(patienceMs)]);
    const graceMs = () => (stop.reason === "cancel" ? Math.min(lastTryOfCancelledMs, lastTryMs) : lastTryMs);
    return patience(away, log, giveUp)(() => notLongAfter(stop.signal, graceMs, work));
  };
  return {
    ...checkpoints,
    place: (runId, checkpoint) => ask(() => checkpoints.place(runId, checkpoint)),
    latest: (runId) => ask(() => checkpoints.latest(runId)),
  };
}

async function notLongAfter<T>(
  signal: AbortSignal,
  graceMs: () => number,
  work: () => Promise<T>,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  let stopListening = () => {};
  const late = new Promise<never>((_, reject) => {
    stopListening = whenAborted(signal, () => {
      const lastMs = graceMs();
      const error = new StoreAway(`it did not answer within the last ${lastMs} ms`, false);
      timer = setTimeout(() => reject(error), lastMs);
    });
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    stopListening();
    clearTimeout(timer);
  }
}
