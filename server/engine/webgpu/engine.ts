/**
 * GRU training on any vendor's GPU, through WebGPU (Vulkan, Metal or Direct3D 12). Everything of a batch happens in
 * a few dispatches of our own kernels; the data set stays on the card.
 */
import {
  Diverged,
  type Engine,
  type EngineModel,
  type EpochProgress,
  type ModelShape,
  type ModelState,
  type TrainingOptions,
  type WindowSet,
} from "../engine.ts";
import { Gpu, type GpuOptions } from "./gpu.ts";
import { type BatchGradient, WebGpuModels } from "./models.ts";

export class WebGpuEngine implements Engine {
  readonly name = "WEBGPU";
  readonly #options: GpuOptions;
  #gpu: Gpu;

  /** @param options how to open the GPU again once it was lost. */
  constructor(gpu: Gpu, options: GpuOptions = {}) {
    this.#gpu = gpu;
    this.#options = options;
  }

  /** @throws EngineUnavailable when there is no GPU here, with what to install. */
  static async open(options: GpuOptions = {}): Promise<WebGpuEngine> {
    return new WebGpuEngine(await Gpu.open(options), options);
  }

  get device(): string {
    return `${this.#gpu.name}, WebGPU`;
  }

  async createModel(shape: ModelShape, options: TrainingOptions): Promise<WebGpuModel> {
    return new WebGpuModel(await this.createModels(shape, [options]));
  }

  /**
   * K models of one shape that train together, in the time of few: one for each of `options`, which may differ in
   * all but the batch size. @throws ShapeUnsupported when the device cannot hold them.
   */
  async createModels(shape: ModelShape, options: readonly TrainingOptions[]): Promise<WebGpuModels> {
    if (this.#gpu.isLost) this.#gpu = await Gpu.open(this.#options); // the card is back, or this throws
    return WebGpuModels.create(this.#gpu, shape, options);
  }

  async dispose(): Promise<void> {
    this.#gpu.destroy();
  }
}

/** A group of one. */
export class WebGpuModel implements EngineModel {
  readonly #models: WebGpuModels;

  constructor(models: WebGpuModels) {
    this.#models = models;
  }

  async trainEpoch(
    windows: WindowSet,
    epoch: number,
    from?: EpochProgress,
    signal?: AbortSignal,
  ): Promise<EpochProgress> {
    const [outcome] = await this.#models.trainEpoch(windows, epoch, from && [from], signal);
    if (outcome instanceof Diverged) throw outcome;
    return outcome!;
  }

  async predict(windows: Omit<WindowSet, "targets">): Promise<Float32Array> {
    return (await this.#models.predict(windows))[0]!;
  }

  /** What training would use for `batch` of `epoch`, without the update; for tests and the probe. */
  async gradient(windows: WindowSet, epoch: number, batch: number): Promise<BatchGradient> {
    return (await this.#models.gradient(windows, epoch, batch))[0]!;
  }

  async snapshot(): Promise<ModelState> {
    return (await this.#models.snapshot())[0]!;
  }

  async restore(state: ModelState): Promise<void> {
    await this.#models.restore([state]);
  }

  async dispose(): Promise<void> {
    this.#models.dispose();
  }
}
