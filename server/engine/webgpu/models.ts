/**
 * A group of K models of one shape that train together, each with its own seed, learning rate and weights, in the
 * same dispatches: small models alone leave a large GPU idle. One model is a group of one.
 */
import {
  Diverged,
  type EpochProgress,
  epochStart,
  type ModelShape,
  type ModelState,
  type TrainingOptions,
  type WindowSet,
} from "../engine.ts";
import { initialWeights } from "../initial-weights.ts";
import { philoxKey } from "../philox.ts";
import { epochOrder } from "../randomness.ts";
import { checkOptions, checkShape, checkWindows } from "../shape.ts";
import type { Gpu } from "./gpu.ts";
import { type CompiledKernel, compile, encodeModels, modelWords, type Slice } from "./kernel.ts";
import { adamBetas } from "./kernels/adam.ts";
import { gradientPass, type PassStep, predictionPass, updatePass } from "./passes.ts";
import { type Limits, type Plan, planModels } from "./plan.ts";
import { ResidentArrays } from "./resident.ts";
import { Submissions } from "./submissions.ts";

type Buffers = Readonly<Record<string, GPUBuffer>>;
type Bound = readonly { readonly kernel: CompiledKernel; readonly names: PassStep["buffers"] }[];

const neverBad = 0xffffffff;

export interface BatchGradient {
  readonly squaredError: number;
  readonly gradient: Float32Array;
}

export class WebGpuModels {
  readonly #gpu: Gpu;
  readonly #plan: Plan;
  readonly #options: readonly TrainingOptions[];
  readonly #buffers: Buffers;
  readonly #passes: { readonly gradient: Bound; readonly update: Bound; readonly prediction: Bound };
  readonly #training: Submissions;
  readonly #predicting: Submissions;
  readonly #resident: ResidentArrays;
  /** Updates so far, of each model: those that diverged stand still. */
  #steps: number[];
  #diverged: (Diverged | null)[];

  private constructor(
    gpu: Gpu,
    plan: Plan,
    options: readonly TrainingOptions[],
    buffers: Buffers,
    passes: Bound[],
  ) {
    this.#gpu = gpu;
    this.#plan = plan;
    this.#options = options;
    this.#buffers = buffers;
    const [gradient, update, prediction] = passes as [Bound, Bound, Bound];
    this.#passes = { gradient, update, prediction };
    this.#training = new Submissions(gpu, gradient.length + update.length);
    this.#predicting = new Submissions(gpu, prediction.length);
    this.#resident = new ResidentArrays(gpu);
    this.#steps = options.map(() => 0);
    this.#diverged = options.map(() => null);
  }

  /**
   * @param options one for each model; all of the same batch size.
   * @param limits smaller ones than the device's make smaller slices of a batch.
   * @throws ShapeUnsupported when the device cannot hold them.
   */
  static async create(
    gpu: Gpu,
    shape: ModelShape,
    options: readonly TrainingOptions[],
    limits: Limits = gpu.limits,
  ): Promise<WebGpuModels> {
    checkShape(shape);
    options.forEach(checkOptions);
    const { batchSize } = options[0]!;
    if (options.some((one) => one.batchSize !== batchSize))
      throw new RangeError("models that train together need the same batch size");
    const plan = planModels(shape, batchSize, options.length, limits);
    const own = await gpu.buffers({ ...plan.words, models: options.length * modelWords });
    const passes = await Promise.all(
      [gradientPass(plan), updatePass(plan), predictionPass(plan)].map((pass) => compilePass(gpu, pass)),
    );
    gpu.upload(own.models!, encodeModels(options.map(settingsOf)));
    const models = new WebGpuModels(gpu, plan, options, own, passes);
    const zeros = new Float32Array(plan.weightCount);
    const fresh = options.map(async ({ seed }) => ({
      weights: await initialWeights(shape, seed),
      firstMoment: zeros,
      secondMoment: zeros,
      step: 0,
    }));
    await models.restore(await Promise.all(fresh));
    return models;
  }

