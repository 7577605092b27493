/**
 * A GRU layer's equations in float64, slowly and plainly: the reference that every engine is held against.
 * T time steps, B windows, I inputs, H units; all arrays flat and row-major.
 *
 *   z = sigmoid(x Wz + h Uz + bz)                   update: how much of the past to keep
 *   r = sigmoid(x Wr + h Ur + br)                   reset: how much of the past the candidate sees
 *   n = tanh(x Wn + bn + r * (h Un + cn))           candidate, `resetAfter` (Keras 2+, PyTorch, cuDNN)
 *   n = tanh(x Wn + bn + (r * h) Un)                candidate, reset before (Cho et al., EMNLP 2014)
 *   h' = (1 - z) * n + z * h
 *
 * With `resetAfter` every gate has a recurrent bias c; for z and r it only adds to b.
 */

export interface GruDimensions {
  readonly steps: number;
  readonly batch: number;
  readonly inputs: number;
  readonly units: number;
}

/** In Keras' layout; gates in the order z, r, n. */
export interface GruWeights {
  /** W: [I, 3H]. */
  readonly kernel: Float64Array;
  /** U: [H, 3H]. */
  readonly recurrentKernel: Float64Array;
  /** b: [3H]. */
  readonly bias: Float64Array;
  /** c: [3H]; its presence means that the reset acts after the recurrent product. */
  readonly recurrentBias: Float64Array | null;
}

