/**
 * One worker at a time trains on a device. It holds a PostgreSQL lock on a connection of its own. PostgreSQL frees the lock
 * when that connection ends, so the lock of a killed worker is free at once.
 *
 *   waiting ─► holding ─► waiting        when its connection broke, or the database was restarted
 */
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";

/** "gate" as a number, which no other user of advisory locks should have. */
const lockSpace = 0x67617465;
/** Asks again and again instead of waiting in the database: a waiting query would hold back vacuum. */
const askEveryMs = 1_000;
const reconnectAfterMs = 250;
/** After a lost connection the other workers wait so long, so that the last holder, which may still train, comes back first. */
const othersWaitMs = 2_000;
const checkEveryMs = 5_000;
const answerWithinMs = 5_000;

export interface DeviceLockOptions {
  readonly url: string;
  /** Workers that name the same device take turns. */
  readonly device: string;
  readonly onWaiting: () => void;
  readonly onLost: (error: unknown) => void;
}

/** Called when this worker gets and loses the device. `end` is not called before `begin`, nor after `release`. */
export interface Turn {
  begin(): Promise<void>;
  end(): Promise<void>;
}

export interface DeviceLock {
  /** Tries to get the device, until `release`. */
  contend(turn: Turn): void;
  /** Gives the device to the next worker. */
  release(): Promise<void>;
}

export function createDeviceLock({ url, device, onWaiting, onLost }: DeviceLockOptions): DeviceLock {
  const released = new AbortController();
  const { signal } = released;
  let contending: Promise<void> = Promise.resolve();
  let wasOurs = false;
  let isConnected = true;

  /** Holds the device for as long as the connection lasts. @throws what broke the connection */
  const holdOnce = async (waitFirstMs: number, onHeld: () => Promise<void>): Promise<never> => {
    const { client, broken } = await connect(url);
    isConnected = true;
    // A promise that lives as long as the connection would keep everything in memory that ever raced with it.
    const ended = AbortSignal.any([signal, broken]);
    const pause = (ms: number) => sleep(ms, undefined, { signal: ended });
    try {
      await pause(waitFirstMs);
      while (!(await tryLock(client, device))) {
        wasOurs = false;
        onWaiting();
        do await pause(askEveryMs);
        while (!(await isFree(client, device)));
        // The last holder may have lost only its connection, and still train.
        await pause(othersWaitMs);
      }
      wasOurs = true;
      await Promise.race([onHeld(), rejectedBy(ended)]);
      for (;;) {
        await pause(checkEveryMs);
        await client.query("SELECT 1");
      }
    } catch (error) {
      throw broken.aborted ? broken.reason : error;
    } finally {
      await client.end().catch(() => undefined);
    }
  };

  const contend = async ({ begin, end }: Turn): Promise<void> => {
    for (let breaks = 0; !signal.aborted; breaks++) {
      let hasBegun = false;
      try {
        await holdOnce(breaks > 0 && !wasOurs ? othersWaitMs : 0, () => {
          hasBegun = true;
          return begin();
        });
      } catch (error) {
        if (signal.aborted) return;
        // Reports the loss once, not with each try to connect.
        if (isConnected) onLost(error);
        isConnected = false;
        if (hasBegun) await end();
        await sleep(reconnectAfterMs, undefined, { signal }).catch(() => undefined);
      }
    }
  };

  return {
    contend(turn) {
      contending = contend(turn);
    },
    async release() {
      released.abort();
      await contending;
    },
  };
}

function rejectedBy(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

/** @returns a connection, and a signal that aborts when it breaks. */
async function connect(url: string): Promise<{ client: pg.Client; broken: AbortSignal }> {
  const client = new pg.Client({
    connectionString: url,
    keepAlive: true,
    connectionTimeoutMillis: answerWithinMs,
    query_timeout: answerWithinMs,
    application_name: "gatecast device",
  });
  const broken = new AbortController();
  client.on("error", (error) => broken.abort(error));
  client.on("end", () => broken.abort(new Error("the connection that holds the device was closed")));
  try {
    await client.connect();
    // If a machine vanishes without a word, its lock is free after about 15 s.
    await client.query(
      "SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 2",
    );
  } catch (error) {
    void client.end().catch(() => undefined);
    throw error;
  }
  return { client, broken: broken.signal };
}

async function tryLock(client: pg.Client, device: string): Promise<boolean> {
  const { rows } = await client.query<{ held: boolean }>(
    "SELECT pg_try_advisory_lock($1, hashtext($2)) AS held",
    [lockSpace, device],
  );
  return rows[0]!.held;
}

/** Whether nobody holds the lock; takes it only for the moment of the question. */
async function isFree(client: pg.Client, device: string): Promise<boolean> {
  const { rows } = await client.query<{ free: boolean }>(
    `SELECT CASE WHEN pg_try_advisory_lock($1, hashtext($2)) THEN pg_advisory_unlock($1, hashtext($2))
       ELSE false END AS free`,
    [lockSpace, device],
  );
  return rows[0]!.free;
}