  /** As EngineModel.trainEpoch, for all models at once: one answer for each. */
  async trainEpoch(
    windows: WindowSet,
    epoch: number,
    from: readonly EpochProgress[] = this.#options.map(() => epochStart),
    signal?: AbortSignal,
  ): Promise<readonly (EpochProgress | Diverged)[]> {
    checkWindows(this.#plan.shape, windows);
    const count = windows.starts.length;
    if (from[0]!.finished || count === 0) return from.map((progress) => ({ ...progress, finished: true }));
    if (this.#diverged.every((diverged) => diverged !== null)) return this.#diverged;
    const firstBatch = from[0]!.nextBatch;
    const batches = Math.ceil(count / this.#plan.batchSize);
    const slices = this.#trainingSlices(count, epoch, firstBatch, batches);
    return this.#withEpoch(windows, epoch, async (buffers) => {
      const work = {
        slice: this.#bind(this.#passes.gradient, buffers),
        batch: this.#bind(this.#passes.update, buffers),
      };
      const done = await this.#training.run(slices, work, signal);
      const nextBatch = slices[done]?.batch ?? batches;
      const [losses, firstBad] = await this.#gpu.read([
        { buffer: buffers.losses!, words: this.#options.length * batches },
        { buffer: this.#buffers.firstBadBatch!, words: this.#options.length },
      ]);
      const bad = new Uint32Array(firstBad!.buffer, firstBad!.byteOffset, firstBad!.length);
      return from.map((start, model) => {
        this.#advance(model, epoch, firstBatch, nextBatch, bad[model]!);
        const lossOf = (batch: number) => losses![batch * this.#options.length + model]!;
        return this.#diverged[model] ?? this.#progress(start, nextBatch, count, lossOf);
      });
    });
  }

  /**
   * What training would use for `batch` (from 0) of `epoch`, without the update; for tests and the probe.
   * @returns for each model the sum of squared errors and the gradient of their mean, in `weightLayout`'s order.
   */
  async gradient(windows: WindowSet, epoch: number, batch: number): Promise<readonly BatchGradient[]> {
    checkWindows(this.#plan.shape, windows);
    const slices = this.#trainingSlices(windows.starts.length, epoch, batch, batch + 1);
    const models = this.#options.length;
    return this.#withEpoch(windows, epoch, async (buffers) => {
      const [sumGradient] = this.#bind(this.#passes.update, buffers);
      const work = { slice: this.#bind(this.#passes.gradient, buffers), batch: [sumGradient!] };
      await this.#training.run(slices, work);
      const [losses, gradients] = await this.#gpu.read([
        { buffer: buffers.losses!, words: models * (batch + 1) },
        { buffer: this.#buffers.gradient!, words: models * this.#plan.weightCount },
      ]);
      return split(gradients!, models).map((gradient, model) => ({
        squaredError: losses![batch * models + model]!,
        gradient,
      }));
    });
  }

  /** Without dropout: [N, P] for each model. */
  async predict(windows: Omit<WindowSet, "targets">): Promise<readonly Float32Array[]> {
    checkWindows(this.#plan.shape, { rows: windows.rows, starts: windows.starts });
    const count = windows.starts.length;
    if (count === 0) return this.#options.map(() => new Float32Array(0));
    const words = this.#options.length * count * this.#plan.shape.horizon;
    const own = await this.#gpu.buffers({ predictions: words });
    try {
      const buffers = { ...(await this.#residentBuffers(windows)), ...own, slices: this.#predicting.slices };
      const slices = slicesOf(0, count, this.#plan.sliceSize, { batch: 0, epoch: 0, windows: count });
      await this.#predicting.run(slices, { slice: this.#bind(this.#passes.prediction, buffers), batch: [] });
      const [predictions] = await this.#gpu.read([{ buffer: own.predictions, words }]);
      return split(predictions!, this.#options.length);
    } finally {
      own.predictions.destroy();
    }
  }

  async snapshot(): Promise<readonly ModelState[]> {
    const words = this.#options.length * this.#plan.weightCount;
    const names = ["weights", "firstMoment", "secondMoment"] as const;
    const arrays = await this.#gpu.read(names.map((name) => ({ buffer: this.#buffers[name]!, words })));
    const [weights, first, second] = arrays.map((array) => split(array, this.#options.length));
    return this.#steps.map((step, model) => ({
      weights: weights![model]!,
      firstMoment: first![model]!,
      secondMoment: second![model]!,
      step,
    }));
  }

  /** @throws RangeError when a state belongs to another shape. */
  async restore(states: readonly ModelState[]): Promise<void> {
    const { weightCount, transposedCount } = this.#plan;
    for (const { weights, firstMoment, secondMoment } of states)
      for (const array of [weights, firstMoment, secondMoment])
        if (array.length !== weightCount)
          throw new RangeError(
            `the state must have ${weightCount} weights as this model has, got ${array.length}`,
          );
    for (const [model, { weights, firstMoment, secondMoment }] of states.entries()) {
      this.#gpu.upload(this.#buffers.weights!, weights, model * weightCount);
      this.#gpu.upload(this.#buffers.firstMoment!, firstMoment, model * weightCount);
      this.#gpu.upload(this.#buffers.secondMoment!, secondMoment, model * weightCount);
      this.#gpu.upload(this.#buffers.transposed!, transposedOf(this.#plan, weights), model * transposedCount);
    }
    this.#steps = states.map(({ step }) => step);
    this.#diverged = states.map(() => null);
  }

  dispose(): void {
    for (const buffer of Object.values(this.#buffers)) buffer.destroy();
    this.#training.destroy();
    this.#predicting.destroy();
    this.#resident.destroy();
  }

  /** Has what an epoch needs on the GPU while `use` runs: the windows, each model's order of them, room for losses. */
  async #withEpoch<T>(windows: WindowSet, epoch: number, use: (buffers: Buffers) => Promise<T>): Promise<T> {
    const count = windows.starts.length;
    const batches = Math.ceil(count / this.#plan.batchSize);
    const resident = await this.#residentBuffers(windows);
    const own = await this.#gpu.buffers({
      order: this.#options.length * count,
      losses: this.#options.length * batches,
    });
    try {
      for (const [model, { seed }] of this.#options.entries())
        this.#gpu.upload(own.order, epochOrder(seed, epoch, count), model * count);
      const frozen = this.#diverged.map((diverged) => (diverged ? 0 : neverBad));
      this.#gpu.upload(this.#buffers.firstBadBatch!, Uint32Array.from(frozen));
      return await use({ ...resident, ...own, slices: this.#training.slices });
    } finally {
      own.order.destroy();
      own.losses.destroy();
    }
  }

  #bind(pass: Bound, buffers: Buffers) {
    const all: Buffers = { ...this.#buffers, ...buffers };
    return pass.map(({ kernel, names }) => {
      const renamed = Object.entries(names).map(([inKernel, name]) => [inKernel, all[name]!] as const);
      return kernel.bind({ ...all, ...Object.fromEntries(renamed) });
    });
  }

  async #residentBuffers({
    rows,
    starts,
    targets,
  }: Omit<WindowSet, "targets"> & Partial<WindowSet>): Promise<Buffers> {
    return {
      table: await this.#resident.bufferOf("rows", rows),
      starts: await this.#resident.bufferOf("windows", starts),
      ...(targets && { targets: await this.#resident.bufferOf("targets", targets) }),
    };
  }

  /** Batches firstBatch .. endBatch - 1 of an epoch, each cut into slices that the buffers hold. */
  #trainingSlices(windows: number, epoch: number, firstBatch: number, endBatch: number): Slice[] {
    const { batchSize, sliceSize } = this.#plan;
    const stepsBefore = Math.max(...this.#steps);
    const slices: Slice[] = [];
    for (let batch = firstBatch; batch < endBatch; batch++) {
      const first = batch * batchSize;
      const batchCount = Math.min(batchSize, windows - first);
      const step = stepsBefore + batch - firstBatch + 1;
      const momentCorrection = Math.sqrt(1 - adamBetas.second ** step) / (1 - adamBetas.first ** step);
      slices.push(...slicesOf(first, batchCount, sliceSize, { batch, epoch, windows, momentCorrection }));
    }
    return slices;
  }

  #advance(model: number, epoch: number, firstBatch: number, nextBatch: number, firstBad: number): void {
    if (this.#diverged[model]) return;
    this.#steps[model]! += Math.min(firstBad, nextBatch) - firstBatch;
    if (firstBad !== neverBad) this.#diverged[model] = new Diverged(epoch, Math.min(firstBad, nextBatch - 1));
  }

  #progress(
    start: EpochProgress,
    nextBatch: number,
    count: number,
    lossOf: (batch: number) => number,
  ): EpochProgress {
    let { squaredError } = start;
    for (let batch = start.nextBatch; batch < nextBatch; batch++) squaredError += lossOf(batch);
    const windows = Math.min(count, nextBatch * this.#plan.batchSize);
    return { nextBatch, squaredError, windows, finished: windows === count };
  }
}

/** Compiles each kernel of a pass, kernels beside each other. */
function compilePass(gpu: Gpu, pass: readonly PassStep[]): Promise<Bound> {
  return Promise.all(
    pass.map(async ({ kernel, buffers }) => ({ kernel: await compile(gpu, kernel), names: buffers })),
  );
}

const settingsOf = ({ seed, learningRate, clipNorm = Infinity, weightDecay = 0 }: TrainingOptions) => {
  const { low, high } = philoxKey(seed, "dropout");
  return { keyLow: low, keyHigh: high, learningRate, clipNorm, weightDecay };
};

function slicesOf(
  first: number,
  batchCount: number,
  sliceSize: number,
  rest: Pick<Slice, "batch" | "epoch" | "windows"> & Partial<Slice>,
): Slice[] {
  const slices: Slice[] = [];
  for (let place = 0; place < batchCount; place += sliceSize) {
    const count = Math.min(sliceSize, batchCount - place);
    slices.push({ momentCorrection: 0, ...rest, first: first + place, count, place, batchCount });
  }
  return slices;
}

/** Each layer's recurrent kernel, [H, 3H], as [3H, H]. */
function transposedOf({ layers, transposedCount }: Plan, weights: Float32Array): Float32Array {
  const transposed = new Float32Array(transposedCount);
  for (const { units, recurrentAt, transposedAt } of layers)
    for (let k = 0; k < units; k++)
      for (let gate = 0; gate < 3 * units; gate++)
        transposed[transposedAt + gate * units + k] = weights[recurrentAt + k * 3 * units + gate]!;
  return transposed;
}

function split(array: Float32Array, parts: number): Float32Array[] {
  const length = array.length / parts;
  return Array.from({ length: parts }, (_, part) => array.slice(part * length, (part + 1) * length));
}
