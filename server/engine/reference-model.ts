/**
 * A whole model in float64: GRU layers with dropout, the dense head, the loss and Adam. As slow as it is
 * plain; engines are compared with it, nobody trains on it.
 */
import type { ModelShape, TrainingOptions, WindowSet } from "./engine.ts";
import { type GruDimensions, type GruTrace, type GruWeights, gruBackward, gruForward } from "./gru.ts";
import { lossOf, slopeOf } from "./loss.ts";
import { dropoutRow, epochOrder } from "./randomness.ts";
import { type WeightKind, weightLayout } from "./weights.ts";

/** A batch that training draws: which windows, and where its dropout comes from. */
export interface BatchPlace {
  readonly epoch: number;
  readonly batch: number;
  /** False: the loss and gradient without dropout. */
  readonly dropping: boolean;
}

interface LayerPass {
  readonly size: GruDimensions;
  readonly input: Float64Array;
  readonly trace: GruTrace;
  /** Dropout's mask on the outputs: [T, B, H]; zero where the layer above does not look. */
  readonly keep: Float64Array;
}

export class ReferenceModel {
  readonly weights: Float64Array;
  readonly firstMoment: Float64Array;
  readonly secondMoment: Float64Array;
  step = 0;
  learningRate: number;

  constructor(
    private readonly shape: ModelShape,
    private readonly options: TrainingOptions,
    initial: ArrayLike<number>,
  ) {
    this.weights = Float64Array.from(initial);
    this.firstMoment = new Float64Array(initial.length);
    this.secondMoment = new Float64Array(initial.length);
    this.learningRate = options.learningRate;
  }

  /** Predictions without dropout: [N, P]. */
  predict(windows: Omit<WindowSet, "targets">): Float64Array {
    const all = Int32Array.from(windows.starts.keys());
    return this.forward(windows, all, null).predictions;
  }

  /** Sum of the losses and the gradient of their mean for one batch. */
  gradient(windows: WindowSet, place: BatchPlace): { lossSum: number; gradient: Float64Array } {
    const { horizon } = this.shape;
    const { loss = "MSE" } = this.options;
    const chosen = this.windowsOf(windows, place);
    const { passes, last, predictions } = this.forward(windows, chosen, place.dropping ? place : null);
    const errors = predictions.map((prediction, i) => {
      const window = chosen[Math.floor(i / horizon)]!;
      return prediction - windows.targets[window * horizon + (i % horizon)]!;
    });
    const lossSum = errors.reduce((sum, error) => sum + lossOf(loss, error), 0);
    const gradient = this.backward(
      passes,
      last,
      errors.map((error) => slopeOf(loss, error) / errors.length),
    );
    return { lossSum, gradient };
  }

  /** One batch of training; returns the sum of its losses before the update. */
  trainBatch(windows: WindowSet, epoch: number, batch: number): number {
    const { lossSum, gradient } = this.gradient(windows, { epoch, batch, dropping: true });
    this.update(gradient);
    return lossSum;
  }

  /**
   * Adam as Keras 3 computes it (keras/src/optimizers/adam.py): epsilon stands outside the corrected root, and
   * decay comes first. Kingma and Ba, ICLR 2015; Loshchilov and Hutter, ICLR 2019.
   */
  private update(gradient: Float64Array): void {
    const { learningRate } = this;
    const { clipNorm = Number.POSITIVE_INFINITY, weightDecay = 0 } = this.options;
    const norm = Math.sqrt(gradient.reduce((sum, g) => sum + g * g, 0));
    const scale = norm > clipNorm ? clipNorm / norm : 1;
    this.step++;
    const size = (learningRate * Math.sqrt(1 - 0.999 ** this.step)) / (1 - 0.9 ** this.step);
    for (let i = 0; i < gradient.length; i++) {
      const g = gradient[i]! * scale;
      this.firstMoment[i]! += (g - this.firstMoment[i]!) * 0.1;
      this.secondMoment[i]! += (g * g - this.secondMoment[i]!) * 0.001;
      this.weights[i]! *= 1 - learningRate * weightDecay;
      this.weights[i]! -= (size * this.firstMoment[i]!) / (Math.sqrt(this.secondMoment[i]!) + 1e-7);
    }
  }

  private windowsOf(windows: WindowSet, { epoch, batch }: BatchPlace): Int32Array {
    const { batchSize, seed } = this.options;
    return epochOrder(seed, epoch, windows.starts.length).subarray(
      batch * batchSize,
      (batch + 1) * batchSize,
    );
  }

