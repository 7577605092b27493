/** Which rows of one height lie in sight. Pure. */

export interface Windowed {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

/** Rows drawn beyond each edge: a quick turn of the wheel shows no gap. */
const beyond = 12;
/** In steps of so many rows, so that not every pixel draws anew. */
const step = 4;

/** @param top how far the first row is above the upper edge of what is in sight, in pixels */
export function windowedOf(count: number, rowHeight: number, top: number, height: number): Windowed {
  const first = Math.floor(top / rowHeight / step) * step;
  const from = Math.max(0, Math.min(count, first - beyond));
  return { from, to: Math.max(from, Math.min(count, first + Math.ceil(height / rowHeight) + step + beyond)) };
}
