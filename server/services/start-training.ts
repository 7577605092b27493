/** Queues a training: checks the whole request first, then stores the run and its job together. */
import { Conflict, LimitExceeded } from "../domain/errors.ts";
import type { Run, RunStore } from "../ports/runs.ts";
import type { RunInTransaction } from "../ports/transaction.ts";
import { checkedKey, repeated } from "./idempotency.ts";
import { checkQueue, type PrepareRunPorts, prepareRun, type QueueRunPorts, queueRun } from "./queue-run.ts";
import { hashRequest } from "./request-hash.ts";
import type { Services, StartTrainingRequest } from "./services.ts";

export interface StartTrainingPorts extends PrepareRunPorts, QueueRunPorts {
  readonly transaction: RunInTransaction;
  readonly runs: QueueRunPorts["runs"] & Pick<RunStore, "findByIdempotencyKey">;
}

/** @throws InvalidInput, NotFound (the series), Conflict (the key was used by another request), LimitExceeded (too many wait) */
export const startTraining =
  (ports: StartTrainingPorts): Services["startTraining"] =>
  async (request) => {
    const earlier = await earlierRun(ports, request);
    if (earlier) return earlier;
    const prepared = await prepareRun(ports, request);
    try {
      return await ports.transaction(async (tx) => {
        await checkQueue(ports, tx);
        return queueRun(ports, tx, {
          ...prepared,
          idempotencyKey: request.idempotencyKey ?? null,
          requestHash: hashRequest(request),
          experimentId: null,
          scheduleId: null,
        });
      });
    } catch (error) {
      // The same request came twice at once: the other one was first, and may have taken the queue's last place.
      const repeats = error instanceof Conflict || error instanceof LimitExceeded;
      const winner = repeats ? await earlierRun(ports, request) : null;
      if (winner) return winner;
      throw error;
    }
  };

async function earlierRun({ runs }: StartTrainingPorts, request: StartTrainingRequest): Promise<Run | null> {
  const key = checkedKey(request.idempotencyKey);
  const found = key === null ? null : await runs.findByIdempotencyKey(key);
  return found && repeated(key, hashRequest(request), found.requestHash, `run ${found.run.id}`, found.run);
}
