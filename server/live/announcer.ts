/** Says inside a transaction what all processes shall hear; PostgreSQL delivers it at commit, or never. */
import type { Announcer } from "../ports/live.ts";
import type { Transaction } from "../ports/transaction.ts";
import { channels, encodeRunDeleted, encodeRunEvents } from "./wire.ts";

/** Runs SQL inside a transaction in progress (db/transaction.ts has it). */
export type SqlOf = (tx: Transaction) => {
  query(sql: string, ...values: unknown[]): Promise<unknown[]>;
};

export const notify = (sqlOf: SqlOf, tx: Transaction, channel: string, ...payloads: string[]) =>
  // The cast spares Prisma pg_notify's result, whose type void it cannot read.
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
  // PostgreSQL sends equal payloads of one transaction once, so a change may be said as often as it happens.
  async runChanged(tx, runId) {
    await notify(sqlOf, tx, channels.runChanged, runId);
  },
});
