/**
 * GRU training on any vendor's GPU, through WebGPU (Vulkan, Metal or Direct3D 12). Everything of a batch happens in
 * a few dispatches of our own kernels (passes.ts); the data set stays on the card.
 */
import { type Engine, EngineUnavailable, type ModelShape, type TrainingOptions } from "../engine.ts";
import { Gpu, type GpuOptions } from "./gpu.ts";
import { WebGpuModel } from "./model.ts";
import { WebGpuModels } from "./models.ts";

export class WebGpuEngine implements Engine {
  readonly name = "WEBGPU";

  /** @param reopen how to get at a card again that was lost. */
  constructor(
    private gpu: Gpu,
    private readonly reopen: () => Promise<Gpu>,
  ) {}

  /** @throws EngineUnavailable when there is no GPU here, with what to install. */
  static async open(options: GpuOptions = {}): Promise<WebGpuEngine> {
    return new WebGpuEngine(await Gpu.open(options), () => Gpu.open(options));
  }

  get device(): string {
    return `${this.gpu.name}, WebGPU`;
  }

  async createModel(shape: ModelShape, options: TrainingOptions): Promise<WebGpuModel> {
    return new WebGpuModel(await this.createModels(shape, [options]));
  }

  /** They share dispatches, so that many take the time of few. @throws EngineUnavailable when a lost card stays away. */
  async createModels(shape: ModelShape, options: readonly TrainingOptions[]): Promise<WebGpuModels> {
    if (this.gpu.isLost) this.gpu = await this.openedAgain();
    return WebGpuModels.create(this.gpu, shape, options);
  }

  private async openedAgain(): Promise<Gpu> {
    try {
      return await this.reopen();
    } catch (reason) {
      if (!(reason instanceof EngineUnavailable)) throw reason;
      throw new EngineUnavailable(`the GPU (${this.gpu.name}) was lost and stays away: ${reason.message}`);
    }
  }

  async dispose(): Promise<void> {
    this.gpu.destroy();
  }
}
