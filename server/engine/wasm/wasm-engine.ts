/** The C source as WASM SIMD, for machines without a compiler: threads are worker_threads over shared memory. */
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { CEngineModel } from "../c-model/c-engine-model.ts";
import { cModelConfig } from "../c-model/c-model.ts";
import type { Engine, ModelShape, TrainingOptions } from "../engine.ts";
import { EngineUnavailable } from "../engine.ts";
import { describeDevice } from "../native/native-engine.ts";
import { packageRoot } from "../package-root.ts";
import { SeparateModels } from "../separate-models.ts";
import { checkOptions, checkShape } from "../shape.ts";
import { WasmModel } from "./wasm-model.ts";

const mostThreads = 8;

/** Fastest first. Relaxed SIMD has a fused multiply-add; Node has it from 22 on. */
export const wasmVariants = ["relaxed", "simd128"] as const;
export type WasmVariant = (typeof wasmVariants)[number];

export interface WasmOptions {
  /** The fastest that this Node knows when absent. */
  readonly variant?: WasmVariant;
  /** As many as the process may use when absent. */
  readonly threads?: number;
}

export class WasmEngine implements Engine {
  readonly name = "WASM";
  readonly device: string;
  private readonly module: Promise<WebAssembly.Module>;
  private readonly threads: number;

  /** @throws EngineUnavailable when this Node has no WebAssembly SIMD. */
  constructor({ variant = runnableWasmVariants()[0], threads }: WasmOptions = {}) {
    if (variant === undefined)
      throw new EngineUnavailable("this Node.js has no WebAssembly SIMD: use 20.19 or newer");
    this.module = WebAssembly.compile(binary(variant));
    this.threads = threads ?? Math.min(availableParallelism(), mostThreads);
    const instructionSet = variant === "relaxed" ? "WASM relaxed SIMD" : "WASM SIMD";
    this.device = describeDevice(instructionSet, this.threads);
  }

  async createModel(shape: ModelShape, options: TrainingOptions): Promise<CEngineModel> {
    checkShape(shape);
    checkOptions(options);
    const config = cModelConfig(shape, options, this.threads);
    const model = await WasmModel.create(await this.module, config, this.threads);
    return CEngineModel.create(model, shape, options);
  }

  createModels(shape: ModelShape, options: readonly TrainingOptions[]): Promise<SeparateModels> {
    return SeparateModels.create(this, shape, options);
  }

  async dispose(): Promise<void> {}
}

/** The variants that this Node's WebAssembly accepts. */
export function runnableWasmVariants(): WasmVariant[] {
  return wasmVariants.filter((variant) => WebAssembly.validate(binary(variant)));
}

function binary(variant: WasmVariant): Uint8Array<ArrayBuffer> {
  return new Uint8Array(
    readFileSync(join(packageRoot, "server", "engine", "wasm", `gatecast-${variant}.wasm`)),
  );
}
