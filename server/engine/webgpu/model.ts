/** One model on the GPU: a group of one. */
import {
  type BatchGradient,
  Diverged,
  type EngineModel,
  type EpochProgress,
  type ModelState,
  type WindowSet,
} from "../engine.ts";
import type { WebGpuModels } from "./models.ts";

export class WebGpuModel implements EngineModel {
  constructor(private readonly group: WebGpuModels) {}

  async trainEpoch(
    windows: WindowSet,
    epoch: number,
    from?: EpochProgress,
    pause?: AbortSignal,
    leave?: AbortSignal,
  ): Promise<EpochProgress> {
    const [outcome] = await this.group.trainEpoch(windows, epoch, from && [from], pause, leave);
    if (outcome instanceof Diverged) throw outcome;
    return outcome!;
  }

  setLearningRate(rate: number): Promise<void> {
    return this.group.setLearningRates([rate]);
  }

  async predict(windows: Omit<WindowSet, "targets">, leave?: AbortSignal): Promise<Float32Array> {
    return (await this.group.predict(windows, leave))[0]!;
  }

  /** What training would use for `batch` of `epoch`, without the update; for tests and measurements. */
  async gradient(windows: WindowSet, epoch: number, batch: number): Promise<BatchGradient> {
    return (await this.group.gradient(windows, epoch, batch))[0]!;
  }

  async snapshot(): Promise<ModelState> {
    return (await this.group.snapshot())[0]!;
  }

  restore(state: ModelState): Promise<void> {
    return this.group.restore([state]);
  }

  dispose(): Promise<void> {
    return this.group.dispose();
  }
}
