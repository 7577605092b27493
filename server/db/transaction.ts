/** Transactions as the services see them: a token that only db/ and the queue's adapter can open. */
import type { RunInTransaction, Transaction } from "../ports/transaction.ts";
import { TransactionTimedOut } from "../ports/transaction.ts";
import { isTransactionTimeout } from "./database-away.ts";
import type { Prisma, PrismaClient } from "./generated/client.ts";

type TransactionClient = Prisma.TransactionClient;

const clients = new WeakMap<Transaction, TransactionClient>();

/** The Prisma client of a transaction in progress. For the stores in this folder. */
export function clientOf(tx: Transaction): TransactionClient {
  const client = clients.get(tx);
  if (!client) throw new Error("this transaction has ended, or was not begun by runInTransaction");
  return client;
}

/** Runs SQL inside a transaction in progress: all that the queue and the bus need of Prisma. */
export interface TransactionSql {
  query<Row>(sql: string, ...values: unknown[]): Promise<Row[]>;
}
export function sqlOf(tx: Transaction): TransactionSql {
  const client = clientOf(tx);
  return { query: <Row>(sql: string, ...values: unknown[]) => client.$queryRawUnsafe<Row[]>(sql, ...values) };
}

const afterwards = new WeakMap<Transaction, (() => void)[]>();

/** Does `work` once the transaction is committed, and never if it is not. For the stores in this folder. */
export function afterCommit(tx: Transaction, work: () => void): void {
  const waiting = afterwards.get(tx);
  if (!waiting) throw new Error("this transaction has ended, or was not begun by runInTransaction");
  waiting.push(work);
}

export interface TransactionLimits {
  /** How long to wait for a free connection. */
  readonly maxWaitMs?: number;
  /** How long a transaction may take before it is rolled back. */
  readonly timeoutMs?: number;
}

export const transactionsOf =
  (prisma: PrismaClient, limits: TransactionLimits = {}): RunInTransaction =>
  async (work) => {
    // The token is an empty object that only this file can look up.
    const tx = Object.freeze({}) as Transaction;
    const then: (() => void)[] = [];
    const timeout = limits.timeoutMs ?? 15_000;
    const result = await prisma
      .$transaction(
        async (client) => {
          clients.set(tx, client);
          afterwards.set(tx, then);
          try {
            return await work(tx);
          } finally {
            clients.delete(tx);
            afterwards.delete(tx);
          }
        },
        { maxWait: limits.maxWaitMs ?? 5_000, timeout },
      )
      .catch((error: unknown) => {
        throw isTransactionTimeout(error) ? new TransactionTimedOut(timeout, { cause: error }) : error;
      });
    for (const act of then) act();
    return result;
  };
