/** Finds and loads the variant of the addon that this processor runs fastest. scripts/build-native.mjs builds them. */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { JobArray } from "../c-model/c-model.ts";
import { EngineUnavailable } from "../engine.ts";
import { packageRoot } from "../package-root.ts";

declare const handleBrand: unique symbol;
/** A model in the addon's memory. */
export interface ModelHandle {
  readonly [handleBrand]: true;
}

/** What native/src/addon.c exports. */
export interface Addon {
  create(config: Float64Array): ModelHandle;
  start(model: ModelHandle, job: number, arrays: readonly JobArray[]): Promise<void>;
  dispose(model: ModelHandle): void;
  best(): Variant;
}

export const variants = ["avx512", "avx2", "baseline"] as const;
export type Variant = (typeof variants)[number];

const require = createRequire(import.meta.url);

const pathOf = (variant: Variant) => join(packageRoot, "build", "native", `gatecast-${variant}.node`);

/** @throws EngineUnavailable when it was not built, or does not load. */
export function loadAddon(variant: Variant): Addon {
  const path = pathOf(variant);
  if (!existsSync(path)) {
    throw new EngineUnavailable(
      `the native engine is not built: install a C compiler (gcc or clang) and run "npm run build"`,
    );
  }
  try {
    return require(path) as Addon;
  } catch (error) {
    throw new EngineUnavailable(`the native engine does not load: ${(error as Error).message}`);
  }
}

/** The variants that exist and that this processor can run, fastest first. The baseline decides: it runs anywhere. */
export function runnableVariants(): Variant[] {
  const best = loadAddon("baseline").best();
  return variants.slice(variants.indexOf(best)).filter((variant) => existsSync(pathOf(variant)));
}
