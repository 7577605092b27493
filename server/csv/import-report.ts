/** What an import did with each row. */
import type { ImportReview } from "../domain/import-review.ts";

export interface RowProblem {
  /** From 1, the header included. */
  readonly line: number;
  /** The header's own name of the column, where one is to blame. */
  readonly column: string | null;
  readonly message: string;
}

/** What a column was taken for. */
export interface ColumnUse {
  /** The header's own name, or the position where it has none. */
  readonly column: string;
  /** Null: passed over. */
  readonly field: ColumnRole | null;
}
export type ColumnRole =
  | "time"
  | "open"
  | "high"
  | "low"
  | "close"
  | "adjustedClose"
  | "volume"
  | "instrument";

export interface ImportReport {
  readonly rowsRead: number;
  readonly rowsAdded: number;
  readonly rowsUpdated: number;
  readonly rowsUnchanged: number;
  readonly rowsRejected: number;
  /** One a rejected row, ascending by line: the first thousand where there are more. */
  readonly problems: readonly RowProblem[];
  readonly columns: readonly ColumnUse[];
  /** What deserves a look though it was stored, and what the file as a whole settled. */
  readonly warnings: readonly string[];
  /** What changes and jumps, for people to look at. */
  readonly review: ImportReview;
}
