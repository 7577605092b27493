/** What a caller may say of a price file. */
import type { ColumnNames, ColumnPositions } from "./columns.ts";
import type { Scratch, StoreSizes } from "./row-store.ts";

export interface CsvOptions {
  /** IANA zone for dates that say none. */
  readonly timezone: string;
  /** IANA zone of the series that the bars are for; when absent that of the dates. */
  readonly seriesTimezone?: string;
  readonly columns?: ColumnNames | null;
  /** For a file without a header. */
  readonly columnPositions?: ColumnPositions | null;
  /** From 1, where the header is not found by itself. */
  readonly headerLine?: number | null;
  /** A luxon pattern, for dates that could be read in two ways. */
  readonly dateFormat?: string | null;
  /** The one to take where the file has several. */
  readonly instrument?: string | null;
  /** Of a text; a file may have any number. */
  readonly maxRows?: number;
  /** Where rows go that memory is too dear for; null: nowhere. */
  readonly scratch?: Scratch | null;
  /** For tests. */
  readonly storeSizes?: StoreSizes;
  /** Reads every cell as text: what the fast path says must be the same. */
  readonly isCareful?: boolean;
}
