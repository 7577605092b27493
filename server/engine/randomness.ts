/** What training draws: the order of windows and the dropout masks. The C source (philox.h) draws the same masks. */
import { philox, philoxKey } from "./philox.ts";

/**
 * The order in which an epoch visits its windows: a Fisher-Yates shuffle of 0..count - 1.
 * An index below n is the high word of (random word x n); its bias, n / 2^32, is far below anything measurable.
 */
export function epochOrder(seed: number, epoch: number, count: number): Int32Array {
  const key = philoxKey(seed, "order");
  const words = new Uint32Array(4);
  const order = Int32Array.from({ length: count }, (_, i) => i);
  for (let last = count - 1; last > 0; last--) {
    const draw = count - 1 - last;
    if (draw % 4 === 0) philox(key, draw / 4, 0, 0, epoch, words);
    const other = Math.floor((words[draw % 4]! / 2 ** 32) * (last + 1));
    const swapped = order[last]!;
    order[last] = order[other]!;
    order[other] = swapped;
  }
  return order;
}

export interface DropoutPlace {
  readonly seed: number;
  readonly epoch: number;
  readonly batch: number;
  readonly layer: number;
  /** (window's place in its batch) x W + time step; the last layer has one step only: the window's place. */
  readonly row: number;
}

/**
 * Inverted dropout for one row of a layer's outputs: 0 for a dropped unit, 1 / (1 - rate) for a kept one.
 * Unit u takes word floor(u / Q) of call u mod Q, Q = ceil(H / 4): so vector lanes write neighbours.
 */
export function dropoutRow(place: DropoutPlace, rate: number, units: number): Float64Array {
  const keep = new Float64Array(units);
  fillDropoutRow(place, rate, keep);
  return keep;
}

/** The same, written over a row of a larger mask: one number a unit. */
export function fillDropoutRow(place: DropoutPlace, rate: number, keep: Float32Array | Float64Array): void {
  const { seed, epoch, batch, layer, row } = place;
  const key = philoxKey(seed, "dropout");
  const units = keep.length;
  const calls = Math.ceil(units / 4);
  const threshold = dropoutThreshold(rate);
  const scale = Math.fround(1 / (1 - rate));
  const words = new Uint32Array(4);
  for (let call = 0; call < calls; call++) {
    philox(key, call | (layer << 16), row, batch, epoch, words);
    for (let word = 0; word < 4; word++) {
      const unit = word * calls + call;
      if (unit < units) keep[unit] = words[word]! >= threshold ? scale : 0;
    }
  }
}

/** A unit is dropped when its word is below this. */
export function dropoutThreshold(rate: number): number {
  return Math.floor(rate * 2 ** 32);
}
