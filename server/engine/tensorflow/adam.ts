/**
 * Adam as Keras 3 computes it (keras/src/optimizers/adam.py), on flat tensors: epsilon stands outside the corrected
 * root, and decay comes first. Kingma and Ba, ICLR 2015; Loshchilov and Hutter, ICLR 2019.
 */
import type { TrainingOptions } from "../engine.ts";
import type { Tensor1D, TensorFlow } from "./tensorflow.ts";

/** All in the order of `weightLayout`. */
export type AdamTensors = {
  readonly weights: Tensor1D;
  readonly firstMoment: Tensor1D;
  readonly secondMoment: Tensor1D;
};

/**
 * The state after one more update; the given one is left as it is.
 * @param step from 1.
 * @param norm the gradient's Euclidean length.
 */
export function adam(
  tf: TensorFlow,
  state: AdamTensors,
  gradient: Tensor1D,
  norm: number,
  step: number,
  learningRate: number,
  { clipNorm = Number.POSITIVE_INFINITY, weightDecay = 0 }: TrainingOptions,
): AdamTensors {
  const size = (learningRate * Math.sqrt(1 - 0.999 ** step)) / (1 - 0.9 ** step);
  const towards = (average: Tensor1D, value: Tensor1D, share: number): Tensor1D =>
    tf.add(average, tf.mul(tf.sub(value, average), share));
  return tf.tidy(() => {
    const clipped = norm > clipNorm ? (tf.mul(gradient, clipNorm / norm) as Tensor1D) : gradient;
    const firstMoment = towards(state.firstMoment, clipped, 0.1);
    const secondMoment = towards(state.secondMoment, tf.square(clipped), 0.001);
    const change = tf.div(tf.mul(firstMoment, size), tf.add(tf.sqrt(secondMoment), 1e-7));
    const decayed = tf.mul(state.weights, 1 - learningRate * weightDecay);
    return { weights: tf.sub(decayed, change) as Tensor1D, firstMoment, secondMoment };
  });
}
