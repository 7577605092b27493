/** Thins columns to what a chart can show. Every point that stays is a real one, and no extreme goes. */

type Column = ArrayLike<number>;

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
  const picksPerBucket = 2 * columns.length;
  const surelyFits = Math.floor((maxPoints - 2) / picksPerBucket);
  if (surelyFits === 0) return fewIndices(columns, length, maxPoints);
  // Columns of one bar often have their extremes together, so more buckets than the worst case usually fit.
  let best = bucketExtremes(columns, length, surelyFits);
  let [fits, tooMany] = [surelyFits, maxPoints];
  while (tooMany - fits > 1) {
    const count = (fits + tooMany) >> 1;
    const chosen = bucketExtremes(columns, length, count);
    if (chosen.length <= maxPoints) [best, fits] = [chosen, count];
    else tooMany = count;
  }
  return best;
}

function bucketExtremes(columns: readonly Column[], length: number, buckets: number): Int32Array {
  const chosen = [0, length - 1];
  for (let bucket = 0; bucket < buckets; bucket++) {
    const start = Math.floor((bucket * length) / buckets);
    const end = Math.floor(((bucket + 1) * length) / buckets);
    for (const column of columns) chosen.push(...extremesOf(column, start, end));
  }
  return ascending(chosen);
}

function fewIndices(columns: readonly Column[], length: number, maxPoints: number): Int32Array {
  const extremes = columns.map((column) => extremesOf(column, 0, length));
  const first = extremes.flatMap(([low, high], index) => (index % 2 === 0 ? low : high) ?? []);
  const wanted = new Set([0, length - 1, ...first, ...extremes.flat()]);
  return ascending([...wanted].slice(0, maxPoints));
}

/** Where the column is lowest and where it is highest; empty where no value is known. */
function extremesOf(column: Column, start: number, end: number): readonly number[] {
  let lowest = -1;
  let highest = -1;
  for (let index = start; index < end; index++) {
    const value = column[index]!;
    if (Number.isNaN(value)) continue;
    if (lowest < 0 || value < column[lowest]!) lowest = index;
    if (highest < 0 || value > column[highest]!) highest = index;
  }
  return lowest < 0 ? [] : [lowest, highest];
}

const ascending = (indices: readonly number[]): Int32Array => Int32Array.from(new Set(indices)).sort();
