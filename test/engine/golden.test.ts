/** An outside oracle: what PyTorch and Keras made of the same weights and windows (test/fixtures/golden/make_*.py). */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ModelShape } from "../../server/engine/engine.ts";
import { relativeError } from "../../server/engine/probe.ts";
import { fromPyTorch, type PyTorchModel } from "../../server/engine/weights.ts";
import { enginesUnderTest, withModel } from "./support.ts";

interface Golden {
  readonly madeBy: string;
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
  /** Before each step. */
  readonly losses: readonly number[];
  /** After the last. */
  readonly predictions: readonly number[];
}

const golden = (name: string): Golden =>
  JSON.parse(readFileSync(join(import.meta.dirname, `../fixtures/golden/${name}.json`), "utf8"));

describe.each(enginesUnderTest)("$name", ({ create }) => {
  test.each(["pytorch", "keras-reset-after", "keras-reset-before"])(
    "with the weights of %s.json, ten Adam steps lose what they lost there, to 1e-5",
    async (name) => {
      const { sizes, resetAfter, weights: given, losses, ...data } = golden(name);
      const { features, window, horizon, windows: count } = sizes;
      const layers = sizes.units.map((units) => ({ units, dropout: 0 }));
      const shape: ModelShape = { features, window, horizon, layers, resetAfter };
      const options = { batchSize: count, learningRate: sizes.learning_rate, seed: 1 };
      const weights = "layers" in given ? fromPyTorch(shape, given) : Float32Array.from(given);
      const windows = {
        rows: Float32Array.from(data.rows),
        starts: Int32Array.from({ length: count }, (_, i) => i),
        targets: Float32Array.from(data.targets),
      };
      await withModel(create(2), { shape, options, weights }, async (model) => {
        for (const [step, loss] of losses.entries()) {
          const { squaredError } = await model.trainEpoch(windows, step + 1);
          expect(Math.abs(squaredError / (count * horizon) / loss - 1)).toBeLessThan(1e-5);
        }
        expect(relativeError(await model.predict(windows), data.predictions)).toBeLessThan(1e-5);
      });
    },
  );
});
