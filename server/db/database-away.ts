/** Whether an error means that the database could not be asked, so that the same again may succeed. */
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

/** https://www.postgresql.org/docs/current/errcodes-appendix.html: connection trouble (08), too many (53300), shutting or starting (57P0x), conflict (40), a lock held by one that vanished (55P03), idle for too long (25P03). */
const sqlStates = /^(08...|53300|57P0[1-4]|40001|40P01|55P03|25P03)$/;
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
  if (error instanceof Prisma.PrismaClientKnownRequestError && prismaCodes.has(error.code)) return true;
  if (typeof code === "string" && (sqlStates.test(code) || socketCodes.test(code))) return true;
  if (pgMessages.test(error.message)) return true;
  return isAdapterError(error.cause) || isDatabaseAwayInside(error);
}

/** The migrations were not applied yet: a table is missing. */
export const isNotMigrated = (error: unknown): boolean =>
  error instanceof Error &&
  /P2021|42P01|does not exist/.test(`${(error as { code?: unknown }).code} ${error.message}`);

/** Prisma wraps what the driver said: in `cause`, or in `meta` for raw queries. */
function isDatabaseAwayInside({ cause, meta }: Error & { meta?: unknown }): boolean {
  const inner = cause ?? (meta as { driverAdapterError?: unknown } | undefined)?.driverAdapterError;
  return inner !== undefined && inner !== null && isDatabaseAway(inner);
}

function isAdapterError(cause: unknown): boolean {
  if (typeof cause !== "object" || cause === null) return false;
  const { kind, originalCode, code } = cause as { kind?: unknown; originalCode?: unknown; code?: unknown };
  return (
    (typeof kind === "string" && adapterKinds.has(kind)) ||
    [originalCode, code].some((state) => typeof state === "string" && sqlStates.test(state))
  );
}
