/**
 * What a GRU layer is to the network above it, however it is computed: step by step (stepped-gru.ts) or by cuDNN's
 * fused operations (fused-gru.ts). T steps, B windows, I inputs, H units; a sequence is [T B, ...], time first.
 */
import type { Tensor1D, Tensor2D, TensorFlow } from "./tensorflow.ts";

/** In Keras' layout; gates in the order z, r, n. */
export interface GruTensors {
  /** W: [I, 3H]. */
  readonly kernel: Tensor2D;
  /** U: [H, 3H]. */
  readonly recurrentKernel: Tensor2D;
  /** b: [3H]. */
  readonly bias: Tensor1D;
  /** c: [3H]; its presence means that the reset acts after the recurrent product. */
  readonly recurrentBias: Tensor1D | null;
}

/** Forward through time from a zero state. Call it, and `backward`, within one `tf.tidy`. @param input [T B, I]. */
export type Gru = (tf: TensorFlow, weights: GruTensors, input: Tensor2D, steps: number) => GruPass;

export interface GruPass {
  /** The state after the last step: [B, H]. */
  readonly last: Tensor2D;
  /** The state after each step: [T B, H]. */
  outputs(): Tensor2D;
  /** @param gradient the loss's, by `last` or by `outputs()`, and of that shape. */
  backward(by: "last" | "outputs", gradient: Tensor2D): GruGradients;
}

export interface GruGradients {
  /** [T B, I] */
  readonly input: Tensor2D;
  readonly weights: GruTensors;
}
