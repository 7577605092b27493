/** What a page says of many runs at once: how a day went, and the best of each series. */

/** Of the runs that ended from some moment on, and of those that are there now. */
export interface RunFigures {
  readonly running: number;
  readonly waiting: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly cancelled: number;
  /** Succeeded with a smaller error on the test than the naive forecast's. */
  readonly beatNaive: number;
}

/** The run of a series with the highest skill on its test, and how the same recipe did with other seeds. */
export interface SeriesLeader {
  readonly runId: string;
  readonly seriesId: string;
  readonly skill: number;
  /** Seeds of its recipe that were scored, its own among them; 1 where it is by itself, or one of a sweep or walk. */
  readonly count: number;
  readonly skillMean: number;
  /** Standard deviation over those runs; null of fewer than two. */
  readonly skillDeviation: number | null;
}
