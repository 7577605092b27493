/** A point in time as a cell writes it, before a zone is known. */
export interface WrittenTime {
  /** The wall clock in milliseconds since 1970, as if it were UTC. */
  readonly wallMs: number;
  /** What the wall clock is ahead of UTC; null where the cell does not say. */
  readonly offsetMs: number | null;
  /** False for a date alone. */
  readonly hasClock: boolean;
}