  private forward(windows: Omit<WindowSet, "targets">, chosen: Int32Array, dropping: BatchPlace | null) {
    const { features, window: steps, horizon, layers } = this.shape;
    const batch = chosen.length;
    let input: Float64Array = new Float64Array(steps * batch * features);
    for (let t = 0; t < steps; t++) {
      for (let b = 0; b < batch; b++) {
        const row = windows.starts[chosen[b]!]! + t;
        input.set(windows.rows.subarray(row * features, (row + 1) * features), (t * batch + b) * features);
      }
    }
    const passes: LayerPass[] = [];
    for (const [layer, { units }] of layers.entries()) {
      const size = { steps, batch, inputs: input.length / (steps * batch), units };
      const trace = gruForward(size, this.layerWeights(layer), input);
      const keep = this.keepMask(layer, size, dropping);
      passes.push({ size, input, trace, keep });
      input = trace.hidden.subarray(batch * units).map((h, i) => h * keep[i]!);
    }
    const units = layers.at(-1)!.units;
    const last = input.subarray((steps - 1) * batch * units);
    const kernel = this.tensor("headKernel", layers.length);
    const bias = this.tensor("headBias", layers.length);
    const predictions = new Float64Array(batch * horizon);
    for (let b = 0; b < batch; b++) {
      for (let p = 0; p < horizon; p++) {
        let sum = bias[p]!;
        for (let u = 0; u < units; u++) sum += last[b * units + u]! * kernel[u * horizon + p]!;
        predictions[b * horizon + p] = sum;
      }
    }
    return { passes, last, predictions };
  }

  /** @param errors [B, P]: the loss's gradient by each prediction. */
  private backward(passes: readonly LayerPass[], last: Float64Array, errors: Float64Array): Float64Array {
    const { horizon, layers, window: steps } = this.shape;
    const head = layers.length;
    const gradient = new Float64Array(this.weights.length);
    const kernel = this.tensor("headKernel", head);
    const kernelGradient = this.tensor("headKernel", head, gradient);
    const biasGradient = this.tensor("headBias", head, gradient);
    const { batch, units } = passes.at(-1)!.size;
    let outputGradient: Float64Array = new Float64Array(steps * batch * units);
    for (let b = 0; b < batch; b++) {
      for (let p = 0; p < horizon; p++) {
        const error = errors[b * horizon + p]!;
        biasGradient[p]! += error;
        for (let u = 0; u < units; u++) {
          kernelGradient[u * horizon + p]! += error * last[b * units + u]!;
          outputGradient[((steps - 1) * batch + b) * units + u]! += error * kernel[u * horizon + p]!;
        }
      }
    }
    for (const [layer, { size, input, trace, keep }] of [...passes.entries()].reverse()) {
      const masked = outputGradient.map((d, i) => d * keep[i]!);
      const gradients = gruBackward(size, this.layerWeights(layer), input, trace, masked);
      this.tensor("kernel", layer, gradient).set(gradients.weights.kernel);
      this.tensor("recurrentKernel", layer, gradient).set(gradients.weights.recurrentKernel);
      this.tensor("bias", layer, gradient).set(gradients.weights.bias);
      if (gradients.weights.recurrentBias) {
        this.tensor("recurrentBias", layer, gradient).set(gradients.weights.recurrentBias);
      }
      outputGradient = gradients.input;
    }
    return gradient;
  }

  private keepMask(layer: number, size: GruDimensions, dropping: BatchPlace | null): Float64Array {
    const { steps, batch, units } = size;
    const rate = this.shape.layers[layer]!.dropout;
    const keep = new Float64Array(steps * batch * units).fill(1);
    if (dropping === null || rate === 0) return keep;
    const { epoch, batch: batchIndex } = dropping;
    const isTop = layer === this.shape.layers.length - 1;
    for (let t = isTop ? steps - 1 : 0; t < steps; t++) {
      for (let b = 0; b < batch; b++) {
        const row = isTop ? b : b * steps + t;
        const place = { seed: this.options.seed, epoch, batch: batchIndex, layer, row };
        keep.set(dropoutRow(place, rate, units), (t * batch + b) * units);
      }
    }
    return keep;
  }

  private layerWeights(layer: number): GruWeights {
    return {
      kernel: this.tensor("kernel", layer),
      recurrentKernel: this.tensor("recurrentKernel", layer),
      bias: this.tensor("bias", layer),
      recurrentBias: this.shape.resetAfter ? this.tensor("recurrentBias", layer) : null,
    };
  }

  /** A view of one tensor in a flat array. */
  private tensor(kind: WeightKind, layer: number, flat = this.weights): Float64Array {
    const found = weightLayout(this.shape).find((tensor) => tensor.kind === kind && tensor.layer === layer)!;
    return flat.subarray(found.offset, found.offset + found.size);
  }
}
