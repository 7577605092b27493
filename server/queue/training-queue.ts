/** The queue of trainings: pg-boss, which claims with a lease, so that the job of a killed worker starts elsewhere. */
import { fromPrisma, type Job, PgBoss } from "pg-boss";
import type { TrainingJobs } from "../ports/runs.ts";
import type { Transaction } from "../ports/transaction.ts";

const queueName = "train-run";

/**
 * A job whose worker was not heard of for so long is given to another. With a look every second and a fetch
 * every half, a killed worker's job starts elsewhere within about 12 s; pg-boss allows no shorter lease.
 */
const leaseSeconds = 10;
const renewLeaseSeconds = 2;
const lookForLapsedLeasesSeconds = 1;
const fetchEverySeconds = 0.5;
/** Longer than the time between two fetches: a job that comes back at once, again and again, lets others pass. */
const retryAfterSeconds = 1;

/** pg-boss ends claims after a day at most; the run then goes on from its checkpoint under a new claim. */
const longestClaimSeconds = 24 * 3600;
/** Longest that pg-boss keeps a job which nobody takes. */
const longestWaitSeconds = 365 * 24 * 3600;
/** Not what limits attempts: the run counts its lost workers itself. */
const retryLimit = 10_000;

export interface TrainingQueueOptions {
  readonly url: string;
  /** Further options of its connections, which node-postgres understands (db/watched-client.ts has them). */
  readonly connections?: object;
  /** Runs SQL inside a transaction in progress (db/transaction.ts has it). */
  readonly sqlOf: (tx: Transaction) => { query<Row>(sql: string, ...values: unknown[]): Promise<Row[]> };
  /** The database was away, or answered what pg-boss did not expect; it tries again by itself. */
  readonly onError: (error: Error) => void;
}

export interface TakenJob {
  readonly runId: string;
  /** Aborts when the claim is gone: somebody else has the job. */
  readonly signal: AbortSignal;
}

export interface TrainingQueue extends TrainingJobs {
  /**
   * Takes one job at a time, beside other calls. What `handle` answers decides whether it is done or goes to the next taker.
   * @returns the way to stop; a job in hand goes on.
   */
  work(handle: (job: TakenJob) => Promise<"done" | "give back">): Promise<() => Promise<void>>;
  /** Takes no further job; those in hand go on. */
  stopTaking(): Promise<void>;
  /** Waits for the job in hand for at most `graceMs`, then gives it back. */
  close(graceMs?: number): Promise<void>;
}

/** Creates the queue's schema where it is missing; any number of processes may do so at once. */
export async function openTrainingQueue({
  url,
  connections = {},
  sqlOf,
  onError,
}: TrainingQueueOptions): Promise<TrainingQueue> {
  const boss = new PgBoss({
    ...connections,
    connectionString: url,
    application_name: "gatecast queue",
    max: 3,
    schema: "pgboss",
    schedule: false,
    superviseIntervalSeconds: lookForLapsedLeasesSeconds,
    monitorIntervalSeconds: lookForLapsedLeasesSeconds,
  });
  boss.on("error", onError);
  try {
    await boss.start({ attempts: 3 });
    await boss.createQueue(queueName, {
      heartbeatSeconds: leaseSeconds,
      expireInSeconds: longestClaimSeconds,
      retentionSeconds: longestWaitSeconds,
      deleteAfterSeconds: 3600,
      retryLimit,
      retryDelay: retryAfterSeconds,
    });
  } catch (error) {
    await boss.stop({ graceful: false }).catch(() => undefined);
    throw error;
  }
  const inside = (tx: Transaction) =>
    fromPrisma({
      $queryRawUnsafe: async <T>(sql: string, ...values: unknown[]) =>
        (await sqlOf(tx).query(sql, ...values)) as T,
    });

  return {
    async enqueue(tx, runId, options = {}) {
      // The job has the run's id: a run is never queued twice.
      await boss.send(queueName, { runId }, { id: runId, priority: options.priority ?? 0, db: inside(tx) });
    },
    async enqueueAgain(tx, runId, options = {}) {
      const db = inside(tx);
      const [before] = await boss.findJobs(queueName, { id: runId, db });
      if (before?.state === "active") return false;
      await boss.deleteJob(queueName, runId, { db });
      await boss.send(queueName, { runId }, { id: runId, priority: options.priority ?? 0, db });
      return true;
    },
    async setPriority(tx, runId, priority) {
      await boss.update(queueName, undefined, { id: runId, priority, db: inside(tx) });
    },
    async withdraw(tx, runId) {
      await boss.cancel(queueName, runId, { db: inside(tx) });
    },
    async remove(tx, runIds) {
      if (runIds.length > 0) await boss.deleteJob(queueName, [...runIds], { db: inside(tx) });
    },
    async offerAgain(tx, runId) {
      await boss.fail(queueName, runId, { reason: "its worker is gone" }, { db: inside(tx) });
    },
    async work(handle) {
      const options = {
        batchSize: 1,
        localConcurrency: 1,
        pollingIntervalSeconds: fetchEverySeconds,
        heartbeatRefreshSeconds: renewLeaseSeconds,
      };
      const id = await boss.work(queueName, options, async ([job]: Job<{ runId: string }>[]) => {
        if (!job) return;
        const outcome = await handle({ runId: job.data.runId, signal: job.signal });
        // A failed job is what pg-boss offers to the next taker.
        if (outcome === "give back") throw new Error("given back");
      });
      return () => boss.offWork(queueName, { id, wait: false });
    },
    stopTaking: () => boss.offWork(queueName, { wait: false }),
    close: (graceMs = 3_000) => boss.stop({ graceful: true, timeout: graceMs }),
  };
}
