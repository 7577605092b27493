/**
 * A GRU layer by cuDNN's fused operations, one call for all steps: what TensorFlow's own Keras layer uses on a GPU.
 * cuDNN knows the reset after the recurrent product only; the other kind goes step by step.
 *
 * cuDNN's gates stand in the order reset, update, candidate, its matrices are the transposes of Keras', and all of
 * them lie in one array before all biases (keras 2.15, layers/rnn/gru.py `gpu_gru`; tensorflow, cudnn_rnn_grad.py).
 * T steps, B windows, I inputs, H units.
 */
import type { Tensor3D, TensorInfo } from "@tensorflow/tfjs-core";
import type { Gru, GruTensors } from "./gru-layer.ts";
import { steppedGru } from "./stepped-gru.ts";
import type { Tensor, Tensor1D, Tensor2D, TensorFlow } from "./tensorflow.ts";

interface Attribute {
  readonly name: string;
  readonly type: number;
  readonly value: number | string;
}

/** What tfjs-node's backend has beside what every backend has. */
export interface NodeBackend {
  readonly isUsingGpuDevice: boolean;
  readonly binding: Readonly<Record<"TF_ATTR_TYPE" | "TF_ATTR_STRING" | "TF_FLOAT", number>>;
  executeMultipleOutputs(
    operation: string,
    attributes: readonly Attribute[],
    inputs: readonly TensorInfo[],
    outputs: number,
  ): Tensor[];
}

export const fusedGru: Gru = (tf, weights, input, steps) => {
  if (weights.recurrentBias === null) return steppedGru(tf, weights, input, steps);
  const inputs = input.shape[1];
  const batch = input.shape[0] / steps;
  const units = weights.recurrentKernel.shape[0];
  const sequence: Tensor3D = tf.reshape(input, [steps, batch, inputs]);
  const initial = tf.zeros([1, batch, units]);
  const noCell = tf.scalar(0); // only an LSTM has one
  const parameters = pack(tf, weights);
  const given = [sequence, initial, noCell, parameters];
  const [output, lastState, lastCell, reserve] = execute(tf, "CudnnRNN", given);
  return {
    last: tf.reshape(lastState, [batch, units]),
    outputs: () => tf.reshape(output, [steps * batch, units]),
    backward(by, gradient) {
      const byOutputs = by === "outputs" ? tf.reshape(gradient, [steps, batch, units]) : tf.zerosLike(output);
      const byLast = by === "last" ? tf.reshape(gradient, [1, batch, units]) : tf.zerosLike(lastState);
      const [byInput, , , byParameters] = execute(tf, "CudnnRNNBackprop", [
        ...given,
        output,
        lastState,
        lastCell,
        byOutputs,
        byLast,
        tf.zerosLike(lastCell),
        reserve,
      ]);
      return {
        input: tf.reshape(byInput, [steps * batch, inputs]),
        weights: unpack(tf, byParameters as Tensor1D, inputs, units),
      };
    },
  };
};

/** Both operations have four outputs, all of them float32: the versions after them have one that tfjs cannot read. */
function execute(tf: TensorFlow, operation: "CudnnRNN" | "CudnnRNNBackprop", inputs: readonly Tensor[]) {
  const backend = tf.backend() as unknown as NodeBackend;
  const { TF_ATTR_TYPE, TF_ATTR_STRING, TF_FLOAT } = backend.binding;
  const attributes = [
    { name: "T", type: TF_ATTR_TYPE, value: TF_FLOAT },
    { name: "rnn_mode", type: TF_ATTR_STRING, value: "gru" },
  ];
  const outputs = backend.executeMultipleOutputs(operation, attributes, inputs, 4);
  return outputs as [Tensor, Tensor, Tensor, Tensor];
}

/** z, r, n to r, z, n and back. */
const swapped = <T>([first, second, candidate]: readonly T[]): [T, T, T] => [second!, first!, candidate!];

function pack(tf: TensorFlow, { kernel, recurrentKernel, bias, recurrentBias }: GruTensors): Tensor1D {
  const matrices = [kernel, recurrentKernel].flatMap((matrix) =>
    swapped(tf.split(matrix, 3, 1)).map((gate) => tf.reshape(tf.transpose(gate), [-1])),
  );
  const biases = [bias, recurrentBias!].flatMap((both) => swapped(tf.split(both, 3, 0)));
  return tf.concat([...matrices, ...biases] as Tensor1D[], 0);
}

/** @param flat in cuDNN's order. */
function unpack(tf: TensorFlow, flat: Tensor1D, inputs: number, units: number): GruTensors {
  const rows = [inputs, inputs, inputs, units, units, units];
  const parts = tf.split(flat, [...rows.map((size) => size * units), ...Array<number>(6).fill(units)], 0);
  const matrix = (first: number) => {
    const gates = parts
      .slice(first, first + 3)
      .map((gate) => tf.transpose(tf.reshape(gate, [units, rows[first]!])));
    return tf.concat(swapped(gates), 1) as Tensor2D;
  };
  const vector = (first: number) => tf.concat(swapped(parts.slice(first, first + 3)), 0) as Tensor1D;
  return { kernel: matrix(0), recurrentKernel: matrix(3), bias: vector(6), recurrentBias: vector(9) };
}
