/** The C source as a native addon, on all of the processor's threads. */
import { availableParallelism, cpus } from "node:os";
import { CEngineModel } from "../c-model/c-engine-model.ts";
import {
  type CModel,
  cModelConfig,
  control,
  controlIndex,
  type JobArray,
  type JobName,
  jobs,
  obey,
  type Stops,
} from "../c-model/c-model.ts";
import type { Engine, ModelShape, TrainingOptions } from "../engine.ts";
import { SeparateModels } from "../separate-models.ts";
import { checkOptions, checkShape } from "../shape.ts";
import { type Addon, loadAddon, type ModelHandle, runnableVariants, type Variant } from "./addon.ts";

/** A batch of 64 has 8 tiles of 8 rows, or 16 of 4: more threads than that would find nothing to do. */
const mostThreads = 16;

export interface NativeOptions {
  /** The fastest that runs here when absent. */
  readonly variant?: Variant;
  /** As many as the process may use when absent. */
  readonly threads?: number;
}

const instructionSets: Record<Variant, string> = {
  avx512: "AVX-512",
  avx2: "AVX2",
  baseline: process.arch === "arm64" ? "NEON" : "SSE2",
};

export class NativeEngine implements Engine {
  readonly name = "NATIVE";
  readonly device: string;
  private readonly addon: Addon;
  private readonly threads: number;

  /** @throws EngineUnavailable when the addon is not built or does not load. */
  constructor({ variant = runnableVariants()[0]!, threads }: NativeOptions = {}) {
    this.addon = loadAddon(variant);
    this.threads = threads ?? Math.min(availableParallelism(), mostThreads);
    this.device = describeDevice(instructionSets[variant], this.threads);
  }

  async createModel(shape: ModelShape, options: TrainingOptions): Promise<CEngineModel> {
    checkShape(shape);
    checkOptions(options);
    const handle = this.addon.create(cModelConfig(shape, options, this.threads));
    return CEngineModel.create(new NativeModel(this.addon, handle), shape, options);
  }

  createModels(shape: ModelShape, options: readonly TrainingOptions[]): Promise<SeparateModels> {
    return SeparateModels.create(this, shape, options);
  }

  async dispose(): Promise<void> {}
}

/** Ways to leave the jobs in hand: Node's exit waits for its thread pool, so it would wait for whole epochs. */
const running = new Set<() => void>();
process.on("exit", () => {
  for (const leave of running) leave();
});

class NativeModel implements CModel {
  constructor(
    private readonly addon: Addon,
    private readonly handle: ModelHandle,
  ) {}

  async run(job: JobName, arrays: readonly JobArray[], stops: Stops = {}): Promise<void> {
    // The addon's threads look at these numbers: between batches, and between the steps of one.
    const set = (place: number) => {
      const array = arrays[controlIndex[job]];
      if (array) array[place] = 1;
    };
    const stopListening = obey(stops, set);
    const leave = () => set(control.leave);
    running.add(leave);
    try {
      await this.addon.start(this.handle, jobs[job], arrays);
    } finally {
      running.delete(leave);
      stopListening();
    }
  }

  async dispose(): Promise<void> {
    this.addon.dispose(this.handle);
  }
}

/** "AMD EPYC, AVX-512, 2 threads" */
export function describeDevice(instructionSet: string, threads: number): string {
  const processor = cpus()[0]?.model.trim() || process.arch;
  return `${processor}, ${instructionSet}, ${threads} ${threads === 1 ? "thread" : "threads"}`;
}
