/**
 * cuDNN's fused operations are used only where they compute the same. There is no GPU in these tests: the operations
 * are played by the float64 reference, on parameters in the order that cuDNN documents (cudnnGetRNNLinLayerMatrixParams:
 * reset, update, candidate of the input, then of the state, each [H, inputs]; then the biases alike).
 */
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { beforeEach, expect, test } from "vitest";
import type { ModelShape } from "../../server/engine/engine.ts";
import { type GruWeights, gruBackward, gruForward } from "../../server/engine/gru.ts";
import { disagreement, waveWindows } from "../../server/engine/probe.ts";
import { chooseGru } from "../../server/engine/tensorflow/choose-gru.ts";
import { fusedGru, type NodeBackend } from "../../server/engine/tensorflow/fused-gru.ts";
import { steppedGru } from "../../server/engine/tensorflow/stepped-gru.ts";
import { TensorFlowEngine } from "../../server/engine/tensorflow/tensorflow-engine.ts";

await tf.ready();
const backend = tf.backend() as unknown as {
  -readonly [key in keyof NodeBackend]: NodeBackend[key];
};
let calls: string[];

beforeEach(() => {
  calls = [];
  backend.isUsingGpuDevice = true;
  backend.binding = { TF_ATTR_TYPE: 1, TF_ATTR_STRING: 2, TF_FLOAT: 3 };
  backend.executeMultipleOutputs = playedBy();
});

/** Where cuDNN keeps each weight: our index in [z, r, n] order for each of its numbers, matrices before biases. */
function cudnnOrder(inputs: number, units: number): { kind: keyof GruWeights; index: number }[] {
  const gates = [1, 0, 2]; // its reset, update, candidate among ours
  const matrix = (kind: keyof GruWeights, rows: number) =>
    gates.flatMap((gate) =>
      Array.from({ length: units * rows }, (_, i) => {
        const [unit, row] = [Math.floor(i / rows), i % rows];
        return { kind, index: row * 3 * units + gate * units + unit };
      }),
    );
  const vector = (kind: keyof GruWeights) =>
    gates.flatMap((gate) =>
      Array.from({ length: units }, (_, unit) => ({ kind, index: gate * units + unit })),
    );
  return [
    ...matrix("kernel", inputs),
    ...matrix("recurrentKernel", units),
    ...vector("bias"),
    ...vector("recurrentBias"),
  ];
}

/** @param distort what a broken cuDNN does to its outputs. */
function playedBy(distort = (value: number) => value): NodeBackend["executeMultipleOutputs"] {
  return (operation, attributes, tensors, outputs) => {
    calls.push(operation);
    expect(attributes).toEqual([
      { name: "T", type: 1, value: 3 },
      { name: "rnn_mode", type: 2, value: "gru" },
    ]);
    expect(outputs).toBe(4);
    const numbers = tensors.map((tensor) => Float64Array.from((tensor as tf.Tensor).dataSync()));
    const [steps, batch, inputs] = tensors[0]!.shape as [number, number, number];
    const units = tensors[1]!.shape[2]!;
    const size = { steps, batch, inputs, units };
    const order = cudnnOrder(inputs, units);
    expect(tensors[3]!.shape).toEqual([order.length]);
    const weights = {
      kernel: new Float64Array(inputs * 3 * units),
      recurrentKernel: new Float64Array(units * 3 * units),
      bias: new Float64Array(3 * units),
      recurrentBias: new Float64Array(3 * units),
    };
    for (const [i, { kind, index }] of order.entries()) weights[kind][index] = numbers[3]![i]!;
    const input = numbers[0]!;
    const trace = gruForward(size, weights, input);
    const tensor = (values: Iterable<number>, shape: number[]) =>
      tf.tensor(Float32Array.from(values, distort), shape);
    if (operation === "CudnnRNN") {
      const hidden = trace.hidden.subarray(batch * units);
      const last = hidden.subarray((steps - 1) * batch * units);
      const none = () => tf.zeros([0]);
      return [tensor(hidden, [steps, batch, units]), tensor(last, [1, batch, units]), none(), none()];
    }
    const outputGradient = numbers[7]!.slice();
    const at = (steps - 1) * batch * units;
    for (const [i, gradient] of numbers[8]!.entries()) outputGradient[at + i]! += gradient;
    const gradients = gruBackward(size, weights, input, trace, outputGradient);
    const flat = order.map(({ kind, index }) => gradients.weights[kind]![index]!);
    return [
      tensor(gradients.input, [steps, batch, inputs]),
      tf.zeros([1, batch, units]),
      tf.zeros([0]),
      tensor(flat, [flat.length]),
    ];
  };
}

test("fused operations that compute what the steps compute are used, and the device says so", async () => {
  const chosen = await chooseGru(tf);
  expect(chosen).toEqual({ gru: fusedGru, reason: "cuDNN's fused GRU" });
  expect(calls).toContain("CudnnRNNBackprop");
  const engine = new TensorFlowEngine(tf, "test", chosen.gru);
  expect(await disagreement(engine, true)).toBeNull();
  calls = [];
  expect(await disagreement(engine, false)).toBeNull(); // which cuDNN does not know
  expect(calls).toEqual([]);
});

test("fused operations that compute something else are left aside, with by how much", async () => {
  backend.executeMultipleOutputs = playedBy((value) => value * 1.01);
  expect(await chooseGru(tf)).toEqual({
    gru: steppedGru,
    reason: expect.stringMatching(/^step by step: cuDNN's fused GRU is off by \d\.\de-\d$/),
  });
  backend.executeMultipleOutputs = playedBy(() => Number.NaN);
  expect((await chooseGru(tf)).gru).toBe(steppedGru);
});

test("fused operations that fail are left aside, with why, and leave no tensor behind", async () => {
  const before = tf.memory().numTensors;
  backend.executeMultipleOutputs = () => {
    throw new Error("Invalid TF_Status: 13\nMessage: Failed to call ThenRnnForward");
  };
  const reason =
    "step by step: cuDNN's fused GRU fails: Invalid TF_Status: 13 Message: Failed to call ThenRnnForward";
  expect(await chooseGru(tf)).toEqual({ gru: steppedGru, reason });
  expect(tf.memory().numTensors).toBe(before);
});

test("without a GPU nothing is tried", async () => {
  backend.isUsingGpuDevice = false;
  expect(await chooseGru(tf)).toEqual({ gru: steppedGru, reason: null });
  expect(calls).toEqual([]);
});

test("a fused model holds three tensors, however many batches it trained", async () => {
  const shape: ModelShape = {
    features: 2,
    window: 5,
    horizon: 1,
    layers: [
      { units: 4, dropout: 0.2 },
      { units: 3, dropout: 0 },
    ],
    resetAfter: true,
  };
  const before = tf.memory().numTensors;
  const engine = new TensorFlowEngine(tf, "test", fusedGru);
  const model = await engine.createModel(shape, { batchSize: 4, learningRate: 0.01, seed: 1 });
  const windows = waveWindows(shape, 10);
  for (let epoch = 1; epoch <= 3; epoch++) {
    await model.trainEpoch(windows, epoch);
    await model.predict(windows);
    expect(tf.memory().numTensors).toBe(before + 3);
  }
  await model.dispose();
  expect(tf.memory().numTensors).toBe(before);
});
