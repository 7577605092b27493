/** TensorFlow through tfjs: any namespace of it, on any of its backends. load.ts finds one. */
import type { Engine, ModelShape, TrainingOptions } from "../engine.ts";
import { SeparateModels } from "../separate-models.ts";
import { checkOptions, checkShape } from "../shape.ts";
import type { Gru } from "./gru-layer.ts";
import { steppedGru } from "./stepped-gru.ts";
import type { TensorFlow } from "./tensorflow.ts";
import { TensorFlowModel } from "./tensorflow-model.ts";

export class TensorFlowEngine implements Engine {
  readonly name = "TENSORFLOW";

  /** @param device what computes, in words. */
  constructor(
    private readonly tf: TensorFlow,
    readonly device: string,
    private readonly gru: Gru = steppedGru,
  ) {}

  async createModel(shape: ModelShape, options: TrainingOptions): Promise<TensorFlowModel> {
    checkShape(shape);
    checkOptions(options);
    return TensorFlowModel.create({ tf: this.tf, shape, gru: this.gru }, options);
  }

  createModels(shape: ModelShape, options: readonly TrainingOptions[]): Promise<SeparateModels> {
    return SeparateModels.create(this, shape, options);
  }

  /** TensorFlow stays loaded until the process ends: it cannot be unloaded. */
  async dispose(): Promise<void> {}
}
