/**
 * Which way of computing a GRU layer to trust on this device: cuDNN's fused operations only where there is a GPU,
 * and only after losses and gradients came out as step by step.
 */

import type { ModelShape, TrainingOptions } from "../engine.ts";
import { relativeError, waveWindows } from "../probe.ts";
import { fusedGru, type NodeBackend } from "./fused-gru.ts";
import type { Gru } from "./gru-layer.ts";
import { steppedGru } from "./stepped-gru.ts";
import type { TensorFlow } from "./tensorflow.ts";
import { TensorFlowModel } from "./tensorflow-model.ts";

/** As every engine is held to the reference (../probe.ts). */
const tolerance = 1e-4;

/** Two layers, so that both gradients by all outputs and by the last one are compared; biases are not zero. */
const shape: ModelShape = {
  features: 3,
  window: 7,
  horizon: 2,
  layers: [
    { units: 12, dropout: 0 },
    { units: 20, dropout: 0 },
  ],
  resetAfter: true,
};
const options: TrainingOptions = { batchSize: 9, learningRate: 0.05, seed: 11 };

export interface ChosenGru {
  readonly gru: Gru;
  /** "cuDNN's fused GRU", or why it goes step by step; null where there is no choice. */
  readonly reason: string | null;
}

export async function chooseGru(tf: TensorFlow): Promise<ChosenGru> {
  const { isUsingGpuDevice } = tf.backend() as unknown as NodeBackend;
  if (!isUsingGpuDevice) return { gru: steppedGru, reason: null };
  try {
    const error = await difference(tf);
    if (error < tolerance) return { gru: fusedGru, reason: "cuDNN's fused GRU" };
    return { gru: steppedGru, reason: `step by step: cuDNN's fused GRU is off by ${error.toExponential(1)}` };
  } catch (error) {
    // TensorFlow's status stands on the first line, what happened on the second.
    const why = (error as Error).message.split("\n").slice(0, 2).join(" ");
    return { gru: steppedGru, reason: `step by step: cuDNN's fused GRU fails: ${why}` };
  }
}

/** The largest relative difference of predictions, loss and gradient; NaN where one is not a number. */
async function difference(tf: TensorFlow): Promise<number> {
  const windows = waveWindows(shape, 18);
  const stepped = await TensorFlowModel.create({ tf, shape, gru: steppedGru }, options);
  const fused = await TensorFlowModel.create({ tf, shape, gru: fusedGru }, options);
  try {
    // Two updates move the biases away from zero, where all orders of them look alike.
    await stepped.trainEpoch(windows, 1);
    await fused.restore(await stepped.snapshot());
    const expected = await stepped.gradient(windows, 2, 0);
    const actual = await fused.gradient(windows, 2, 0);
    const errors = [
      relativeError(await fused.predict(windows), await stepped.predict(windows)),
      Math.abs(actual.lossSum / expected.lossSum - 1),
      relativeError(actual.gradient, expected.gradient),
    ];
    return Math.max(...errors);
  } finally {
    await stepped.dispose();
    await fused.dispose();
  }
}
