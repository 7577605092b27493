/**
 * Ordinary least squares by the normal equations, X'X b = X'y: rows are added and taken away one by one, so that a rolling
 * fit costs the same at each bar, however long its window. Several outcomes y share the rows X.
 *
 * Solved by Cholesky after scaling X'X to a unit diagonal, which makes columns of any unit alike.
 */

/** Scaled pivots below it mean collinear columns: 1e-12 would be rounding alone. */
const smallestPivot = 1e-11;
/** Added to the unit diagonal then. Forecasts move by some 1e-10 of their size, coefficients share the weight. */
const ridge = 1e-10;
/** A diagonal entry that fell to this part of its peak has lost 3 of 16 digits to cancellation. */
const cancelledPart = 1e-3;

export class NormalEquations {
  /** Rows in the sums. */
  rowCount = 0;
  /** X'X, [K, K], lower triangle. */
  private readonly gram: Float64Array;
  /** X'y, [S, K]. */
  private readonly moments: Float64Array;
  private readonly peaks: Float64Array;
  private readonly factorOfGram: Float64Array;
  /** 1 / sqrt of the diagonal, [K]. */
  private readonly scales: Float64Array;

  /**
   * @param columns K, the intercept's included
   * @param outcomes S
   */
  constructor(
    private readonly columns: number,
    outcomes: number,
  ) {
    this.gram = new Float64Array(columns * columns);
    this.factorOfGram = new Float64Array(columns * columns);
    this.moments = new Float64Array(outcomes * columns);
    this.peaks = new Float64Array(columns);
    this.scales = new Float64Array(columns);
  }

  clear(): void {
    this.rowCount = 0;
    this.gram.fill(0);
    this.moments.fill(0);
    this.peaks.fill(0);
  }

  /**
   * Adds a row of X (sign 1) or takes it away (sign -1). Its outcomes are told by `addOutcome`.
   * @param rows [bars, K]; the row begins at index `at`
   */
  addRow(rows: Float64Array, at: number, sign: 1 | -1): void {
    const { columns, gram, peaks } = this;
    this.rowCount += sign;
    for (let i = 0; i < columns; i++) {
      const value = sign * rows[at + i]!;
      const line = i * columns;
      for (let j = 0; j <= i; j++) gram[line + j]! += value * rows[at + j]!;
      if (gram[line + i]! > peaks[i]!) peaks[i] = gram[line + i]!;
    }
  }

  addOutcome(rows: Float64Array, at: number, outcome: number, value: number, sign: 1 | -1): void {
    const first = outcome * this.columns;
    for (let i = 0; i < this.columns; i++) this.moments[first + i]! += sign * value * rows[at + i]!;
  }

  /** True when rows that weighed much were taken away: add up anew what is left. */
  hasCancelled(): boolean {
    return this.peaks.some((peak, i) => this.gram[i * (this.columns + 1)]! < cancelledPart * peak);
  }

  /** To be called after the last row, before `solve`. */
  factor(): void {
    const { columns, gram, scales } = this;
    for (let i = 0; i < columns; i++) {
      const diagonal = gram[i * columns + i]!;
      scales[i] = diagonal > 0 ? 1 / Math.sqrt(diagonal) : 0;
    }
    if (!this.cholesky(0)) this.cholesky(ridge);
  }

  /** @returns false at the first pivot that tells collinear columns, unless a ridge is added */
  private cholesky(added: number): boolean {
    const { columns, gram, scales, factorOfGram: factor } = this;
    for (let i = 0; i < columns; i++) {
      for (let j = 0; j <= i; j++) {
        // A column of zeros has scale 0 and so a pivot of the ridge alone: its coefficient is 0.
        let sum = gram[i * columns + j]! * scales[i]! * scales[j]!;
        if (i === j) sum += added;
        for (let k = 0; k < j; k++) sum -= factor[i * columns + k]! * factor[j * columns + k]!;
        if (i !== j) {
          factor[i * columns + j] = sum / factor[j * columns + j]!;
          continue;
        }
        if (added === 0 && !(sum > smallestPivot)) return false;
        factor[i * columns + i] = Math.sqrt(Math.max(sum, smallestPivot));
      }
    }
    return true;
  }

  /** Writes the K coefficients of an outcome. */
  solve(outcome: number, coefficients: Float64Array): void {
    const { columns, moments, scales, factorOfGram: factor } = this;
    for (let i = 0; i < columns; i++) {
      let sum = moments[outcome * columns + i]! * scales[i]!;
      for (let k = 0; k < i; k++) sum -= factor[i * columns + k]! * coefficients[k]!;
      coefficients[i] = sum / factor[i * columns + i]!;
    }
    for (let i = columns - 1; i >= 0; i--) {
      let sum = coefficients[i]!;
      for (let k = i + 1; k < columns; k++) sum -= factor[k * columns + i]! * coefficients[k]!;
      coefficients[i] = sum / factor[i * columns + i]!;
    }
    for (let i = 0; i < columns; i++) coefficients[i]! *= scales[i]!;
  }
}
