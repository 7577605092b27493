/**
 * A GRU layer forward and back through time in TensorFlow's operations: the equations of ../gru.ts, with all that
 * does not wait for the step before computed for all steps at once.
 *
 * The gradients are written out, not left to tfjs' tape: so the slopes and the weights' gradients take one operation
 * instead of one a step, and dispatching is what a small model pays for. 12 operations a step forward, 9 or 10 back.
 */
import assert from "node:assert/strict";
import type { Gru, GruGradients, GruTensors } from "./gru-layer.ts";
import type { Tensor1D, Tensor2D, TensorFlow } from "./tensorflow.ts";

/** What the backward pass needs of the forward pass: for each step, [B, H]. */
interface Trace {
  readonly update: readonly Tensor2D[];
  readonly reset: readonly Tensor2D[];
  readonly candidate: readonly Tensor2D[];
  /** What the reset gate is multiplied with: h Un + cn with the reset after the product, h with it before. */
  readonly gated: readonly Tensor2D[];
  /** T + 1: the state before the first step (zero) and after each. */
  readonly hidden: readonly Tensor2D[];
}

export const steppedGru: Gru = (tf, weights, input, steps) => {
  const trace = forward(tf, weights, input, steps);
  const last = trace.hidden[steps]!;
  return {
    last,
    outputs: () => tf.concat(trace.hidden.slice(1), 0),
    backward(by, gradient) {
      const byStep =
        by === "outputs"
          ? tf.split<Tensor2D>(gradient, steps, 0)
          : [...Array<null>(steps - 1).fill(null), gradient];
      return backward(tf, weights, input, trace, byStep);
    },
  };
};

function forward(tf: TensorFlow, weights: GruTensors, input: Tensor2D, steps: number): Trace {
  const { kernel, recurrentKernel, bias, recurrentBias } = weights;
  const units = recurrentKernel.shape[0];
  const parts = [2 * units, units];
  const [inputGates, inputCandidates] = tf.tidy(() => {
    const projected = tf.add(tf.matMul(input, kernel), bias) as Tensor2D;
    return tf.split(projected, parts, 1).map((part) => tf.split(part, steps, 0)) as [Tensor2D[], Tensor2D[]];
  });
  const [gateKernel, candidateKernel] = tf.split(recurrentKernel, parts, 1) as [Tensor2D, Tensor2D];

  const step = (t: number, past: Tensor2D) => {
    if (recurrentBias === null) {
      const [z, r] = gates(tf, inputGates[t]!, tf.matMul(past, gateKernel));
      const n = tf.tanh(tf.add<Tensor2D>(inputCandidates[t]!, tf.matMul(tf.mul(r, past), candidateKernel)));
      return [z, r, n, past, blend(tf, z, n, past)] as Tensor2D[];
    }
    const fromPast = tf.add<Tensor2D>(tf.matMul(past, recurrentKernel), recurrentBias);
    const [pastGates, pastCandidate] = tf.split(fromPast, parts, 1) as [Tensor2D, Tensor2D];
    const [z, r] = gates(tf, inputGates[t]!, pastGates);
    const n = tf.tanh(tf.add<Tensor2D>(inputCandidates[t]!, tf.mul(r, pastCandidate)));
    return [z, r, n, pastCandidate, blend(tf, z, n, past)] as Tensor2D[];
  };

  const trace: Tensor2D[][] = [];
  const hidden: Tensor2D[] = [tf.zeros([input.shape[0] / steps, units])];
  for (let t = 0; t < steps; t++) {
    const values = tf.tidy(() => step(t, hidden[t]!));
    hidden.push(values.pop()!);
    trace.push(values);
  }
  const [update, reset, candidate, gated] = [0, 1, 2, 3].map((i) => trace.map((values) => values[i]!));
  return { update: update!, reset: reset!, candidate: candidate!, gated: gated!, hidden };
}

function gates(tf: TensorFlow, fromInput: Tensor2D, fromPast: Tensor2D): [Tensor2D, Tensor2D] {
  return tf.split(tf.sigmoid(tf.add(fromInput, fromPast)), 2, 1) as [Tensor2D, Tensor2D];
}

/** (1 - z) n + z h */
function blend(tf: TensorFlow, z: Tensor2D, n: Tensor2D, past: Tensor2D): Tensor2D {
  return tf.add(n, tf.mul(z, tf.sub(past, n)));
}

