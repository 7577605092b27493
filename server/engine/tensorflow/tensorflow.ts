/** What this engine needs of TensorFlow: the operations of tfjs-core, whichever package and backend bring them. */
import type * as core from "@tensorflow/tfjs-core";

export type TensorFlow = typeof core;
export type Tensor = core.Tensor;
export type Tensor1D = core.Tensor1D;
export type Tensor2D = core.Tensor2D;

/** The tensor's numbers; they are the caller's own, whatever becomes of the tensor. */
export async function copyOf(tensor: Tensor): Promise<Float32Array> {
  // The pure JavaScript backend hands out its own array.
  return Float32Array.from(await tensor.data());
}

/** The tensor's numbers, and the tensor is gone. */
export async function taken(tensor: Tensor): Promise<Float32Array> {
  try {
    return await copyOf(tensor);
  } finally {
    tensor.dispose();
  }
}
