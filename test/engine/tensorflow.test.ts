/**
 * The TensorFlow engine beside the float64 reference, on tfjs' pure JavaScript backend: small shapes, the same code.
 * scripts/test-tensorflow.mjs runs this file on a real libtensorflow, which TEST_TENSORFLOW names.
 */
import { createRequire } from "node:module";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  Diverged,
  type EpochProgress,
  epochStart,
  type ModelShape,
  type TrainingOptions,
} from "../../server/engine/engine.ts";
import { initialWeights } from "../../server/engine/initial-weights.ts";
import { relativeError, waveWindows } from "../../server/engine/probe.ts";
import { ReferenceModel } from "../../server/engine/reference-model.ts";
import { steppedGru } from "../../server/engine/tensorflow/stepped-gru.ts";
import type { TensorFlow } from "../../server/engine/tensorflow/tensorflow.ts";
import { TensorFlowEngine } from "../../server/engine/tensorflow/tensorflow-engine.ts";
import { TensorFlowModel } from "../../server/engine/tensorflow/tensorflow-model.ts";
import { weightLayout } from "../../server/engine/weights.ts";
import { describeEngine } from "./describe-engine.ts";
import { dataOf, expectClose, length, type RandomModel, randomModels } from "./support.ts";

const require = createRequire(import.meta.url);
const tf: TensorFlow = require(process.env.TEST_TENSORFLOW ?? "@tensorflow/tfjs-core");
if (!process.env.TEST_TENSORFLOW) require("@tensorflow/tfjs-backend-cpu");
await tf.ready();

const engine = new TensorFlowEngine(tf, tf.getBackend());
const numRuns = 12;

const shape: ModelShape = {
  features: 2,
  window: 5,
  horizon: 3,
  layers: [
    { units: 7, dropout: 0.2 },
    { units: 6, dropout: 0.1 },
  ],
  resetAfter: true,
};
const options: TrainingOptions = {
  batchSize: 8,
  learningRate: 0.005,
  seed: 2 ** 40 + 3,
  clipNorm: 1,
  weightDecay: 0.01,
};
const windows = waveWindows(shape, 30);

/** The model is gone afterwards, and it left no tensor behind. */
async function withModel<T>(
  { shape, options, weights, pieceLimit }: RandomModel & { weights?: Float32Array; pieceLimit?: number },
  use: (model: TensorFlowModel) => Promise<T>,
): Promise<T> {
  const before = tf.memory().numTensors;
  const model = await TensorFlowModel.create({ tf, shape, gru: steppedGru }, options, pieceLimit);
  try {
    if (weights) {
      const zeros = () => new Float32Array(weights.length);
      await model.restore({ weights, firstMoment: zeros(), secondMoment: zeros(), step: 0 });
    }
    return await use(model);
  } finally {
    await model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  }
}

describeEngine("TENSORFLOW", () => engine);

