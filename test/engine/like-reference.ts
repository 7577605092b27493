/** What every kernel on a GPU must do: what the float64 reference does. */
import { expect } from "vitest";
import type { ModelShape, TrainingOptions } from "../../server/engine/engine.ts";
import { relativeError } from "../../server/engine/probe.ts";
import { ReferenceModel } from "../../server/engine/reference-model.ts";
import type { WebGpuModel } from "../../server/engine/webgpu/model.ts";
import { weightLayout } from "../../server/engine/weights.ts";
import { randomWindows } from "./support.ts";

/** Predictions, loss, gradient of each tensor and updates, over epochs of two whole batches and a partial one. Disposes. */
export async function expectLikeReference(
  model: WebGpuModel,
  shape: ModelShape,
  options: TrainingOptions,
  epochs: number,
): Promise<void> {
  const { batchSize } = options;
  const batches = 3;
  const windowCount = 2 * batchSize + Math.ceil(batchSize / 3);
  const windows = randomWindows(shape, windowCount, 3);
  const reference = new ReferenceModel(shape, options, (await model.snapshot()).weights);
  expect(relativeError(await model.predict(windows), reference.predict(windows))).toBeLessThan(1e-5);

  for (const batch of [0, batches - 1]) {
    const expected = reference.gradient(windows, { epoch: 1, batch, dropping: true });
    const actual = await model.gradient(windows, 1, batch);
    expect(Math.abs(actual.lossSum / expected.lossSum - 1)).toBeLessThan(1e-5);
    for (const { kind, layer, offset, size } of weightLayout(shape)) {
      const part = [offset, offset + size] as const;
      const error = relativeError(actual.gradient.subarray(...part), expected.gradient.subarray(...part));
      expect(error, `${kind} of layer ${layer}`).toBeLessThan(1e-5);
    }
  }

  for (let epoch = 1; epoch <= epochs; epoch++) {
    let expected = 0;
    for (let batch = 0; batch < batches; batch++) expected += reference.trainBatch(windows, epoch, batch);
    const progress = await model.trainEpoch(windows, epoch);
    expect(progress).toMatchObject({ nextBatch: batches, windows: windowCount, finished: true });
    expect(Math.abs(progress.lossSum / expected - 1)).toBeLessThan(1e-4);
    if (epoch === 1) await expectState(batches, 1e-5);
  }
  await expectState(batches * epochs, 1e-4);
  await model.dispose();

  async function expectState(step: number, tolerance: number) {
    const state = await model.snapshot();
    expect(state.step).toBe(step);
    expect(relativeError(state.weights, reference.weights)).toBeLessThan(tolerance);
    expect(relativeError(state.firstMoment, reference.firstMoment)).toBeLessThan(10 * tolerance);
    expect(relativeError(state.secondMoment, reference.secondMoment)).toBeLessThan(10 * tolerance);
  }
}
