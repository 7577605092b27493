/**
 * Checks whether the database answers and has room. Uses a connection of its own, since a busy pool says nothing about the
 * database.
 */
import type pg from "pg";
import { shortageOf } from "./database-away.ts";
import { watchedConnections } from "./watched-client.ts";

export type DatabaseState = "ok" | "disk full";

export interface HealthCheck {
  /** Rejects when the database does not answer. */
  check(): Promise<DatabaseState>;
  close(): Promise<void>;
}

/** Gives the same answer for so long: anybody may ask, and each check writes to the disk. */
const freshMs = 500;

/**
 * Writes 1 MiB in new blocks of 8 kB, which PostgreSQL frees when the statement ends. An update would not do: it finds room in
 * existing blocks, and succeeds on a disk where no training can be stored.
 */
const needRoom = `
  SET temp_tablespaces = '';
  CREATE TEMP TABLE IF NOT EXISTS health_check (block text STORAGE PLAIN) ON COMMIT DELETE ROWS;
  INSERT INTO health_check SELECT repeat('x', 7900) FROM generate_series(1, 128)`;
/** For a role that may make no temporary tables: checks only whether the database answers. */
const insufficientPrivilege = "42501";

export function createHealthCheck(url: string): HealthCheck {
  let client: Promise<pg.Client> | null = null;
  let last: { at: number; answer: Promise<DatabaseState> } | null = null;
  let inHand = false;

  const connect = async (): Promise<pg.Client> => {
    const { Client, ...connection } = watchedConnections;
    const opened = new Client({ ...connection, connectionString: url, application_name: "gatecast health" });
    opened.on("error", forget);
    await opened.connect();
    return opened;
  };
  const forget = (): void => {
    const gone = client;
    client = null;
    gone?.then((broken) => broken.end()).catch(() => undefined);
  };
  const ask = async (): Promise<DatabaseState> => {
    client ??= connect();
    try {
      await (await client).query(needRoom);
      return "ok";
    } catch (error) {
      if ((error as { code?: unknown }).code === insufficientPrivilege) return "ok";
      forget();
      if (shortageOf(error)) return "disk full";
      throw error;
    }
  };

  return {
    check() {
      if (last && (inHand || performance.now() - last.at < freshMs)) return last.answer;
      inHand = true;
      const answer = ask().finally(() => {
        inHand = false;
        if (last) last.at = performance.now();
      });
      last = { at: performance.now(), answer };
      return answer;
    },
    async close() {
      const open = client;
      client = null;
      await open?.then((connection) => connection.end()).catch(() => undefined);
    },
  };
}
