/**
 * The whole model in TensorFlow's operations, forward and back: GRU layers with dropout and the dense head, from a
 * flat tensor of weights to a flat tensor of gradients. T steps, B windows, H units of a layer, P horizon. Pure;
 * call within `tf.tidy`.
 */
import type { ModelShape } from "../engine.ts";
import type { Loss } from "../loss.ts";
import { type WeightKind, weightLayout } from "../weights.ts";
import type { Gru, GruPass, GruTensors } from "./gru-layer.ts";
import type { Tensor, Tensor1D, Tensor2D, TensorFlow } from "./tensorflow.ts";

/** What a model is, and what computes it. */
export interface Network {
  readonly tf: TensorFlow;
  readonly shape: ModelShape;
  readonly gru: Gru;
}

interface NetworkWeights {
  readonly layers: readonly GruTensors[];
  /** [H, P] */
  readonly headKernel: Tensor2D;
  /** [P] */
  readonly headBias: Tensor1D;
}

interface NetworkPass {
  readonly layers: readonly GruPass[];
  /** What the head reads: the last layer's last step, masked. [B, H] */
  readonly top: Tensor2D;
  /** [B, P] */
  readonly predictions: Tensor2D;
}

/** Dropout's mask on each layer's outputs: [T B, H], the last layer's [B, H]; null where nothing is dropped. */
export type Masks = readonly (Tensor2D | null)[];

/** Predictions without dropout: [B, P]. @param input [T B, F]. */
export function predictions(network: Network, flat: Tensor1D, input: Tensor2D): Tensor2D {
  const noMasks = network.shape.layers.map(() => null);
  return forward(network, unpack(network, flat), input, noMasks).predictions;
}

/** A type, not an interface: `tf.tidy` hands through only what has an index. */
export type LossGradient = {
  /** Sum over the targets: a scalar. */
  readonly lossSum: Tensor;
  /** Of `scale` times that sum, in the order of `weightLayout`. */
  readonly gradient: Tensor1D;
};

/**
 * @param input [T B, F].
 * @param targets [B, P].
 * @param scale 1 / (windows of the whole batch x P): the batch's loss is the mean.
 * @param loss of a target.
 */
export function lossGradient(
  network: Network,
  flat: Tensor1D,
  input: Tensor2D,
  targets: Tensor2D,
  masks: Masks,
  scale: number,
  loss: Loss,
): LossGradient {
  const { tf } = network;
  const weights = unpack(network, flat);
  const pass = forward(network, weights, input, masks);
  const errors = tf.sub<Tensor2D>(pass.predictions, targets);
  const { sum, slopes } = lossOf(tf, loss, errors, scale);
  return { lossSum: sum, gradient: backward(tf, weights, pass, slopes, masks) };
}

/** The formulas of ../loss.ts. @returns the sum over the targets, and `scale` times the slopes: [B, P]. */
function lossOf(
  tf: TensorFlow,
  loss: Loss,
  errors: Tensor2D,
  scale: number,
): { sum: Tensor; slopes: Tensor2D } {
  switch (loss) {
    case "MSE":
      return { sum: tf.sum(tf.square(errors)), slopes: tf.mul(errors, 2 * scale) };
    case "MAE":
      return { sum: tf.sum(tf.abs(errors)), slopes: tf.mul(tf.sign(errors), scale) };
    case "HUBER": {
      const bounded = tf.clipByValue<Tensor2D>(errors, -1, 1);
      const each = tf.mul(bounded, tf.sub(errors, tf.mul(bounded, 0.5)));
      return { sum: tf.sum(each), slopes: tf.mul(bounded, scale) };
    }
  }
}

function forward(
  { tf, shape, gru }: Network,
  weights: NetworkWeights,
  windows: Tensor2D,
  masks: Masks,
): NetworkPass {
  const layers: GruPass[] = [];
  let input = windows;
  for (const [layer, gruWeights] of weights.layers.entries()) {
    const pass = gru(tf, gruWeights, input, shape.window);
    layers.push(pass);
    const isLast = layer === weights.layers.length - 1;
    input = masked(tf, isLast ? pass.last : pass.outputs(), masks[layer]!);
  }
  const predicted = tf.add<Tensor2D>(tf.matMul(input, weights.headKernel), weights.headBias);
  return { layers, top: input, predictions: predicted };
}

/** @param slopes [B, P]: the loss's gradient by each prediction. */
function backward(
  tf: TensorFlow,
  { layers, headKernel }: NetworkWeights,
  pass: NetworkPass,
  slopes: Tensor2D,
  masks: Masks,
): Tensor1D {
  const gradients: Tensor[] = [tf.matMul(pass.top, slopes, true), tf.sum(slopes, 0)];
  let above: Tensor2D = tf.matMul(slopes, headKernel, false, true);
  for (const [layer, gruPass] of [...pass.layers.entries()].reverse()) {
    const isLast = layer === layers.length - 1;
    const found = gruPass.backward(isLast ? "last" : "outputs", masked(tf, above, masks[layer]!));
    gradients.unshift(...inLayoutOrder(found.weights));
    above = found.input;
  }
  return tf.concat(gradients.map((gradient) => tf.reshape(gradient, [-1])) as Tensor1D[], 0);
}

function masked(tf: TensorFlow, outputs: Tensor2D, mask: Tensor2D | null): Tensor2D {
  return mask === null ? outputs : tf.mul(outputs, mask);
}

function inLayoutOrder({ kernel, recurrentKernel, bias, recurrentBias }: GruTensors): Tensor[] {
  return [kernel, recurrentKernel, bias, ...(recurrentBias ? [recurrentBias] : [])];
}

function unpack({ tf, shape }: Network, flat: Tensor1D): NetworkWeights {
  const layout = weightLayout(shape);
  const parts = tf.split(
    flat,
    layout.map(({ size }) => size),
    0,
  );
  const find = (kind: WeightKind, layer: number): Tensor => {
    const index = layout.findIndex((tensor) => tensor.kind === kind && tensor.layer === layer);
    return tf.reshape(parts[index]!, [...layout[index]!.shape]);
  };
  const head = shape.layers.length;
  return {
    layers: shape.layers.map((_, layer) => ({
      kernel: find("kernel", layer) as Tensor2D,
      recurrentKernel: find("recurrentKernel", layer) as Tensor2D,
      bias: find("bias", layer) as Tensor1D,
      recurrentBias: shape.resetAfter ? (find("recurrentBias", layer) as Tensor1D) : null,
    })),
    headKernel: find("headKernel", head) as Tensor2D,
    headBias: find("headBias", head) as Tensor1D,
  };
}
