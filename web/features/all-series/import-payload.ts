/** What POST /import answers, as far as the page shows it. */

export interface ImportReport {
  readonly rowsRead: number;
  readonly rowsAdded: number;
  readonly rowsUpdated: number;
  readonly rowsUnchanged: number;
  readonly rowsRejected: number;
  readonly problems: readonly {
    readonly line: number;
    readonly column: string | null;
    readonly message: string;
  }[];
  readonly columns: readonly { readonly column: string; readonly field: string | null }[];
  readonly warnings: readonly string[];
}

export interface ImportPayload {
  readonly priceSeries: { readonly id: string; readonly symbol: string; readonly barCount: number } | null;
  readonly report: ImportReport;
}
