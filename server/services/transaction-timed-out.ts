/** A transaction took longer than it may and was rolled back. The database is there: the same again may take as long. */
export class TransactionTimedOut extends Error {
  constructor(
    readonly limitMs: number,
    options: ErrorOptions,
  ) {
    super(`the database did not do it within ${limitMs / 1000} s, and nothing of it is stored`, options);
  }
}
