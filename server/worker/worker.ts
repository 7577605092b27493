/**
 * A worker: registers itself, takes runs while it holds the device (hands.ts), and leaves in good order. A worker that
 * waits for the device is registered too.
 *
 *   standing by ─► the device is ours: what its last holder trained is offered again ─► taking ◄─► training
 *        ▲                                                                                │
 *        └───────── the device is not ours any more; a run in hand goes on to its end ◄───┘
 */
import { setTimeout as sleep } from "node:timers/promises";
import { takeOverDevice } from "../services/take-over-device.ts";
import { createHands } from "./hands.ts";
import { watchOwnLoad } from "./own-load.ts";
import type { TakenJob, WorkerPorts } from "./ports.ts";
import { trainRun } from "./train-run.ts";

const beatEveryMs = 2_000;
/** Within this time the queue offers the run of the device's last holder again, which must go on before newer runs. */
const offeredAgainAfterMs = 1_500;

export interface WorkerIdentity {
  readonly id: string;
  readonly host: string;
  /** WORKER_DEVICE; null where it has the whole machine. */
  readonly name: string | null;
  readonly device: string;
  /** What workers take turns on: the name of `WorkerPorts.device`. */
  readonly deviceSlot: string;
}

export interface Worker {
  /** Takes no more, gives the run in hand back at its next batch, and signs off. */
  drain(): Promise<void>;
}

export async function startWorker(ports: WorkerPorts, identity: WorkerIdentity): Promise<Worker> {
  const draining = new AbortController();
  const current = new Set<string>();
  const load = watchOwnLoad();
  let isOurs = false;
  let isTaking = false;

  const beat = async () => {
    try {
      await ports.workers.beat(identity.id, [...current], load());
    } catch (error) {
      ports.log.warn({ reason: String(error) }, "could not say that this worker is alive");
    }
  };
  const handle = async (job: TakenJob) => {
    current.add(job.runId);
    // Registers the run before its status is RUNNING, so that a running run always has a worker.
    await beat();
    try {
      return await trainRun(ports, job, draining.signal);
    } finally {
      current.delete(job.runId);
      await beat();
    }
  };
  const hands = createHands(ports, handle, ports.besideEachOther ?? { onProcessor: 1, onCard: 1 });

  await ports.workers.register({ ...identity, engines: ports.engines });
  const beating = setInterval(beat, beatEveryMs);
  ports.device.contend({
    async begin() {
      isOurs = true;
      // This worker may get the device back while it still trains the run from before.
      await hands.empty();
      if (await takeOverDevice(ports)(identity.deviceSlot, identity.id))
        await sleep(offeredAgainAfterMs, undefined, { signal: draining.signal }).catch(() => undefined);
      if (!isOurs || isTaking || draining.signal.aborted) return;
      isTaking = true;
      await hands.take();
    },
    // The run in hand goes on: a database that was away is no reason to throw its training away.
    async end() {
      isOurs = false;
      if (!isTaking) return;
      isTaking = false;
      await hands.stopTaking();
    },
  });

  return {
    async drain() {
      await hands.stopTaking();
      draining.abort();
      await hands.empty();
      // Only now, since the next worker begins at once.
      await ports.device.release();
      clearInterval(beating);
      // Otherwise the list of workers shows this one as lost for an hour, which does no harm.
      await ports.workers.leave(identity.id).catch((error: unknown) => {
        ports.log.warn({ reason: String(error) }, "could not sign off");
      });
    },
  };
}
