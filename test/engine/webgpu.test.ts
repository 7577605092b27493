/** The WebGPU engine against the float64 reference, on whatever adapter the machine has. */
import { afterAll, describe, expect, test } from "vitest";
import type { ModelShape, TrainingOptions } from "../../server/engine/engine.ts";
import { ReferenceModel } from "../../server/engine/reference-model.ts";
import { WebGpuEngine } from "../../server/engine/webgpu/engine.ts";
import { randomWindows } from "../support/random-windows.ts";
import { findTestGpu, noTestGpu } from "../support/test-gpu.ts";

const found = await findTestGpu();
const engine = found ? await WebGpuEngine.open({ allowSoftware: true }) : null;
afterAll(() => engine?.dispose());

/** Largest difference, as a part of the largest number: float32 sums in another order stay below 1e-5. */
function largestError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let [difference, scale] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    difference = Math.max(difference, Math.abs(actual[i]! - expected[i]!));
    scale = Math.max(scale, Math.abs(expected[i]!));
  }
  return actual.length === expected.length ? difference / scale : Number.POSITIVE_INFINITY;
}

const defaults: TrainingOptions = { batchSize: 6, learningRate: 0.01, seed: 11 };

/** Each shape stands for a way in which sizes can be odd; 14 windows in batches of 6 leave a partial one. */
const shapes: readonly (ModelShape & { readonly what: string })[] = [
  {
    what: "one unit, the shortest window",
    features: 1,
    window: 2,
    horizon: 1,
    layers: [{ units: 1, dropout: 0 }],
    resetAfter: true,
  },
  {
    what: "features and a horizon",
    features: 3,
    window: 5,
    horizon: 4,
    layers: [{ units: 7, dropout: 0.3 }],
    resetAfter: false,
  },
  {
    what: "two layers with dropout",
    features: 2,
    window: 6,
    horizon: 2,
    layers: [
      { units: 9, dropout: 0.2 },
      { units: 5, dropout: 0.4 },
    ],
    resetAfter: true,
  },
  {
    what: "two layers with dropout",
    features: 2,
    window: 6,
    horizon: 2,
    layers: [
      { units: 9, dropout: 0.2 },
      { units: 5, dropout: 0.4 },
    ],
    resetAfter: false,
  },
  {
    what: "wider than a tile",
    features: 1,
    window: 4,
    horizon: 1,
    layers: [
      { units: 34, dropout: 0 },
      { units: 37, dropout: 0.1 },
    ],
    resetAfter: true,
  },
];

describe.runIf(engine)(`WEBGPU on ${engine?.device ?? noTestGpu}`, () => {
  describe.each(shapes)("$what, resetAfter $resetAfter", (shape) => {
    test("predictions, gradients and ten updates equal the reference", async () => {
      const windows = randomWindows(shape, 14);
      const model = await engine!.createModel(shape, defaults);
      const { weights } = await model.snapshot();
      const reference = new ReferenceModel(shape, defaults, weights);
      expect(largestError(await model.predict(windows), reference.predict(windows))).toBeLessThan(1e-5);

      const partialBatch = { epoch: 1, batch: 2, dropping: true };
      const expected = reference.gradient(windows, partialBatch);
      const actual = await model.gradient(windows, partialBatch.epoch, partialBatch.batch);
      expect(actual.squaredError).toBeCloseTo(expected.squaredError, 5);
      expect(largestError(actual.gradient, expected.gradient)).toBeLessThan(2e-5);

      for (let epoch = 1; epoch <= 4; epoch++) {
        let squaredError = 0;
        for (let batch = 0; batch < 3; batch++) squaredError += reference.trainBatch(windows, epoch, batch);
        const progress = await model.trainEpoch(windows, epoch);
        expect(progress).toMatchObject({ nextBatch: 3, windows: 14, finished: true });
        expect(progress.squaredError / squaredError).toBeCloseTo(1, 4);
      }
      const state = await model.snapshot();
      expect(state.step).toBe(12);
      expect(largestError(state.weights, reference.weights)).toBeLessThan(1e-4);
      expect(largestError(state.firstMoment, reference.firstMoment)).toBeLessThan(1e-4);
      await model.dispose();
    });
  });
});
