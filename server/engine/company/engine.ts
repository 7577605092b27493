/**
 * Trains models together that are asked for one by one: whoever trains a run has a model of its own, and those that come to
 * the same epoch of the same windows are computed by one call of `Engine.createModels`, each to the last bit as alone.
 *
 *   createModel ─► member ─ trainEpoch ─► gathering ─► seats ─► EngineModels of all that came
 */
import type {
  Engine,
  EngineModel,
  EngineModels,
  EngineName,
  ModelShape,
  TrainingOptions,
} from "../engine.ts";
import { Gathering, type Waits } from "./gathering.ts";
import { Member } from "./member.ts";
import { WindowsInCommon } from "./windows-in-common.ts";

/**
 * The queue hands out a run every half second, and a worker that stores an epoch may be held up: longer than the longest
 * of both, and nothing beside a training.
 */
const usualWaits: Waits = { newcomersMs: 1_200, stragglersMs: 1_000 };

export class CompanyEngine implements Engine {
  private readonly gatherings = new Map<string, Gathering>();

  constructor(
    private readonly engine: Engine,
    private readonly waits: Waits = usualWaits,
  ) {}

  get name(): EngineName {
    return this.engine.name;
  }

  get device(): string {
    return this.engine.device;
  }

  async createModel(shape: ModelShape, options: TrainingOptions): Promise<EngineModel> {
    const { batchSize, loss = "MSE" } = options;
    const key = JSON.stringify([shape, batchSize, loss]);
    const gathering =
      this.gatherings.get(key) ?? new Gathering(this.engine, shape, new WindowsInCommon(), this.waits);
    this.gatherings.set(key, gathering);
    const member = await Member.create(this.engine, shape, options, gathering);
    gathering.join(member);
    return member;
  }

  createModels(shape: ModelShape, options: readonly TrainingOptions[]): Promise<EngineModels> {
    return this.engine.createModels(shape, options);
  }

  dispose(): Promise<void> {
    return this.engine.dispose();
  }
}
