/** A pool of connections that says in the caller's words when all of them are in use, or PostgreSQL gives no more. */
import pg from "pg";
import { Unavailable } from "../domain/errors.ts";

type Connected = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  done: (release?: unknown) => void,
) => void;

export class BusyPool extends pg.Pool {
  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Connected): void;
  override connect(callback?: Connected): Promise<pg.PoolClient> | undefined {
    if (callback) {
      super.connect((error, client, done) => callback(error && putOff(error), client, done));
      return;
    }
    return super.connect().catch((error: Error) => {
      throw putOff(error);
    });
  }
}

/** A second in which some of those before have their answer. */
const retryAfterMs = 1_000;

/** Unavailable where no connection was free, the error itself where something else is wrong. */
export function putOff(error: Error): Error {
  if (!isNoConnectionFree(error)) return error;
  const message = "the server has more to do than connections to its database: try again in a moment";
  return new Unavailable(message, retryAfterMs, { cause: error });
}

function isNoConnectionFree({ message, code }: Error & { readonly code?: unknown }): boolean {
  return (
    // What node-postgres says to who waited in the queue of a pool; for a server that is silent it has other words.
    message === "timeout exceeded when trying to connect" ||
    code === "53300" || // too_many_connections
    code === "P2024" || // Prisma's word for the same
    (code === "P2028" && message.includes("Unable to start a transaction"))
  );
}
