/** The connections to PostgreSQL: one pool, which Prisma and our own SQL (COPY, unnest) share. */
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PrismaClient } from "./generated/client.ts";
import { watchedConnections } from "./watched-client.ts";

export interface Database {
  readonly prisma: PrismaClient;
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

export interface ConnectOptions {
  /** Most connections that this process keeps open, besides the listening one. */
  readonly maxConnections?: number;
  /** Called when an idle connection breaks (a restarted server); the pool replaces it by itself. */
  readonly onConnectionLost?: (error: Error) => void;
}

/** Opens no connection yet: the first query does, so a database that is still starting is no error here. */
export function connectDatabase(url: string, options: ConnectOptions = {}): Database {
  const pool = new pg.Pool({
    ...watchedConnections,
    connectionString: url,
    max: options.maxConnections ?? 10,
    idleTimeoutMillis: 30_000,
    // Shorter than a client waits, so that the server takes no lock for a client that has left.
    lock_timeout: 8_000,
    application_name: "gatecast",
  });
  // Without a listener an idle connection that breaks would end the process.
  pool.on("error", (error) => options.onConnectionLost?.(error));
  // The adapter gets the pool, not the url: both then count against one limit, and `prisma migrate`, whose
  // shadow database would be the real one with a connection string, has a configuration of its own.
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool), errorFormat: "minimal" });
  let closed: Promise<void> | null = null;
  const close = async () => {
    await prisma.$disconnect();
    await pool.end();
  };
  return {
    prisma,
    pool,
    close: () => {
      closed ??= close();
      return closed;
    },
  };
}
