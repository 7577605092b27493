/**
 * Whether the database answers and has room, asked over a connection of its own: a pool that is busy with others' work
 * says nothing about the database.
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

/** Whoever asks within this time gets the same answer: asking is free to all, and writes. */
const freshMs = 500;

/**
 * 1 MiB in blocks of 8 kB that are new to the disk and leave it when the statement ends. An update would not do: it
 * finds room in a block and in a log that are there already, and goes on where no training can be stored.
 */
const needRoom = `
  SET temp_tablespaces = '';
  CREATE TEMP TABLE IF NOT EXISTS health_check (block text STORAGE PLAIN) ON COMMIT DELETE ROWS;
  INSERT INTO health_check SELECT repeat('x', 7900) FROM generate_series(1, 128)`;
/** Of a role that may make no temporary tables: then only whether it answers is known. */
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
