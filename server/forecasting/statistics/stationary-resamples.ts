/**
 * Resamples of a series that keep how its neighbours hang together: blocks of random length from random places, the
 * end joined to the start. Politis & Romano, "The stationary bootstrap", JASA 89(428), 1994.
 */
import { philox, philoxKey } from "../../engine/philox.ts";

export interface Resampling {
  /** An integer, 0..2^53 - 1: the same seed draws the same resamples on every machine. */
  readonly seed: number;
  readonly resamples?: number;
  /** Mean length of a block; by default the root of the series' length, as PyPI's `arch` has it. */
  readonly blockLength?: number;
}

/**
 * @param count length of the series
 * @yields indices, [count]: the same array each time, drawn anew
 */
export function* stationaryResamples(
  count: number,
  { seed, resamples = 1000, blockLength = Math.sqrt(count) }: Resampling,
): Generator<Int32Array> {
  const key = philoxKey(seed, "resampling");
  const indices = new Int32Array(count);
  const words = new Uint32Array(4);
  // A block goes on with probability 1 - 1 / length, so its length is geometric.
  const logOfGoingOn = Math.log1p(-1 / Math.max(1, blockLength));
  for (let resample = 0; resample < resamples; resample++) {
    for (let filled = 0, draw = 0; filled < count; draw++) {
      philox(key, draw, resample, 0, 0, words);
      const start = Math.floor((words[0]! / 2 ** 32) * count);
      const length = 1 + Math.floor(Math.log((words[1]! + 0.5) / 2 ** 32) / logOfGoingOn);
      const end = Math.min(count, filled + length);
      for (let offset = 0; filled < end; filled++, offset++) indices[filled] = (start + offset) % count;
    }
    yield indices;
  }
}
