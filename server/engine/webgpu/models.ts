/**
 * A group of K models of one shape that train together, each with its own seed, learning rate and weights, in the
 * same dispatches: small models alone leave a large GPU idle. One model is a group of one.
 */
import {
  type BatchGradient,
  Diverged,
  type EngineModels,
  type EpochProgress,
  epochStart,
  type ModelShape,
  type ModelState,
  type TrainingOptions,
  type WindowSet,
} from "../engine.ts";
import { initialState } from "../initial-weights.ts";
import { epochOrder } from "../randomness.ts";
import {
  checkCompany,
  checkLearningRates,
  checkOptions,
  checkShape,
  checkState,
  checkStates,
  checkWindows,
} from "../shape.ts";
import { CompiledPass } from "./compiled-pass.ts";
import { EpochRoom } from "./epoch-room.ts";
import type { Gpu } from "./gpu.ts";
import type { Buffers } from "./kernel.ts";
import { type KernelTime, timeKernels } from "./kernel-times.ts";
import { readParameters, split, writeParameters } from "./parameters.ts";
import { gradientPass, predictionPass, updatePass } from "./passes.ts";
import { type Limits, type Plan, planModels } from "./plan.ts";
import { ResidentArrays } from "./resident.ts";
import { encodeModels, modelWords } from "./settings.ts";
import { predictionSlices, trainingSlices } from "./slices.ts";
import { Submissions } from "./submissions.ts";

/** In `firstBadBatch`: all batches were good. */
const neverBad = 0xffffffff;

export class WebGpuModels implements EngineModels {
  private readonly training: Submissions;
  private readonly predicting: Submissions;
  private readonly resident: ResidentArrays;
  /** Updates so far, of each model: those that diverged stand still. */
  private steps: number[];
  /** Models that diverged rest until a state is restored. */
  private diverged: (Diverged | null)[];
  private readonly epochRoom: EpochRoom;

  private constructor(
    private readonly gpu: Gpu,
    private readonly plan: Plan,
    private readonly options: readonly TrainingOptions[],
    private readonly own: Buffers,
    private readonly gradientPass: CompiledPass,
    private readonly updatePass: CompiledPass,
    private readonly predictionPass: CompiledPass,
  ) {
    this.training = new Submissions(gpu);
    this.predicting = new Submissions(gpu);
    this.resident = new ResidentArrays(gpu);
    this.epochRoom = new EpochRoom(gpu, options.length);
    this.steps = options.map(() => 0);
    this.diverged = options.map(() => null);
  }

  /**
   * Models with fresh weights.
   * @param options one for each model; all of the same batch size and loss.
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
    checkCompany(options);
    const plan = planModels(shape, options[0]!.batchSize, options.length, limits);
    const own = await gpu.buffers({ ...plan.words, models: options.length * modelWords });
    gpu.upload(own.models!, encodeModels(options));
    const passes = [gradientPass(plan, options[0]!.loss), updatePass(plan), predictionPass(plan)] as const;
    const [gradient, update, prediction] = await Promise.all(
      passes.map((pass) => CompiledPass.compile(gpu, pass)),
    );
    const models = new WebGpuModels(gpu, plan, options, own, gradient!, update!, prediction!);
    await models.restore(await Promise.all(options.map(({ seed }) => initialState(shape, seed))));
    return models;
  }

  /** Models that go on have always come equally far: all were interrupted after the same batch. */
  async trainEpoch(
    windows: WindowSet,
    epoch: number,
    from: readonly (EpochProgress | Diverged)[] = this.options.map(() => epochStart),
    pause?: AbortSignal,
    leave?: AbortSignal,
  ): Promise<readonly (EpochProgress | Diverged)[]> {
    checkWindows(this.plan.shape, windows);
    const count = windows.starts.length;
    const going = from.find((progress): progress is EpochProgress => !(progress instanceof Diverged));
    if (!going || this.diverged.every((diverged) => diverged !== null))
      return this.diverged.map((diverged, model) => diverged ?? from[model]!);
    if (going.finished || count === 0)
      return from.map((progress) =>
        progress instanceof Diverged ? progress : { ...progress, finished: true },
      );
    const firstBatch = going.nextBatch;
    return this.withEpoch(windows, epoch, async (buffers, batches) => {
      const slices = this.slicesOf(count, epoch, firstBatch, batches);
      const perSlice = this.gradientPass.bind(buffers);
      const stops = { pause, leave };
      const done = await this.training.run(slices, perSlice, this.updatePass.bind(buffers), stops);
      const nextBatch = slices[done]?.batch ?? batches;
      const [losses, firstBad] = await this.gpu.read([
        { buffer: buffers.losses!, words: this.options.length * batches },
        { buffer: this.own.firstBadBatch!, words: this.options.length },
      ]);
      // A batch that was left may have looked bad by a part of its sums.
      const bad = new Uint32Array(firstBad!.slice().buffer).map((batch) =>
        batch < nextBatch ? batch : neverBad,
      );
      return from.map((start, model) => {
        this.advance(model, epoch, firstBatch, Math.min(nextBatch, bad[model]!), bad[model]!);
        if (start instanceof Diverged) return start;
        let { lossSum } = start;
        for (let batch = firstBatch; batch < nextBatch; batch++)
          lossSum += losses![batch * this.options.length + model]!;
        const trained = Math.min(count, nextBatch * this.plan.batchSize);
        return this.diverged[model] ?? { nextBatch, lossSum, windows: trained, finished: trained === count };
      });
    });
  }