/** @param outputGradients for each step the loss's gradient by its output, [B, H]; null where there is none, never at the last. */
function backward(
  tf: TensorFlow,
  weights: GruTensors,
  input: Tensor2D,
  trace: Trace,
  outputGradients: readonly (Tensor2D | null)[],
): GruGradients {
  const { kernel, recurrentKernel, recurrentBias } = weights;
  const steps = trace.update.length;
  const units = recurrentKernel.shape[0];
  const slopes = slopesOf(tf, trace);
  const [gateKernel, candidateKernel] = tf.split(recurrentKernel, [2 * units, units], 1) as [
    Tensor2D,
    Tensor2D,
  ];

  /** By the sums inside the nonlinearities (what reaches the input's product, and the recurrent one's), and by h. */
  const step = (t: number, dHidden: Tensor2D) => {
    const dz = tf.mul(dHidden, slopes.update[t]!);
    const dn = tf.mul(dHidden, slopes.candidate[t]!);
    const direct = tf.mul(dHidden, trace.update[t]!);
    if (recurrentBias === null) {
      const dResetPast = tf.matMul(dn, candidateKernel, false, true);
      const fromGates = tf.concat([dz, tf.mul(dResetPast, slopes.reset[t]!)], 1) as Tensor2D;
      const dPast = tf.add(
        tf.add(direct, tf.mul(dResetPast, trace.reset[t]!)),
        tf.matMul(fromGates, gateKernel, false, true),
      );
      return [tf.concat([fromGates, dn], 1), fromGates, dPast] as Tensor2D[];
    }
    const dr = tf.mul(dn, slopes.reset[t]!);
    const fromPast = tf.concat([dz, dr, tf.mul(dn, trace.reset[t]!)], 1) as Tensor2D;
    const dPast = tf.add(direct, tf.matMul(fromPast, recurrentKernel, false, true));
    return [tf.concat([dz, dr, dn], 1), fromPast, dPast] as Tensor2D[];
  };

  const fromInputs: Tensor2D[] = [];
  const fromPasts: Tensor2D[] = [];
  let dPast: Tensor2D | null = null;
  for (let t = steps - 1; t >= 0; t--) {
    const [above, beyond] = [outputGradients[t], dPast as Tensor2D | null];
    const dHidden = above && beyond ? tf.add<Tensor2D>(above, beyond) : (above ?? beyond);
    assert(dHidden, "the last step has a gradient");
    [fromInputs[t], fromPasts[t], dPast] = tf.tidy(() => step(t, dHidden)) as [Tensor2D, Tensor2D, Tensor2D];
  }

  const past = tf.concat(trace.hidden.slice(0, steps) as Tensor2D[], 0);
  const fromInput = tf.concat(fromInputs, 0);
  const fromPast = tf.concat(fromPasts, 0);
  const pastProduct = tf.matMul(past, fromPast, true);
  const recurrentGradient =
    recurrentBias === null
      ? tf.concat([pastProduct, candidateProduct(tf, trace, past, fromInput)], 1)
      : pastProduct;
  return {
    input: tf.matMul(fromInput, kernel, false, true),
    weights: {
      kernel: tf.matMul(input, fromInput, true),
      recurrentKernel: recurrentGradient as Tensor2D,
      bias: tf.sum(fromInput, 0),
      recurrentBias: recurrentBias && tf.sum<Tensor1D>(fromPast, 0),
    },
  };
}

/** Reset before: the candidate's product reads r h. */
function candidateProduct(tf: TensorFlow, trace: Trace, past: Tensor2D, fromInput: Tensor2D): Tensor2D {
  const units = past.shape[1];
  const resetPast = tf.mul(tf.concat(trace.reset as Tensor2D[], 0), past) as Tensor2D;
  return tf.matMul(resetPast, tf.slice(fromInput, [0, 2 * units], [-1, units]), true);
}

/** What each step multiplies a gradient with, for all steps at once: it waits for nothing. */
function slopesOf(tf: TensorFlow, trace: Trace) {
  const steps = trace.update.length;
  const [update, reset, candidate] = tf.tidy(() => {
    const [z, r, n, gated, past] = [
      trace.update,
      trace.reset,
      trace.candidate,
      trace.gated,
      trace.hidden.slice(0, steps),
    ].map((list) => tf.concat(list as Tensor2D[], 0)) as [Tensor2D, Tensor2D, Tensor2D, Tensor2D, Tensor2D];
    const notUpdate = tf.sub(1, z);
    return [
      tf.mul(tf.sub(past, n), tf.mul(z, notUpdate)),
      tf.mul(gated, tf.mul(r, tf.sub(1, r))),
      tf.mul(notUpdate, tf.sub(1, tf.square(n))),
    ].map((slope) => tf.split(slope, steps, 0) as Tensor2D[]);
  });
  return { update: update!, reset: reset!, candidate: candidate! };
}
