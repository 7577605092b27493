/**
 * How a group of models lies on a GPU: sizes of buffers, and how many windows are handled at once. Decided by the
 * shape and the device's limits alone, so that the same run on the same device adds its numbers in the same order.
 *
 * K models, B batch, S windows of a slice (S <= B) padded to whole workgroup rows, W window, F features, H units,
 * P horizon. Activations are time-major: row t * S + b is window b at time step t.
 */
import { type ModelShape, ShapeUnsupported } from "../engine.ts";
import { type WeightKind, weightCount, weightLayout } from "../weights.ts";
import { bytesOf, type HeldMatrix, holdMatrix, type Registers } from "./kernels/held-matrix.ts";
import { tileSize } from "./kernels/tile.ts";

/** What a device can hold and start. */
export interface Limits {
  readonly maxStorageBufferBindingSize: number;
  readonly maxBufferSize: number;
  readonly maxComputeWorkgroupsPerDimension: number;
  readonly maxComputeWorkgroupStorageSize: number;
  /** Where they are known: WebGPU does not tell. */
  readonly registers?: Registers | undefined;
}

/** A layer whose recurrent kernel stays in the registers of each workgroup that runs it through time. */
export interface HeldLayer {
  readonly forward: HeldMatrix;
  readonly backward: HeldMatrix;
  /** Whether the forward run multiplies the layer's input with its kernel, too: with few inputs, by the way. */
  readonly projectsInput: boolean;
}

export interface LayerPlan {
  readonly index: number;
  readonly isLast: boolean;
  /** F, or the units of the layer below. */
  readonly inputs: number;
  readonly units: number;
  readonly dropout: number;
  /** Whether dropout lies between this layer and the next. The last layer's acts on one step only: the head does it. */
  readonly keeps: boolean;
  /** Null where it does not fit into registers, they are not known, or the reset gate acts before the product. */
  readonly held: HeldLayer | null;
  /** Where it is not held: rows of [S, H] that one workgroup carries through time, 4, 2 or 1. */
  readonly rowsForward: number;
  readonly rowsBackward: number;
  /** Where the layer's tensors begin in the flat weights. */
  readonly kernelAt: number;
  readonly recurrentAt: number;
  readonly biasAt: number;
  /** Only when the reset gate acts after the recurrent product. */
  readonly recurrentBiasAt: number | null;
  /** Where its recurrent kernel, transposed to [3H, H], begins among the transposed ones; only where it is not held. */
  readonly transposedAt: number;
}

export interface Plan {
  readonly shape: ModelShape;
  readonly models: number;
  readonly batchSize: number;
  /** S before padding: at most so many windows are handled at once. */
  readonly sliceSize: number;
  /** S: rows of a time step in every buffer. */
  readonly rows: number;
  readonly layers: readonly LayerPlan[];
  readonly headKernelAt: number;
  readonly headBiasAt: number;
  readonly weightCount: number;
  readonly transposedCount: number;
  /** The sum over all rows of a weight gradient is cut into so many parts, which run beside each other. */
  readonly gradientParts: number;
  /** Length of each buffer that belongs to the group, in 4-byte words. */
  readonly words: Readonly<Record<string, number>>;
}

/** One workgroup sums the squares of so many gradients. */
export const gradientsPerWorkgroup = 256;
/** A layer's run through time is cut into so many workgroups at least where its kernel is not held: by reasoning. */
const fewestWorkgroups = 32;
/** The same for layers whose kernel is held, which has a row more to itself the more workgroups there are: an H100 has 132. */
const fewestHoldingWorkgroups = 128;
/** Inputs of a layer that a held run multiplies itself. */
const mostProjectedInputs = 4;
/** Rows of a sum that one part of a weight gradient adds up. Large models have tiles enough without parts. */
const rowsPerGradientPart = 256;
const mostGradientParts = 16;
const mostGradientPartBytes = 2 ** 25;
/** Together the activations of a group stay below this: they are scratch space, and a larger slice gains little. */
const mostActivationBytes = 2 ** 31;

/** @throws ShapeUnsupported when the device cannot hold a single window of the shape. */
export function planModels(shape: ModelShape, batchSize: number, models: number, limits: Limits): Plan {
  for (let parts = 1; ; parts *= 2) {
    const plan = layOut(shape, batchSize, models, Math.ceil(batchSize / parts), limits);
    const excess = excessOf(plan, limits);
    if (!excess) return plan;
    if (plan.sliceSize === 1) throw new ShapeUnsupported(excess);
  }
}

