/**
 * One piece of a batch as plain arrays, time first: the inputs, the targets and the dropout masks, drawn from the
 * same Philox streams as every other engine's, so that losses are the same. T steps, B windows of the piece.
 */
import type { ModelShape, WindowSet } from "../engine.ts";
import { fillDropoutRow } from "../randomness.ts";

/** A batch that training draws. */
export interface BatchPlace {
  readonly seed: number;
  readonly epoch: number;
  readonly batch: number;
}

/** [T B, F]: what these windows see. */
export function inputOf(
  { features, window }: ModelShape,
  { rows, starts }: Pick<WindowSet, "rows" | "starts">,
  chosen: Int32Array,
): Float32Array {
  const batch = chosen.length;
  const input = new Float32Array(window * batch * features);
  for (const [b, index] of chosen.entries()) {
    const first = starts[index]! * features;
    for (let t = 0; t < window; t++) {
      const row = first + t * features;
      input.set(rows.subarray(row, row + features), (t * batch + b) * features);
    }
  }
  return input;
}

/** [B, P] */
export function targetsOf({ horizon }: ModelShape, targets: Float32Array, chosen: Int32Array): Float32Array {
  const picked = new Float32Array(chosen.length * horizon);
  for (const [b, index] of chosen.entries()) {
    picked.set(targets.subarray(index * horizon, (index + 1) * horizon), b * horizon);
  }
  return picked;
}

/**
 * For each layer the mask on its outputs, or null where nothing is dropped: [T B, H], the last layer's [B, H],
 * because the head reads its last step only.
 * @param first the piece's first window, by its place in the batch.
 */
export function dropoutMasks(
  { layers, window }: ModelShape,
  place: BatchPlace,
  first: number,
  batch: number,
): (Float32Array | null)[] {
  return layers.map(({ units, dropout }, layer) => {
    if (dropout === 0) return null;
    const isLast = layer === layers.length - 1;
    const steps = isLast ? 1 : window;
    const mask = new Float32Array(steps * batch * units);
    for (let b = 0; b < batch; b++) {
      for (let t = 0; t < steps; t++) {
        const row = (first + b) * steps + t;
        const at = (t * batch + b) * units;
        fillDropoutRow({ ...place, layer, row }, dropout, mask.subarray(at, at + units));
      }
    }
    return mask;
  });
}
