/**
 * Where each weight lies in the flat array that all engines share, how weights start, and how they map to
 * other libraries.
 *
 * The flat array is the concatenation of Keras' `get_weights()`: for each layer the kernel [I, 3H], the
 * recurrent kernel [H, 3H] and the bias; then the head's kernel [H, P] and bias [P]; row-major, gates in the
 * order update z, reset r, candidate n. I is F for the first layer and the units below for the others.
 *
 * The bias has two rows, input [3H] and recurrent [3H], when `resetAfter`, as in Keras: only there does the
 * recurrent candidate's bias act apart, inside the reset gate. Without `resetAfter` there is one row [3H].
 *
 * PyTorch keeps weight_ih [3H, I], weight_hh [3H, H], bias_ih and bias_hh [3H], gates in the order r, z, n:
 * transposed, and the first two gates swapped (`fromPyTorch`, `toPyTorch`). It knows only `resetAfter: true`.
 */
import type { ModelShape } from "./engine.ts";

export type WeightKind = "kernel" | "recurrentKernel" | "bias" | "recurrentBias" | "headKernel" | "headBias";

export interface WeightTensor {
  readonly kind: WeightKind;
  /** The layer, from 0; the head counts as the last. */
  readonly layer: number;
  /** Row-major; one number for a bias. */
  readonly shape: readonly number[];
  readonly offset: number;
  readonly size: number;
}

/** All tensors of a model in the order of the flat array. */
export function weightLayout(shape: ModelShape): readonly WeightTensor[] {
  const tensors: WeightTensor[] = [];
  let offset = 0;
  const add = (kind: WeightKind, layer: number, ...dimensions: number[]) => {
    const size = dimensions.reduce((product, dimension) => product * dimension, 1);
    tensors.push({ kind, layer, shape: dimensions, offset, size });
    offset += size;
  };
  let inputs = shape.features;
  for (const [layer, { units }] of shape.layers.entries()) {
    add("kernel", layer, inputs, 3 * units);
    add("recurrentKernel", layer, units, 3 * units);
    add("bias", layer, 3 * units);
    if (shape.resetAfter) add("recurrentBias", layer, 3 * units);
    inputs = units;
  }
  add("headKernel", shape.layers.length, inputs, shape.horizon);
  add("headBias", shape.layers.length, shape.horizon);
  return tensors;
}

/** How many weights a model has: the length of the flat array. */
export function weightCount(shape: ModelShape): number {
  return weightLayout(shape).reduce((sum, tensor) => sum + tensor.size, 0);
}

/** One layer of PyTorch's nn.GRU, as `state_dict` has it, row-major. */
export interface PyTorchGruLayer {
  readonly weightIh: ArrayLike<number>;
  readonly weightHh: ArrayLike<number>;
  readonly biasIh: ArrayLike<number>;
  readonly biasHh: ArrayLike<number>;
}
export interface PyTorchModel {
  readonly layers: readonly PyTorchGruLayer[];
  /** nn.Linear: [P, H]. */
  readonly headWeight: ArrayLike<number>;
  readonly headBias: ArrayLike<number>;
}

/** The flat array of a PyTorch model. @throws RangeError when it has another shape, or `resetAfter` is false. */
export function fromPyTorch(shape: ModelShape, model: PyTorchModel): Float32Array {
  if (!shape.resetAfter)
    throw new RangeError("PyTorch's GRU resets after the recurrent product: expected resetAfter");
  const weights = new Float32Array(weightCount(shape));
  for (const tensor of weightLayout(shape)) {
    const source = pyTorchTensor(model, tensor);
    if (source?.length !== tensor.size) {
      throw new RangeError(
        `${tensor.kind} of layer ${tensor.layer} must hold ${tensor.size} numbers, got ${source?.length ?? "none"}`,
      );
    }
    for (let i = 0; i < tensor.size; i++) weights[tensor.offset + i] = source[pyTorchIndex(tensor, i)]!;
  }
  return weights;
}

/** The inverse of `fromPyTorch`. */
export function toPyTorch(shape: ModelShape, weights: Float32Array): PyTorchModel {
  const tensors = weightLayout(shape).map((tensor) => {
    const values = new Float32Array(tensor.size);
    for (let i = 0; i < tensor.size; i++) values[pyTorchIndex(tensor, i)] = weights[tensor.offset + i]!;
    return { ...tensor, values };
  });
  const find = (kind: WeightKind, layer: number) =>
    tensors.find((tensor) => tensor.kind === kind && tensor.layer === layer)!.values;
  const head = shape.layers.length;
  return {
    layers: shape.layers.map((_, layer) => ({
      weightIh: find("kernel", layer),
      weightHh: find("recurrentKernel", layer),
      biasIh: find("bias", layer),
      biasHh: find("recurrentBias", layer),
    })),
    headWeight: find("headKernel", head),
    headBias: find("headBias", head),
  };
}

function pyTorchTensor(model: PyTorchModel, { kind, layer }: WeightTensor): ArrayLike<number> | undefined {
  if (kind === "headKernel") return model.headWeight;
  if (kind === "headBias") return model.headBias;
  const weights = model.layers[layer];
  return {
    kernel: weights?.weightIh,
    recurrentKernel: weights?.weightHh,
    bias: weights?.biasIh,
    recurrentBias: weights?.biasHh,
  }[kind];
}

/** Where PyTorch keeps element i of one of our tensors. */
function pyTorchIndex({ kind, shape }: WeightTensor, i: number): number {
  const columns = shape.at(-1)!;
  const rows = shape.length === 2 ? shape[0]! : 1;
  const [row, column] = [Math.floor(i / columns), i % columns];
  if (kind === "headKernel" || kind === "headBias") return column * rows + row;
  const units = columns / 3;
  const [gate, unit] = [Math.floor(column / units), column % units];
  return ([1, 0, 2][gate]! * units + unit) * rows + row;
}
