/**
 * Philox4x32-10, the counter-based generator behind every random number of training: a counter and a key in,
 * four random words out, no state. So any batch of any epoch can be recomputed alone, by any engine, in any order.
 * Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
 */

const multiplierA = 0xd2511f53;
const multiplierB = 0xcd9e8d57;
const keyStepA = 0x9e3779b9;
const keyStepB = 0xbb67ae85;
const rounds = 10;

/** What a stream of numbers is for: streams of one seed never overlap. */
export const purposes = { weights: 1, order: 2, dropout: 3, resampling: 4 } as const;

export interface PhiloxKey {
  readonly low: number;
  readonly high: number;
}

/** The key of a stream. @param seed an integer, 0..2^53 - 1. */
export function philoxKey(seed: number, purpose: keyof typeof purposes): PhiloxKey {
  return {
    low: seed >>> 0,
    high: (Math.floor(seed / 2 ** 32) | (purposes[purpose] << 24)) >>> 0,
  };
}

/** The high word of a 32 x 32 bit product: JavaScript's numbers hold only 53 bits of it. */
function highWord(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const carry = aLow * bHigh + (middle & 0xffff);
  return (aHigh * bHigh + (middle >>> 16) + (carry >>> 16)) >>> 0;
}

/** Four random words for the counter (c0, c1, c2, c3), written to `out`. */
export function philox(
  { low, high }: PhiloxKey,
  c0: number,
  c1: number,
  c2: number,
  c3: number,
  out: Uint32Array,
): void {
  let [x0, x1, x2, x3] = [c0 >>> 0, c1 >>> 0, c2 >>> 0, c3 >>> 0];
  let [keyA, keyB] = [low, high];
  for (let round = 0; round < rounds; round++) {
    const lowA = Math.imul(multiplierA, x0) >>> 0;
    const lowB = Math.imul(multiplierB, x2) >>> 0;
    const highA = highWord(multiplierA, x0);
    const highB = highWord(multiplierB, x2);
    x0 = (highB ^ x1 ^ keyA) >>> 0;
    x2 = (highA ^ x3 ^ keyB) >>> 0;
    x1 = lowB;
    x3 = lowA;
    keyA = (keyA + keyStepA) >>> 0;
    keyB = (keyB + keyStepB) >>> 0;
  }
  out[0] = x0;
  out[1] = x1;
  out[2] = x2;
  out[3] = x3;
}