/** What the backward pass needs of the forward pass; each [T, B, H] unless said otherwise. */
export interface GruTrace {
  readonly update: Float64Array;
  readonly reset: Float64Array;
  readonly candidate: Float64Array;
  /** h Un + cn, with `resetAfter`. */
  readonly recurrentCandidate: Float64Array;
  /** [T + 1, B, H]: the state before the first step (zero) and after each. */
  readonly hidden: Float64Array;
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** @param input [T, B, I]. */
export function gruForward(size: GruDimensions, weights: GruWeights, input: Float64Array): GruTrace {
  const { steps, batch, inputs, units } = size;
  const trace: GruTrace = {
    update: new Float64Array(steps * batch * units),
    reset: new Float64Array(steps * batch * units),
    candidate: new Float64Array(steps * batch * units),
    recurrentCandidate: new Float64Array(steps * batch * units),
    hidden: new Float64Array((steps + 1) * batch * units),
  };
  for (let row = 0; row < steps * batch; row++) {
    const x = input.subarray(row * inputs, (row + 1) * inputs);
    const past = trace.hidden.subarray(row * units, (row + 1) * units);
    const at = row * units;
    const fromInput = affine(x, weights.kernel, weights.bias);
    const fromPast = affine(past, weights.recurrentKernel, weights.recurrentBias);
    const resetPast = new Float64Array(units);
    for (let u = 0; u < units; u++) {
      trace.update[at + u] = sigmoid(fromInput[u]! + fromPast[u]!);
      trace.reset[at + u] = sigmoid(fromInput[units + u]! + fromPast[units + u]!);
      resetPast[u] = trace.reset[at + u]! * past[u]!;
    }
    const fromResetPast = affine(resetPast, weights.recurrentKernel, null);
    for (let u = 0; u < units; u++) {
      const gate = 2 * units + u;
      const recurrent = weights.recurrentBias ? trace.reset[at + u]! * fromPast[gate]! : fromResetPast[gate]!;
      const n = Math.tanh(fromInput[gate]! + recurrent);
      const z = trace.update[at + u]!;
      trace.recurrentCandidate[at + u] = fromPast[gate]!;
      trace.candidate[at + u] = n;
      trace.hidden[(row + batch) * units + u] = (1 - z) * n + z * past[u]!;
    }
  }
  return trace;
}

export interface GruGradients {
  /** [T, B, I] */
  readonly input: Float64Array;
  readonly weights: GruWeights;
}

/** @param outputGradient [T, B, H]: the loss's gradient by each step's output. */
export function gruBackward(
  size: GruDimensions,
  weights: GruWeights,
  input: Float64Array,
  trace: GruTrace,
  outputGradient: Float64Array,
): GruGradients {
  const { steps, batch, inputs, units } = size;
  const inputGradient = new Float64Array(input.length);
  const gradient: GruWeights = {
    kernel: new Float64Array(weights.kernel.length),
    recurrentKernel: new Float64Array(weights.recurrentKernel.length),
    bias: new Float64Array(weights.bias.length),
    recurrentBias: weights.recurrentBias && new Float64Array(weights.recurrentBias.length),
  };
  const hiddenGradient = new Float64Array(batch * units);

  for (let row = steps * batch - 1; row >= 0; row--) {
    const b = row % batch;
    const at = row * units;
    const past = trace.hidden.subarray(at, at + units);
    const d = hiddenGradient.subarray(b * units, (b + 1) * units);
    // By the sums inside the nonlinearities: what reaches the input's product, and the recurrent one's.
    const fromInput = new Float64Array(3 * units);
    const fromPast = new Float64Array(3 * units);
    const resetPast = new Float64Array(units);
    for (let u = 0; u < units; u++) {
      const [z, r, n] = [trace.update[at + u]!, trace.reset[at + u]!, trace.candidate[at + u]!];
      const dHidden = d[u]! + outputGradient[at + u]!;
      const dn = dHidden * (1 - z) * (1 - n * n);
      const dr = dn * trace.recurrentCandidate[at + u]! * r * (1 - r);
      fromInput[u] = fromPast[u] = dHidden * (past[u]! - n) * z * (1 - z);
      fromInput[units + u] = fromPast[units + u] = dr;
      fromInput[2 * units + u] = dn;
      fromPast[2 * units + u] = dn * r;
      resetPast[u] = r * past[u]!;
      d[u] = dHidden * z;
    }
    if (gradient.recurrentBias === null) {
      // Reset before: the candidate's product reads r * h, so r's gradient comes back through that product.
      const dCandidate = new Float64Array(3 * units);
      dCandidate.set(fromInput.subarray(2 * units), 2 * units);
      const dResetPast = timesTransposed(dCandidate, weights.recurrentKernel, units);
      addOuter(gradient.recurrentKernel, resetPast, dCandidate);
      for (let u = 0; u < units; u++) {
        const r = trace.reset[at + u]!;
        fromInput[units + u] = fromPast[units + u] = dResetPast[u]! * past[u]! * r * (1 - r);
        fromPast[2 * units + u] = 0;
        d[u]! += dResetPast[u]! * r;
      }
    } else {
      addTo(gradient.recurrentBias, fromPast);
    }
    addTo(d, timesTransposed(fromPast, weights.recurrentKernel, units));
    addTo(
      inputGradient.subarray(row * inputs, (row + 1) * inputs),
      timesTransposed(fromInput, weights.kernel, inputs),
    );
    addTo(gradient.bias, fromInput);
    addOuter(gradient.kernel, input.subarray(row * inputs, (row + 1) * inputs), fromInput);
    addOuter(gradient.recurrentKernel, past, fromPast);
  }
  return { input: inputGradient, weights: gradient };
}

/** x M + bias: x [R], M [R, C]. */
function affine(x: Float64Array, matrix: Float64Array, bias: Float64Array | null): Float64Array {
  const columns = matrix.length / x.length;
  const sum = bias === null ? new Float64Array(columns) : Float64Array.from(bias);
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < columns; j++) sum[j]! += x[i]! * matrix[i * columns + j]!;
  }
  return sum;
}

/** y M^T: y [C], M [R, C]. */
function timesTransposed(y: Float64Array, matrix: Float64Array, rows: number): Float64Array {
  const product = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < y.length; j++) product[i]! += y[j]! * matrix[i * y.length + j]!;
  }
  return product;
}

/** sum += x^T y. */
function addOuter(sum: Float64Array, x: Float64Array, y: Float64Array): void {
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < y.length; j++) sum[i * y.length + j]! += x[i]! * y[j]!;
  }
}

function addTo(sum: Float64Array, addend: Float64Array): void {
  for (let i = 0; i < sum.length; i++) sum[i]! += addend[i]!;
}
