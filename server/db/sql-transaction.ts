/** A transaction in our own SQL, for what Prisma's cannot do (COPY). */
import type { Pool, PoolClient } from "pg";
import { WatchedClient } from "./watched-client.ts";

/** Stores all that `work` did, or nothing. With `end: "ROLLBACK"` it stores nothing in any case (a dry run). */
export async function sqlTransaction<T>(
  pool: Pool,
  work: (client: PoolClient) => Promise<T>,
  { end }: { end: "COMMIT" | "ROLLBACK" } = { end: "COMMIT" },
): Promise<T> {
  const client = await pool.connect();
  const patiently =
    client instanceof WatchedClient
      ? (whole: () => Promise<T>) => client.beingPatient(whole)
      : (whole: () => Promise<T>) => whole();
  // When a connection breaks, the query in progress throws. Without this listener the event would end the process.
  client.on("error", alreadyTold);
  let broken: Error | undefined;
  try {
    return await patiently(async () => {
      await client.query("BEGIN");
      await client.query("SET LOCAL lock_timeout = '50s'");
      const result = await work(client);
      await client.query(end);
      return result;
    });
  } catch (error) {
    await client.query("ROLLBACK").catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.off("error", alreadyTold);
    // A connection that cannot even roll back is closed instead of going back to the pool.
    client.release(broken);
  }
}

const alreadyTold = (): void => {};
