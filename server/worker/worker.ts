/**
 * A worker: it says that it is there, takes one run at a time while the device is its own, and leaves in good order.
 * One that waits for the device says that it is there as well.
 *
 *   standing by ─► the device is ours: what its last holder trained is offered again ─► taking ◄─► training
 *        ▲                                                                                │
 *        └───────── the device is not ours any more; a run in hand goes on to its end ◄───┘
 */
import { setTimeout as sleep } from "node:timers/promises";
import { takeOverDevice } from "../services/take-over-device.ts";
import type { TakenJob, WorkerPorts } from "./ports.ts";
import { trainRun } from "./train-run.ts";

const beatEveryMs = 2_000;
/** Then the queue offers what the device's last holder trained: it goes on before runs that were queued later begin. */
const offeredAgainAfterMs = 1_500;

export interface WorkerIdentity {
  readonly id: string;
  readonly host: string;
  readonly device: string;
  /** What it takes turns on with others: the name of `WorkerPorts.device`. */
  readonly deviceSlot: string;
}

export interface Worker {
  /** Takes no more, gives the run in hand back at its next batch, and signs off. */
  drain(): Promise<void>;
}

export async function startWorker(ports: WorkerPorts, identity: WorkerIdentity): Promise<Worker> {
  const draining = new AbortController();
  let currentRunId: string | null = null;
  let inHand: Promise<unknown> = Promise.resolve();
  let isOurs = false;
  let isTaking = false;

  const beat = async () => {
    try {
      await ports.workers.beat(identity.id, currentRunId);
    } catch (error) {
      ports.log.warn({ reason: String(error) }, "could not say that this worker is alive");
    }
  };
  const handle = async (job: TakenJob) => {
    currentRunId = job.runId;
    // Said before the run says RUNNING, so that a running run always has its worker.
    await beat();
    try {
      return await trainRun(ports, job, draining.signal);
    } finally {
      currentRunId = null;
      await beat();
    }
  };

  await ports.workers.register({ ...identity, engines: ports.engines });
  const beating = setInterval(beat, beatEveryMs);
  ports.device.contend({
    async begin() {
      isOurs = true;
      // The device may be ours again while the run is still in hand that was taken before.
      await inHand;
      if (await takeOverDevice(ports)(identity.deviceSlot, identity.id))
        await sleep(offeredAgainAfterMs, undefined, { signal: draining.signal }).catch(() => undefined);
      if (!isOurs || isTaking || draining.signal.aborted) return;
      isTaking = true;
      await ports.jobs.work(async (job) => {
        // Fetched while the taking ended, and perhaps began anew: the device may be another's, or busy here.
        if (!isTaking || currentRunId !== null) return "give back";
        const outcome = handle(job);
        inHand = outcome.catch(() => undefined);
        return outcome;
      });
    },
    // The run in hand goes on: what is trained is not thrown away because the database was away.
    async end() {
      isOurs = false;
      if (!isTaking) return;
      isTaking = false;
      await ports.jobs.stopTaking();
    },
  });

  return {
    async drain() {
      await ports.jobs.stopTaking();
      draining.abort();
      await inHand;
      // Not before: the next one may begin at once.
      await ports.device.release();
      clearInterval(beating);
      // Without a goodbye it is listed as lost for an hour: no reason to fail.
      await ports.workers.leave(identity.id).catch((error: unknown) => {
        ports.log.warn({ reason: String(error) }, "could not sign off");
      });
    },
  };
}
