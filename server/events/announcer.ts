/** Says inside a transaction what all processes shall hear; PostgreSQL delivers it at commit, or never. */
import type { Announcer, Transaction } from "../services/ports.ts";
import { channels, encodeRunEvent } from "./wire.ts";

/** Runs SQL inside a transaction in progress (db/transaction.ts has it). */
export type SqlOf = (tx: Transaction) => {
  query(sql: string, ...values: unknown[]): Promise<unknown[]>;
};

export const notify = (sqlOf: SqlOf, tx: Transaction, channel: string, payload: string) =>
  // The cast spares Prisma pg_notify's result, whose type void it cannot read.
  sqlOf(tx).query("SELECT pg_notify($1, $2)::text", channel, payload);

export const createAnnouncer = (sqlOf: SqlOf): Announcer => ({
  async runEvent(tx, event) {
    await notify(sqlOf, tx, channels.runEvent, encodeRunEvent(event));
  },
  // PostgreSQL sends equal payloads of one transaction once, so a change may be said as often as it happens.
  async runChanged(tx, runId) {
    await notify(sqlOf, tx, channels.runChanged, runId);
  },
});
