/** What an import did with each row. */

export interface RowProblem {
  /** From 1, the header included. */
  readonly line: number;
  /** The header's own name of the column, where one is to blame. */
  readonly column: string | null;
  readonly message: string;
}

export interface ImportReport {
  readonly rowsRead: number;
  readonly rowsAdded: number;
  readonly rowsUpdated: number;
  readonly rowsUnchanged: number;
  readonly rowsRejected: number;
  /** One a rejected row, ascending by line: the first thousand where there are more. */
  readonly problems: readonly RowProblem[];
}
