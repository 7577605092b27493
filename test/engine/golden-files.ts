/** What PyTorch and Keras made of given weights and windows (test/fixtures/golden/make_*.py), as engines take it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ModelShape, TrainingOptions, WindowSet } from "../../server/engine/engine.ts";
import { fromPyTorch, type PyTorchModel } from "../../server/engine/weights.ts";

interface GoldenFile {
  readonly sizes: {
    readonly features: number;
    readonly window: number;
    readonly horizon: number;
    readonly units: readonly number[];
    readonly windows: number;
    readonly learning_rate: number;
  };
  readonly resetAfter: boolean;
  readonly rows: readonly number[];
  readonly targets: readonly number[];
  readonly weights: readonly number[] | PyTorchModel;
  readonly losses: readonly number[];
  readonly predictions: readonly number[];
}

export interface Golden {
  readonly shape: ModelShape;
  readonly options: TrainingOptions;
  readonly weights: Float32Array;
  readonly windows: WindowSet;
  /** Mean squared error before each step of Adam, all windows in one batch. */
  readonly losses: readonly number[];
  /** After the last step. */
  readonly predictions: readonly number[];
}

export const goldenNames = ["pytorch", "keras-reset-after", "keras-reset-before"] as const;

export function golden(name: (typeof goldenNames)[number]): Golden {
  const path = join(import.meta.dirname, `../fixtures/golden/${name}.json`);
  const file: GoldenFile = JSON.parse(readFileSync(path, "utf8"));
  const { features, window, horizon, units, windows: count, learning_rate } = file.sizes;
  const layers = units.map((each) => ({ units: each, dropout: 0 }));
  const shape: ModelShape = { features, window, horizon, layers, resetAfter: file.resetAfter };
  return {
    shape,
    options: { batchSize: count, learningRate: learning_rate, seed: 1 },
    weights: "layers" in file.weights ? fromPyTorch(shape, file.weights) : Float32Array.from(file.weights),
    windows: {
      rows: Float32Array.from(file.rows),
      starts: Int32Array.from({ length: count }, (_, i) => i),
      targets: Float32Array.from(file.targets),
    },
    losses: file.losses,
    predictions: file.predictions,
  };
}
