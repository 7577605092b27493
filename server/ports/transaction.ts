/** How use cases store several things together, and what a database may be short of. db/ implements it. */

declare const transactionBrand: unique symbol;
/** A database transaction in progress; only db/ knows what it is. */
export interface Transaction {
  readonly [transactionBrand]: true;
}
/** Runs `work` in one transaction: all of it is stored, or nothing. */
export type RunInTransaction = <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>;

/** The database answers but can store nothing until it gets what it lacks. In words for now ("is") and for afterwards ("was"). */
export interface Shortage {
  readonly is: string;
  readonly was: string;
}

/** A transaction took longer than it may and was rolled back. The database is there: the same again may take as long. */
export class TransactionTimedOut extends Error {
  constructor(
    readonly limitMs: number,
    options: ErrorOptions,
  ) {
    super(`the database did not do it within ${limitMs / 1000} s, and nothing of it is stored`, options);
  }
}
