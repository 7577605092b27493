/** Whether an error means that the database did not answer, or had no room, so that the same request may succeed later. */
import type { Shortage } from "../ports/transaction.ts";
import { Prisma } from "./generated/client.ts";

/** https://www.prisma.io/docs/orm/reference/error-reference: not reachable, timed out, closed, no connection free, no transaction, conflict. */
const prismaCodes = new Set([
  "P1001",
  "P1002",
  "P1008",
  "P1011",
  "P1017",
  "P2024",
  "P2028",
  "P2034",
  "P2037",
]);

/** What PostgreSQL lacks when it answers with these codes. Reads go on, and writes do once it has room. https://www.postgresql.org/docs/current/errcodes-appendix.html */
const shortages: Readonly<Record<string, Shortage>> = {
  "53100": { is: "the database has no space left", was: "the database had no space left" },
  "53200": { is: "the database has no memory left", was: "the database had no memory left" },
  "53400": {
    is: "the database is at a limit of its configuration",
    was: "the database was at a limit of its configuration",
  },
  "58030": {
    is: "the database cannot read or write its files",
    was: "the database could not read or write its files",
  },
};

/** The same page: connection trouble (08), too many (53300), shutting or starting (57P0x), conflict (40), a lock held by one that vanished (55P03), idle for too long (25P03). */
const sqlStates = /^(08...|53[1-4]00|58030|57P0[1-4]|40001|40P01|55P03|25P03)$/;
const socketCodes =
  /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|ENOENT)$/;

/** node-postgres gives these no code. */
const pgMessages =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|server closed the connection/i;
const adapterKinds = new Set([
  "ConnectionClosed",
  "DatabaseNotReachable",
  "SocketTimeout",
  "TlsConnectionError",
  "TooManyConnections",
  "TransactionWriteConflict",
  "TransactionAlreadyClosed",
]);

export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return isAdapterError(error);
  if (error instanceof Prisma.PrismaClientInitializationError) return true;
  const { code } = error as { code?: unknown };
  if (isTransactionTimeout(error)) return false;
  if (error instanceof Prisma.PrismaClientKnownRequestError && prismaCodes.has(error.code)) return true;
  if (typeof code === "string" && (sqlStates.test(code) || socketCodes.test(code))) return true;
  if (pgMessages.test(error.message)) return true;
  return isAdapterError(error.cause) || isDatabaseAwayInside(error);
}

/** What the database is short of; null: the error has another cause. */
export function shortageOf(error: unknown): Shortage | null {
  if (typeof error !== "object" || error === null) return null;
  const { code, originalCode } = error as { code?: unknown; originalCode?: unknown };
  for (const state of [code, originalCode])
    if (typeof state === "string" && Object.hasOwn(shortages, state)) return shortages[state]!;
  return shortageOf(insideOf(error));
}

/** The database answers, but the transaction took longer than it may: the same transaction may take as long again. */
export const isTransactionTimeout = (error: unknown): boolean =>
  error instanceof Prisma.PrismaClientKnownRequestError &&
  error.code === "P2028" &&
  error.message.includes("expired transaction");

/** The migrations were not applied yet: a table is missing. */
export const isNotMigrated = (error: unknown): boolean =>
  error instanceof Error &&
  /P2021|42P01|does not exist/.test(`${(error as { code?: unknown }).code} ${error.message}`);

function isDatabaseAwayInside(error: Error): boolean {
  const inner = insideOf(error);
  return inner !== undefined && inner !== null && isDatabaseAway(inner);
}

/** Prisma wraps what the driver said: in `cause`, or in `meta` for raw queries. */
function insideOf(error: object): unknown {
  const { cause, meta } = error as { cause?: unknown; meta?: { driverAdapterError?: unknown } };
  return cause ?? meta?.driverAdapterError;
}

function isAdapterError(cause: unknown): boolean {
  if (typeof cause !== "object" || cause === null) return false;
  const { kind, originalCode, code } = cause as { kind?: unknown; originalCode?: unknown; code?: unknown };
  return (
    (typeof kind === "string" && adapterKinds.has(kind)) ||
    [originalCode, code].some((state) => typeof state === "string" && sqlStates.test(state))
  );
}
