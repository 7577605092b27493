/** The WebGPU engine against the float64 reference, on whatever adapter the machine has. */
import { afterAll, describe, expect, test } from "vitest";
import type { ModelShape, TrainingOptions } from "../../server/engine/engine.ts";
import { disagreement, relativeError } from "../../server/engine/probe.ts";
import { WebGpuEngine } from "../../server/engine/webgpu/engine.ts";
import { findTestGpu, noTestGpu } from "../support/test-gpu.ts";
import { golden, goldenNames } from "./golden-files.ts";
import { expectLikeReference } from "./like-reference.ts";

const engine = (await findTestGpu()) ? await WebGpuEngine.open({ allowSoftware: true }) : null;
afterAll(() => engine?.dispose());

const defaults: Omit<TrainingOptions, "batchSize"> = {
  learningRate: 0.002,
  seed: 11,
  clipNorm: 1,
  weightDecay: 0.1,
};

interface Case extends ModelShape {
  readonly what: string;
  /** A workgroup carries one window of a batch through time, or 2 from 64 on, or 4 from 128 on. */
  readonly batchSize: number;
  readonly epochs: number;
}

/** Each stands for a way in which sizes can be odd. A software adapter takes seconds to compile each. */
const cases: readonly Case[] = [
  {
    what: "one unit, the shortest window",
    features: 1,
    window: 2,
    horizon: 1,
    layers: [{ units: 1, dropout: 0 }],
    resetAfter: true,
    batchSize: 64,
    epochs: 2,
  },
  {
    what: "features and a horizon",
    features: 3,
    window: 5,
    horizon: 4,
    layers: [{ units: 7, dropout: 0.3 }],
    resetAfter: false,
    batchSize: 128,
    epochs: 2,
  },
  {
    what: "three layers, with and without dropout between them",
    features: 2,
    window: 6,
    horizon: 2,
    layers: [
      { units: 9, dropout: 0.2 },
      { units: 3, dropout: 0 },
      { units: 5, dropout: 0.4 },
    ],
    resetAfter: true,
    batchSize: 6,
    epochs: 4,
  },
  {
    what: "wider than a tile of the matrix product, longer than a part of its sums",
    features: 1,
    window: 65,
    horizon: 1,
    layers: [
      { units: 34, dropout: 0.1 },
      { units: 37, dropout: 0 },
    ],
    resetAfter: false,
    batchSize: 6,
    epochs: 1,
  },
  {
    what: "more units than a workgroup has threads, all features, the longest horizon",
    features: 32,
    window: 2,
    horizon: 60,
    layers: [{ units: 257, dropout: 0.5 }],
    resetAfter: true,
    batchSize: 2,
    epochs: 1,
  },
  {
    what: "the longest window",
    features: 1,
    window: 512,
    horizon: 1,
    layers: [{ units: 3, dropout: 0.2 }],
    resetAfter: true,
    batchSize: 3,
    epochs: 1,
  },
];

describe.runIf(engine)(engine ? `WEBGPU on ${engine.device}` : `WEBGPU on a GPU, ${noTestGpu}`, () => {
  describe.each(cases)(
    "$what, batches of $batchSize, resetAfter $resetAfter",
    ({ batchSize, epochs, ...shape }) => {
      test("predicts, loses, differentiates and updates as the float64 reference does, over up to 12 updates", async () => {
        const options = { ...defaults, batchSize };
        await expectLikeReference(await engine!.createModel(shape, options), shape, options, epochs);
      });
    },
  );

  test.each([true, false])(
    "the check at a worker's start finds no fault, resetAfter %s",
    async (resetAfter) => {
      expect(await disagreement(engine!, resetAfter)).toBeNull();
    },
  );

  test.each(goldenNames)(
    "with the weights of %s.json, ten Adam steps lose what they lost there, to 1e-5",
    async (name) => {
      const { shape, options, weights, windows, losses, predictions } = golden(name);
      const model = await engine!.createModel(shape, options);
      const zeros = new Float32Array(weights.length);
      await model.restore({ weights, firstMoment: zeros, secondMoment: zeros, step: 0 });
      for (const [step, loss] of losses.entries()) {
        const { lossSum } = await model.trainEpoch(windows, step + 1);
        expect(Math.abs(lossSum / windows.targets.length / loss - 1)).toBeLessThan(1e-5);
      }
      expect(relativeError(await model.predict(windows), predictions)).toBeLessThan(1e-5);
      await model.dispose();
    },
  );
});