function layOut(
  shape: ModelShape,
  batchSize: number,
  models: number,
  sliceSize: number,
  limits: Limits,
): Plan {
  const { features, window, horizon, resetAfter } = shape;
  const rows = sliceSize <= 2 ? sliceSize : Math.ceil(sliceSize / 4) * 4;
  const layout = weightLayout(shape);
  const at = (kind: WeightKind, layer: number) =>
    layout.find((tensor) => tensor.kind === kind && tensor.layer === layer)?.offset ?? 0;
  /** As many rows as share a weight: fewer where that leaves too few workgroups, or their memory is short. */
  const rowsTogether = (bytesPerRow: number) =>
    [4, 2].find(
      (count) =>
        rows % count === 0 &&
        (models * rows) / count >= fewestWorkgroups &&
        count * bytesPerRow <= limits.maxComputeWorkgroupStorageSize,
    ) ?? 1;

  const hold = (what: Pick<HeldMatrix, "inner" | "units" | "gates">): HeldMatrix | null => {
    for (const together of limits.registers ? [4, 2, 1] : []) {
      if (rows % together !== 0 || (together > 1 && (models * rows) / together < fewestHoldingWorkgroups))
        continue;
      const matrix = holdMatrix({ ...what, rows: together }, limits.registers!);
      if (matrix && bytesOf(matrix) <= limits.maxComputeWorkgroupStorageSize) return matrix;
    }
    return null;
  };
  const heldLayer = (units: number, inputs: number): HeldLayer | null => {
    if (!resetAfter) return null;
    const forward = hold({ inner: units, units, gates: 3 });
    const backward = hold({ inner: 3 * units, units, gates: 1 });
    return forward && backward && { forward, backward, projectsInput: inputs <= mostProjectedInputs };
  };

  let transposedCount = 0;
  const layers = shape.layers.map(({ units, dropout }, index): LayerPlan => {
    const isLast = index === shape.layers.length - 1;
    const inputs = index === 0 ? features : shape.layers[index - 1]!.units;
    const held = heldLayer(units, inputs);
    const transposedAt = transposedCount;
    if (!held) transposedCount += 3 * units * units;
    return {
      index,
      isLast,
      inputs,
      units,
      keeps: !isLast && dropout > 0,
      held,
      dropout,
      rowsForward: rowsTogether(4 * 3 * units),
      rowsBackward: rowsTogether(4 * 4 * units),
      kernelAt: at("kernel", index),
      recurrentAt: at("recurrentKernel", index),
      biasAt: at("bias", index),
      recurrentBiasAt: resetAfter ? at("recurrentBias", index) : null,
      transposedAt,
    };
  });

  const weights = weightCount(shape);
  const steps = window * rows;
  const gradientParts = Math.min(
    mostGradientParts,
    Math.ceil(steps / rowsPerGradientPart),
    Math.max(1, Math.floor(mostGradientPartBytes / (4 * weights))),
  );
  const last = layers.at(-1)!;
  const words: Record<string, number> = {
    weights: models * weights,
    firstMoment: models * weights,
    secondMoment: models * weights,
    gradient: models * weights,
    gradientParts: models * gradientParts * weights,
    gradientSquares: models * Math.ceil(weights / gradientsPerWorkgroup),
    transposed: models * transposedCount,
    firstBadBatch: models,
    inputs: models * steps * features,
    lastOutput: models * rows * last.units,
    lastOutputSlope: models * rows * last.units,
    errors: models * rows * horizon,
  };
  for (const { index, units, keeps, isLast, held } of layers) {
    words[`gates${index}`] = models * steps * 4 * units;
    if (!held?.projectsInput) words[`projected${index}`] = models * steps * 3 * units;
    words[`hidden${index}`] = models * (steps + rows) * units;
    if (!isLast) words[`outputSlope${index}`] = models * steps * units;
    if (keeps) {
      words[`keep${index}`] = models * steps * units;
      words[`dropped${index}`] = models * steps * units;
    }
  }
  return {
    shape,
    models,
    batchSize,
    sliceSize,
    rows,
    layers,
    headKernelAt: at("headKernel", layers.length),
    headBiasAt: at("headBias", layers.length),
    weightCount: weights,
    transposedCount,
    gradientParts,
    words,
  };
}

/** Says what is too large for the device, or null. */
function excessOf({ shape, models, rows, layers, words }: Plan, limits: Limits): string | null {
  const largestBytes = Math.min(limits.maxStorageBufferBindingSize, limits.maxBufferSize);
  const what = `${models} model(s) with a window of ${shape.window}, ${rows} window(s) at once`;
  for (const [name, count] of Object.entries(words))
    if (4 * count > largestBytes)
      return `${what} need ${sized(4 * count)} for ${name}; this device binds at most ${sized(largestBytes)}`;
  const total = 4 * Object.values(words).reduce((sum, count) => sum + count, 0);
  if (rows > 1 && total > mostActivationBytes) return `${what} need ${sized(total)} in all`;
  // The most workgroups along one dimension.
  const workgroups = Math.max(Math.ceil((shape.window * rows) / tileSize), rows, models * mostGradientParts);
  if (workgroups > limits.maxComputeWorkgroupsPerDimension)
    return `${what} need ${workgroups} workgroups; this device starts at most ${limits.maxComputeWorkgroupsPerDimension}`;
  const bytes = Math.max(...layers.map(({ units }) => 4 * 4 * units));
  if (bytes > limits.maxComputeWorkgroupStorageSize)
    return `a layer's time step needs ${bytes} bytes of workgroup memory; this device has ${limits.maxComputeWorkgroupStorageSize}`;
  return null;
}

const sized = (bytes: number) => `${bytes.toLocaleString("en")} bytes`;
