/** The engines that can run here, and random models to try them with. */
import fc from "fast-check";
import { expect } from "vitest";
import type { CEngineModel } from "../../server/engine/c-model/c-engine-model.ts";
import {
  EngineUnavailable,
  type ModelShape,
  type TrainingOptions,
  type WindowSet,
} from "../../server/engine/engine.ts";
import { losses } from "../../server/engine/loss.ts";
import { runnableVariants } from "../../server/engine/native/addon.ts";
import { NativeEngine } from "../../server/engine/native/native-engine.ts";
import { philox, philoxKey } from "../../server/engine/philox.ts";
import { runnableWasmVariants, WasmEngine } from "../../server/engine/wasm/wasm-engine.ts";
import { weightCount } from "../../server/engine/weights.ts";

export interface EngineUnderTest {
  /** "NATIVE avx2" */
  readonly name: string;
  create(threads: number): NativeEngine | WasmEngine;
}

/** Every variant of the C source that this machine can run. Without a compiler only WebAssembly's, and it is said. */
export const enginesUnderTest: readonly EngineUnderTest[] = [
  ...nativeVariants().map((variant) => ({
    name: `NATIVE ${variant}`,
    create: (threads: number) => new NativeEngine({ variant, threads }),
  })),
  ...runnableWasmVariants().map((variant) => ({
    name: `WASM ${variant}`,
    create: (threads: number) => new WasmEngine({ variant, threads }),
  })),
];

function nativeVariants() {
  try {
    return runnableVariants();
  } catch (error) {
    if (!(error instanceof EngineUnavailable)) throw error;
    process.stderr.write(`Only WebAssembly is tested: ${error.message}\n`);
    return [];
  }
}

export interface RandomModel {
  readonly shape: ModelShape;
  readonly options: TrainingOptions;
}

/** Small models of every kind: odd units, windows of 2, single windows, all options. */
export const randomModels = fc
  .record({
    features: fc.integer({ min: 1, max: 6 }),
    window: fc.integer({ min: 2, max: 8 }),
    horizon: fc.integer({ min: 1, max: 4 }),
    layers: fc.array(
      fc.record({
        units: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 10, max: 70 })),
        dropout: fc.constantFrom(0, 0.2, 0.5),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    resetAfter: fc.boolean(),
    batchSize: fc.integer({ min: 1, max: 20 }),
    clipNorm: fc.constantFrom(undefined, 0.05),
    weightDecay: fc.constantFrom(undefined, 0.1),
    loss: fc.constantFrom(undefined, ...losses),
    seed: fc.maxSafeNat(),
  })
  .map(({ batchSize, clipNorm, weightDecay, loss, seed, ...shape }): RandomModel => {
    return { shape, options: { batchSize, learningRate: 0.002, seed, clipNorm, weightDecay, loss } };
  });

/** What such a model is tried with; its seed decides it, so that a counterexample stays short. */
export function dataOf({ shape, options: { seed } }: RandomModel): {
  windows: WindowSet;
  weights: Float32Array;
} {
  return {
    windows: randomWindows(shape, 23, seed),
    weights: randomNumbers(weightCount(shape), seed, 2, 0.5),
  };
}

/** N windows of noise in [-1, 1), in no order. */
export function randomWindows(
  { features, window, horizon }: ModelShape,
  count: number,
  seed: number,
): WindowSet {
  return {
    rows: randomNumbers((count + window - 1) * features, seed, 0, 1),
    starts: Int32Array.from({ length: count }, (_, i) => (i * 7) % count),
    targets: randomNumbers(count * horizon, seed, 1, 1),
  };
}

function randomNumbers(count: number, seed: number, stream: number, limit: number): Float32Array {
  const words = new Uint32Array(4);
  const key = philoxKey(seed, "weights");
  return Float32Array.from({ length: count }, (_, i) => {
    philox(key, i, stream, 99, 99, words);
    return (words[0]! / 2 ** 31 - 1) * limit;
  });
}

/** Euclidean. */
export const length = (values: ArrayLike<number>) =>
  Math.sqrt(Array.from(values).reduce((sum, x) => sum + x * x, 0));

/**
 * 1e-5 of the tensor's length. Where its own terms cancel (a single unit, a single window), rounding is seen
 * against what was summed instead, the scale: 1e-6 of it.
 */
export function expectClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  scale: number,
  what: string,
) {
  const distance = length(Array.from(expected, (value, i) => actual[i]! - value));
  expect(distance, what).toBeLessThan(1e-5 * length(expected) + 1e-6 * scale + Number.MIN_VALUE);
}

/** A model with these weights instead of fresh ones; `use` gets it, and it is gone afterwards. */
export async function withModel<T>(
  engine: NativeEngine | WasmEngine,
  { shape, options, weights }: RandomModel & { weights?: Float32Array },
  use: (model: CEngineModel) => Promise<T>,
): Promise<T> {
  const model = await engine.createModel(shape, options);
  try {
    if (weights) {
      const zeros = () => new Float32Array(weights.length);
      await model.restore({ weights, firstMoment: zeros(), secondMoment: zeros(), step: 0 });
    }
    return await use(model);
  } finally {
    await model.dispose();
  }
}
