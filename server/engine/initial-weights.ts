/** Weights as Keras starts them: Glorot uniform kernels, orthogonal recurrent kernels, zero biases. */
import { setImmediate } from "node:timers/promises";
import type { ModelShape, ModelState } from "./engine.ts";
import { philox, philoxKey } from "./philox.ts";
import { weightCount, weightLayout } from "./weights.ts";

/** Longest stretch of work before the event loop gets its turn: 512 orthogonal units take about a second. */
const longestStretchMs = 8;

/** Fresh weights, decided by the seed alone. Flat, in the order of `weightLayout`. */
export async function initialWeights(shape: ModelShape, seed: number): Promise<Float32Array> {
  const weights = new Float32Array(weightCount(shape));
  for (const [index, { kind, shape: dimensions, offset, size }] of weightLayout(shape).entries()) {
    const target = weights.subarray(offset, offset + size);
    const [rows, columns] = [dimensions[0]!, dimensions[1] ?? 1];
    const uniform = uniformStream(seed, index);
    if (kind === "kernel" || kind === "headKernel") glorotUniform(target, rows, columns, uniform);
    if (kind === "recurrentKernel") target.set(await orthogonal(rows, columns, uniform));
  }
  return weights;
}

/** What training begins with: fresh weights, and moments of zero. */
export async function initialState(shape: ModelShape, seed: number): Promise<ModelState> {
  const weights = await initialWeights(shape, seed);
  const zeros = () => new Float32Array(weights.length);
  return { weights, firstMoment: zeros(), secondMoment: zeros(), step: 0 };
}

/** Uniform on (-limit, limit), limit = sqrt(6 / (in + out)). Glorot and Bengio, AISTATS 2010. */
function glorotUniform(target: Float32Array, inputs: number, outputs: number, uniform: () => number): void {
  const limit = Math.sqrt(6 / (inputs + outputs));
  for (let i = 0; i < target.length; i++) target[i] = (2 * uniform() - 1) * limit;
}

/**
 * Orthonormal rows, uniformly distributed: Gram-Schmidt on Gaussian rows, whose R has a positive diagonal as
 * Keras makes it. Saxe et al., ICLR 2014. [rows, columns], rows <= columns.
 */
async function orthogonal(rows: number, columns: number, uniform: () => number): Promise<Float64Array> {
  const matrix = Float64Array.from({ length: rows * columns }, () => gaussian(uniform));
  let stretchStart = performance.now();
  for (let i = 0; i < rows; i++) {
    const row = matrix.subarray(i * columns, (i + 1) * columns);
    for (let j = 0; j < i; j++) {
      const earlier = matrix.subarray(j * columns, (j + 1) * columns);
      const overlap = dot(row, earlier);
      for (let k = 0; k < columns; k++) row[k]! -= overlap * earlier[k]!;
    }
    const length = Math.sqrt(dot(row, row));
    for (let k = 0; k < columns; k++) row[k]! /= length;
    if (performance.now() - stretchStart > longestStretchMs) {
      await setImmediate();
      stretchStart = performance.now();
    }
  }
  return matrix;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Box and Muller, 1958. */
function gaussian(uniform: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}

/** Numbers in [0, 1), one stream per tensor. */
function uniformStream(seed: number, tensor: number): () => number {
  const key = philoxKey(seed, "weights");
  const words = new Uint32Array(4);
  let drawn = 0;
  return () => {
    if (drawn % 4 === 0) philox(key, drawn / 4, tensor, 0, 0, words);
    return words[drawn++ % 4]! / 2 ** 32;
  };
}
