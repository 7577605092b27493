/**
 * The whole model in TensorFlow's operations, forward and back: GRU layers with dropout and the dense head, from a
 * flat tensor of weights to a flat tensor of gradients. T steps, B windows, H units of a layer, P horizon. Pure;
 * call within `tf.tidy`.
 */
import type { ModelShape } from "../engine.ts";
import { type WeightKind, weightLayout } from "../weights.ts";
import {
  type GruPass,
  type GruTensorGradients,
  type GruTensors,
  gruBackward,
  gruForward,
} from "./gru-layer.ts";
import type { Tensor, Tensor1D, Tensor2D, TensorFlow } from "./tensorflow.ts";

interface NetworkWeights {
  readonly layers: readonly GruTensors[];
  /** [H, P] */
  readonly headKernel: Tensor2D;
  /** [P] */
  readonly headBias: Tensor1D;
}

interface LayerPass {
  /** [T B, I] */
  readonly input: Tensor2D;
  readonly gru: GruPass;
}

interface NetworkPass {
  readonly layers: readonly LayerPass[];
  /** What the head reads: the last layer's last step, masked. [B, H] */
  readonly top: Tensor2D;
  /** [B, P] */
  readonly predictions: Tensor2D;
}

/** Dropout's mask on each layer's outputs: [T B, H], the last layer's [B, H]; null where nothing is dropped. */
export type Masks = readonly (Tensor2D | null)[];

/** @param input [T B, F]. Predictions without dropout: [B, P]. */
export function predictions(tf: TensorFlow, shape: ModelShape, flat: Tensor1D, input: Tensor2D): Tensor2D {
  const noMasks = shape.layers.map(() => null);
  return forward(tf, shape, unpack(tf, shape, flat), input, noMasks).predictions;
}

/** A type, not an interface: `tf.tidy` hands through only what has an index. */
export type LossGradient = {
  /** Sum over the targets: a scalar. */
  readonly squaredError: Tensor;
  /** Of `scale` times that sum, in the order of `weightLayout`. */
  readonly gradient: Tensor1D;
};

/**
 * @param input [T B, F].
 * @param targets [B, P].
 * @param scale 1 / (windows of the whole batch x P): the batch's loss is the mean.
 */
export function lossGradient(
  tf: TensorFlow,
  shape: ModelShape,
  flat: Tensor1D,
  input: Tensor2D,
  targets: Tensor2D,
  masks: Masks,
  scale: number,
): LossGradient {
  const weights = unpack(tf, shape, flat);
  const pass = forward(tf, shape, weights, input, masks);
  const errors = tf.sub(pass.predictions, targets) as Tensor2D;
  return {
    squaredError: tf.sum(tf.square(errors)),
    gradient: backward(tf, weights, pass, tf.mul(errors, 2 * scale), masks),
  };
}

function forward(
  tf: TensorFlow,
  { window }: ModelShape,
  weights: NetworkWeights,
  windows: Tensor2D,
  masks: Masks,
): NetworkPass {
  const layers: LayerPass[] = [];
  let input = windows;
  for (const [layer, gruWeights] of weights.layers.entries()) {
    const gru = gruForward(tf, gruWeights, input, window);
    layers.push({ input, gru });
    const isLast = layer === weights.layers.length - 1;
    const outputs = isLast ? gru.hidden[window]! : tf.concat(gru.hidden.slice(1), 0);
    input = masked(tf, outputs, masks[layer]!);
  }
  const predicted = tf.add(tf.matMul(input, weights.headKernel), weights.headBias) as Tensor2D;
  return { layers, top: input, predictions: predicted };
}

/** @param errors [B, P]: the loss's gradient by each prediction. */
function backward(
  tf: TensorFlow,
  { layers, headKernel }: NetworkWeights,
  pass: NetworkPass,
  errors: Tensor2D,
  masks: Masks,
): Tensor1D {
  const gradients: Tensor[] = [tf.matMul(pass.top, errors, true), tf.sum(errors, 0)];
  let dTop = tf.matMul(errors, headKernel, false, true) as Tensor2D;
  for (const [layer, { input, gru }] of [...pass.layers.entries()].reverse()) {
    const steps = gru.update.length;
    const dOutputs = masked(tf, dTop, masks[layer]!);
    const isLast = layer === layers.length - 1;
    const bySteps = isLast
      ? Array.from({ length: steps }, (_, t) => (t === steps - 1 ? dOutputs : null))
      : (tf.split(dOutputs, steps, 0) as Tensor2D[]);
    const { input: dInput, weights }: GruTensorGradients = gruBackward(
      tf,
      layers[layer]!,
      input,
      gru,
      bySteps,
    );
    gradients.unshift(...inLayoutOrder(weights));
    dTop = dInput;
  }
  return tf.concat(gradients.map((gradient) => tf.reshape(gradient, [-1])) as Tensor1D[], 0);
}

function masked(tf: TensorFlow, outputs: Tensor2D, mask: Tensor2D | null): Tensor2D {
  return mask === null ? outputs : tf.mul(outputs, mask);
}

function inLayoutOrder({ kernel, recurrentKernel, bias, recurrentBias }: GruTensors): Tensor[] {
  return [kernel, recurrentKernel, bias, ...(recurrentBias ? [recurrentBias] : [])];
}

function unpack(tf: TensorFlow, shape: ModelShape, flat: Tensor1D): NetworkWeights {
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
