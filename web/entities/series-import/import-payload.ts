/** What POST /import answers, as far as the page shows it. */

export interface ChangedBar {
  readonly time: string;
  readonly changes: readonly {
    readonly field: string;
    readonly before: number | null;
    readonly after: number | null;
  }[];
}
export interface PriceJump {
  readonly time: string;
  readonly before: number;
  readonly after: number;
  readonly splitRatio: number | null;
}
export interface ImportReview {
  /** The first of them; rowsUpdated says how many there are. */
  readonly changedBars: readonly ChangedBar[];
  readonly jumps: readonly PriceJump[];
  readonly jumpCount: number;
  readonly outline: {
    readonly time: readonly string[];
    readonly low: readonly number[];
    readonly high: readonly number[];
    readonly close: readonly number[];
  };
}
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
  readonly review: ImportReview;
}

export interface ImportPayload {
  readonly priceSeries: { readonly id: string; readonly symbol: string; readonly barCount: number } | null;
  readonly report: ImportReport;
}
