/** Announces changes to all processes from inside a transaction; PostgreSQL delivers them at commit, or never. */
import type { Announcer } from "../ports/live.ts";
import type { Transaction } from "../ports/transaction.ts";
import { channels, encodeRunDeleted, encodeRunEvents } from "./wire.ts";

/** Runs SQL inside a transaction in progress (db/transaction.ts has it). */
export type SqlOf = (tx: Transaction) => {
  query(sql: string, ...values: unknown[]): Promise<unknown[]>;
};

export const notify = (sqlOf: SqlOf, tx: Transaction, channel: string, ...payloads: string[]) =>
  // Prisma cannot read the type void that pg_notify returns, hence the cast.
  sqlOf(tx).query(
    "SELECT pg_notify($1, payload)::text FROM unnest($2::text[]) AS payload",
    channel,
    payloads,
  );

export const createAnnouncer = (sqlOf: SqlOf): Announcer => ({
  async runEvents(tx, events) {
    await notify(sqlOf, tx, channels.runEvents, ...encodeRunEvents(events));
  },
  async runsDeleted(tx, runIds) {
    await notify(sqlOf, tx, channels.runEvents, ...runIds.map(encodeRunDeleted));
    await notify(sqlOf, tx, channels.runChanged, ...runIds);
  },
  // PostgreSQL sends equal payloads of one transaction once, so repeated announcements cost nothing.
  async runChanged(tx, runId) {
    await notify(sqlOf, tx, channels.runChanged, runId);
  },
});