  async setLearningRates(rates: readonly number[]): Promise<void> {
    checkLearningRates(rates, this.options);
    const now = this.options.map((one, model) => ({ ...one, learningRate: rates[model]! }));
    this.gpu.upload(this.own.models!, encodeModels(now));
  }

  /** Without dropout: [N, P] for each model. */
  async predict(windows: Omit<WindowSet, "targets">, leave?: AbortSignal): Promise<readonly Float32Array[]> {
    const { rows, starts } = windows;
    checkWindows(this.plan.shape, { rows, starts });
    if (starts.length === 0) return this.options.map(() => new Float32Array(0));
    const words = this.options.length * starts.length * this.plan.shape.horizon;
    const resident = await this.residentBuffers({ rows, starts });
    const { predictions } = await this.gpu.buffers({ predictions: words });
    try {
      const buffers = { ...this.own, ...resident, predictions, slices: this.predicting.slices };
      const slices = predictionSlices(this.plan, starts.length);
      await this.predicting.run(slices, this.predictionPass.bind(buffers), [], { leave });
      const [all] = await this.gpu.read([{ buffer: predictions, words }]);
      return split(all!, this.options.length);
    } finally {
      predictions.destroy();
    }
  }

  /** What training would use for `batch` (from 0) of `epoch`, without the update. One answer for each model. */
  async gradient(windows: WindowSet, epoch: number, batch: number): Promise<readonly BatchGradient[]> {
    checkWindows(this.plan.shape, windows);
    const models = this.options.length;
    return this.withEpoch(windows, epoch, async (buffers) => {
      const slices = this.slicesOf(windows.starts.length, epoch, batch, batch + 1);
      const [sumGradient] = this.updatePass.bind(buffers);
      await this.training.run(slices, this.gradientPass.bind(buffers), [sumGradient!]);
      const [losses, gradients] = await this.gpu.read([
        { buffer: buffers.losses!, words: models * (batch + 1) },
        { buffer: this.own.gradient!, words: models * this.plan.weightCount },
      ]);
      const lossSums = losses!.subarray(batch * models);
      return split(gradients!, models).map((gradient, model) => {
        return { lossSum: lossSums[model]!, gradient };
      });
    });
  }

  /** Trains an epoch, with a look at the GPU's clock before and after each kernel; for measurements. */
  kernelTimes(windows: WindowSet, epoch: number): Promise<readonly KernelTime[]> {
    checkWindows(this.plan.shape, windows);
    return this.withEpoch(windows, epoch, async (buffers, batches) => {
      const slices = this.slicesOf(windows.starts.length, epoch, 0, batches);
      const passes = [this.gradientPass.bind(buffers), this.updatePass.bind(buffers)] as const;
      const times = await timeKernels(this.gpu, this.training.slices, slices, ...passes);
      for (const model of this.options.keys()) this.advance(model, epoch, 0, batches, neverBad);
      return times;
    });
  }

  snapshot(): Promise<readonly ModelState[]> {
    return readParameters(this.gpu, this.plan, this.own, this.steps);
  }

  async restore(states: readonly ModelState[]): Promise<void> {
    checkStates(states, this.options.length);
    for (const state of states) checkState(this.plan.shape, state);
    writeParameters(this.gpu, this.plan, this.own, states);
    this.steps = states.map(({ step }) => step);
    this.diverged = states.map(() => null);
  }

  async dispose(): Promise<void> {
    for (const buffer of Object.values(this.own)) buffer.destroy();
    this.epochRoom.destroy();
    this.training.destroy();
    this.predicting.destroy();
    this.resident.destroy();
  }

  /** Has on the GPU what an epoch needs while `use` runs: windows, each model's order of them, room for losses. */
  private async withEpoch<T>(
    windows: WindowSet,
    epoch: number,
    use: (buffers: Buffers, batches: number) => Promise<T>,
  ): Promise<T> {
    const count = windows.starts.length;
    const batches = Math.ceil(count / this.plan.batchSize);
    const resident = await this.residentBuffers(windows);
    const { order, losses } = await this.epochRoom.for(count, batches);
    for (const [model, { seed }] of this.options.entries())
      this.gpu.upload(order, epochOrder(seed, epoch, count), model * count);
    const frozen = this.diverged.map((diverged) => (diverged ? 0 : neverBad));
    this.gpu.upload(this.own.firstBadBatch!, Uint32Array.from(frozen));
    return use({ ...this.own, ...resident, order, losses, slices: this.training.slices }, batches);
  }

  private async residentBuffers({ rows, starts, targets }: Omit<WindowSet, "targets"> & Partial<WindowSet>) {
    return {
      table: await this.resident.bufferOf("rows", rows),
      starts: await this.resident.bufferOf("windows", starts),
      ...(targets && { targets: await this.resident.bufferOf("targets", targets) }),
    };
  }

  private slicesOf(windows: number, epoch: number, firstBatch: number, endBatch: number) {
    const stepsBefore = Math.max(...this.steps);
    return trainingSlices(this.plan, { epoch, firstBatch, endBatch, windows, stepsBefore });
  }

  /** Counts the updates of a model that had its last good batch before `endBatch`. */
  private advance(
    model: number,
    epoch: number,
    firstBatch: number,
    endBatch: number,
    firstBad: number,
  ): void {
    if (this.diverged[model]) return;
    this.steps[model]! += endBatch - firstBatch;
    if (firstBad !== neverBad) this.diverged[model] = new Diverged(epoch, firstBad);
  }
}
