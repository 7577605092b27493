/**
 * Allows one start at a time on the same data. The claim is a lock on a database connection: it ends with its process, however
 * the process dies, so a stale lock is impossible.
 */
import pg from "pg";

export interface Claim {
  /** Stores where this start answers, for a later start to read. */
  announce(address: string): Promise<void>;
  release(): Promise<void>;
  /** Settles when the connection is lost, and the claim with it. Never after `release`. */
  readonly lost: Promise<void>;
}

/** Somebody else holds the claim. */
export class AlreadyRunning extends Error {
  /** @param address null: it has no address yet. */
  constructor(readonly address: string | null) {
    const where = address === null ? "it is just starting" : `at ${address}`;
    super(
      `Gatecast is already running on this data: ${where}.\n` +
        "Stop that one first, or start another beside it with its own PORT and GATECAST_DATA.",
    );
  }
}

const claimKey = 72707370;
const withoutAddress = "gatecast";

/** @throws AlreadyRunning */
export async function claimDatabase(url: string): Promise<Claim> {
  const client = new pg.Client({ connectionString: url, application_name: withoutAddress, keepAlive: true });
  await client.connect();
  const { rows } = await client.query<{ claimed: boolean }>("SELECT pg_try_advisory_lock($1) AS claimed", [
    claimKey,
  ]);
  if (rows[0]?.claimed !== true) {
    const address = await holdersAddress(client);
    await client.end();
    throw new AlreadyRunning(address);
  }
  let released = false;
  return {
    announce: async (address) => {
      await client.query("SELECT set_config('application_name', $1, false)", [address]);
    },
    release: () => {
      released = true;
      return client.end();
    },
    lost: new Promise((resolve) => {
      client.on("error", () => {}); // the "end" that follows is handled
      client.on("end", () => !released && resolve());
    }),
  };
}

async function holdersAddress(client: pg.Client): Promise<string | null> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT application_name AS name FROM pg_locks JOIN pg_stat_activity USING (pid)
      WHERE locktype = 'advisory' AND objid = $1 AND objsubid = 1 AND granted`,
    [claimKey],
  );
  const name = rows[0]?.name ?? withoutAddress;
  return name === withoutAddress ? null : name;
}
