/** Thins columns to what a chart can show. Every point that stays is a real one, and no extreme goes. */

type Column = ArrayLike<number>;

/** How often the points are gone through in search of the best number of stretches: 300,000 bars take 10 ms each time. */
const mostPasses = 4;
/** Fuller is not worth another pass. */
const fullEnough = 0.97;

/**
 * Chooses at most `maxPoints` indices, ascending: the first, the last, and of each stretch of points those where
 * a column is lowest or highest (min-max decimation). All of them when there are no more than `maxPoints`.
 * A column's extremes over the whole always stay where 2 + 2 x columns <= maxPoints; with less room the lowest
 * of the first column and the highest of the second go before the rest, so give low before high.
 * @param columns of equal length, NaN where a value is not known.
 * @param maxPoints at least 2.
 */
export function thinIndices(columns: readonly Column[], maxPoints: number): Int32Array {
  const length = columns[0]?.length ?? 0;
  if (length <= maxPoints) return Int32Array.from({ length }, (_, index) => index);
  const surelyFits = Math.floor((maxPoints - 2) / (2 * columns.length));
  if (surelyFits === 0) return fewIndices(columns, length, maxPoints);
  let [best, other] = [new Chosen(length), new Chosen(length)];
  let [fits, tooMany] = [surelyFits, maxPoints];
  best.extremes(columns, fits);
  // Columns of one bar often have their extremes together, so more stretches than the worst case usually fit.
  for (let pass = 1; pass < mostPasses && tooMany - fits > 1 && best.count < fullEnough * maxPoints; pass++) {
    // Shorter stretches have fewer points of their own, so at the rate of the last try this number fits nearly always.
    const atThisRate = Math.min(tooMany - 1, Math.floor((fits * maxPoints) / best.count));
    const stretches = tooMany === maxPoints && atThisRate > fits ? atThisRate : (fits + tooMany) >> 1;
    other.extremes(columns, stretches);
    if (other.count > maxPoints) tooMany = stretches;
    else [best, other, fits] = [other, best, stretches];
  }
  return best.indices();
}

/** Which points stay. A mark for each, so that nothing is sorted and no two columns choose a point twice. */
class Chosen {
  count = 0;
  readonly #marks: Uint8Array;

  constructor(length: number) {
    this.#marks = new Uint8Array(length);
  }

  /** The first and the last point, and of each of so many stretches where each column is lowest and highest. */
  extremes(columns: readonly Column[], stretches: number): void {
    const { length } = this.#marks;
    this.#marks.fill(0);
    this.count = 0;
    this.#mark(0);
    this.#mark(length - 1);
    for (const column of columns) {
      let start = 0;
      for (let stretch = 1; stretch <= stretches; stretch++) {
        const end = Math.floor((stretch * length) / stretches);
        const [lowest, highest] = extremesOf(column, start, end);
        if (lowest >= 0) this.#mark(lowest);
        if (highest >= 0) this.#mark(highest);
        start = end;
      }
    }
  }

  indices(): Int32Array {
    const indices = new Int32Array(this.count);
    let next = 0;
    for (let index = 0; index < this.#marks.length; index++) if (this.#marks[index]) indices[next++] = index;
    return indices;
  }

  #mark(index: number): void {
    if (this.#marks[index]) return;
    this.#marks[index] = 1;
    this.count++;
  }
}

function fewIndices(columns: readonly Column[], length: number, maxPoints: number): Int32Array {
  const extremes = columns.map((column) => extremesOf(column, 0, length).filter((index) => index >= 0));
  const first = extremes.flatMap(([low, high], index) => (index % 2 === 0 ? low : high) ?? []);
  const wanted = new Set([0, length - 1, ...first, ...extremes.flat()]);
  return Int32Array.from([...wanted].slice(0, maxPoints)).sort();
}

/** Where the column is lowest and where it is highest; -1 where no value is known. */
function extremesOf(column: Column, start: number, end: number): readonly [number, number] {
  let lowest = -1;
  let highest = -1;
  for (let index = start; index < end; index++) {
    const value = column[index]!;
    if (Number.isNaN(value)) continue;
    if (lowest < 0 || value < column[lowest]!) lowest = index;
    if (highest < 0 || value > column[highest]!) highest = index;
  }
  return [lowest, highest];
}