describe(`TENSORFLOW on tfjs' backend "${tf.getBackend()}"`, () => {
  test("predicts, loses and differentiates as the float64 reference does, to 1e-5 in every tensor", async () => {
    await fc.assert(
      fc.asyncProperty(randomModels, fc.boolean(), async (random, dropping) => {
        const { shape, options } = random;
        const { windows, weights } = dataOf(random);
        const reference = new ReferenceModel(shape, options, weights);
        const batch = Math.ceil(windows.starts.length / options.batchSize) - 1; // the last one is often smaller
        await withModel({ ...random, weights }, async (model) => {
          expectClose(await model.predict(windows), reference.predict(windows), 1, "predictions");
          const actual = await model.gradient(windows, 3, batch, dropping);
          const expected = reference.gradient(windows, { epoch: 3, batch, dropping });
          expectClose([actual.lossSum], [expected.lossSum], length(windows.targets) ** 2, "loss");
          const scale = length(expected.gradient);
          for (const { kind, layer, offset, size } of weightLayout(shape)) {
            const part = (gradient: Float32Array | Float64Array) => gradient.subarray(offset, offset + size);
            expectClose(part(actual.gradient), part(expected.gradient), scale, `${kind} of layer ${layer}`);
          }
        });
      }),
      { numRuns },
    );
  });

  test.each([true, false])(
    "ten Adam steps with dropout, clipping, decay and a partial batch lose what the reference loses (resetAfter %s)",
    async (resetAfter) => {
      const variant = { ...shape, resetAfter };
      const ten = { ...options, batchSize: 7 }; // 30 windows: 7, 7, 7, 7 and 2
      const reference = new ReferenceModel(variant, ten, await initialWeights(variant, ten.seed));
      await withModel({ shape: variant, options: ten }, async (model) => {
        for (const epoch of [1, 2]) {
          let progress: EpochProgress = epochStart;
          for (let batch = 0; batch < 5; batch++) {
            const before = progress.lossSum;
            progress = await model.trainEpoch(windows, epoch, progress, AbortSignal.abort());
            const expected = reference.trainBatch(windows, epoch, batch);
            expect(Math.abs((progress.lossSum - before) / expected - 1)).toBeLessThan(1e-4);
          }
          expect(progress).toMatchObject({ nextBatch: 5, windows: 30, finished: true });
        }
        const state = await model.snapshot();
        expect(state.step).toBe(10);
        expect(relativeError(state.weights, reference.weights)).toBeLessThan(1e-4);
        expect(relativeError(state.firstMoment, reference.firstMoment)).toBeLessThan(1e-4);
        expect(relativeError(state.secondMoment, reference.secondMoment)).toBeLessThan(1e-4);
      });
    },
  );

  test("a batch that is computed in pieces is the batch that is computed at once", async () => {
    const gradientOf = (pieceLimit?: number) =>
      withModel({ shape, options, pieceLimit }, (model) => model.gradient(windows, 2, 1));
    const whole = await gradientOf();
    const inPieces = await gradientOf(40 * 5 * 13 * 3); // 3, 3 and 2 windows
    expect(inPieces.lossSum / whole.lossSum).toBeCloseTo(1, 5);
    expect(relativeError(inPieces.gradient, whole.gradient)).toBeLessThan(1e-5);
    const predictionsOf = (pieceLimit?: number) =>
      withModel({ shape, options, pieceLimit }, (model) => model.predict(windows));
    expect(relativeError(await predictionsOf(1), await predictionsOf())).toBeLessThan(1e-5);
  });

  test("a model holds three tensors, however many batches it trained", async () => {
    const before = tf.memory().numTensors;
    await withModel({ shape, options }, async (model) => {
      expect(tf.memory().numTensors).toBe(before + 3);
      for (let epoch = 1; epoch <= 3; epoch++) {
        await model.trainEpoch(windows, epoch);
        await model.predict(windows);
        await model.restore(await model.snapshot());
        expect(tf.memory().numTensors).toBe(before + 3);
      }
    });
  });

  test("the event loop gets its turn between batches, and an abort there ends the epoch", async () => {
    await withModel({ shape, options: { ...options, batchSize: 1 } }, async (model) => {
      const stop = new AbortController();
      const training = model.trainEpoch(windows, 1, epochStart, stop.signal);
      for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
      stop.abort();
      const progress = await training;
      expect(progress.finished).toBe(false);
      expect(progress.nextBatch).toBeGreaterThan(0);
      expect(progress.windows).toBe(progress.nextBatch);
    });
  });

  test("a batch that is left between two of its pieces changes nothing, and is trained again as if never begun", async () => {
    // A window a piece: each batch has eight.
    const withPieces = <T>(use: (model: TensorFlowModel) => Promise<T>) =>
      withModel({ shape, options, pieceLimit: 1 }, use);
    const undisturbed = await withPieces(async (model) => ({
      progress: await model.trainEpoch(windows, 1),
      state: await model.snapshot(),
    }));
    await withPieces(async (model) => {
      const before = await model.snapshot();
      const stop = new AbortController();
      const training = model.trainEpoch(windows, 1, epochStart, undefined, stop.signal);
      await new Promise((resolve) => setImmediate(resolve));
      stop.abort();
      expect(await training).toEqual(epochStart);
      expect(await model.snapshot()).toEqual(before);
      expect(await model.trainEpoch(windows, 1)).toEqual(undisturbed.progress);
      expect(await model.snapshot()).toEqual(undisturbed.state);
    });
  });

  test("two models that train at once do not disturb each other", async () => {
    const alone = (seed: number) =>
      withModel({ shape, options: { ...options, seed } }, (model) => model.trainEpoch(windows, 1));
    const expected = [await alone(1), await alone(2)];
    const models = await Promise.all([1, 2].map((seed) => engine.createModel(shape, { ...options, seed })));
    expect(await Promise.all(models.map((model) => model.trainEpoch(windows, 1)))).toEqual(expected);
    for (const model of models) await model.dispose();
  });

  test("a loss that is still a number, with a gradient that is not, is divergence too", async () => {
    const narrow = { ...shape, horizon: 1 };
    const { rows, starts } = waveWindows(narrow, 2);
    const targets = Float32Array.of(1.5e19, 1.5e19); // squared 2.3e38; the gradient's square is beyond float32
    await withModel({ shape: narrow, options: { ...options, batchSize: 1 } }, async (model) => {
      const before = await model.snapshot();
      await expect(model.trainEpoch({ rows, starts, targets }, 1)).rejects.toEqual(new Diverged(1, 0));
      expect(await model.snapshot()).toEqual(before);
    });
  });
});
