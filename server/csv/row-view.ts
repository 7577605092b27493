/** A row of a price file as those who read it see it. */

/** Where a row begins. */
export interface Place {
  readonly offset: number;
  readonly line: number;
}

/** Of a scanner it is the current row, gone with the next. */
export interface RowView {
  readonly line: number;
  readonly moreLines: number;
  /** Of the file, where it begins. */
  readonly offset: number;
  /** How many cells it has. */
  readonly count: number;
  cell(index: number): string;
  /** Null: its cells are to be had as text only. */
  readonly bytes: Buffer | null;
  /** Of each cell within `bytes`. A cell whose text is not what stands there ends before it begins. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}
