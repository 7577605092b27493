import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { relativeError } from "../../server/engine/probe.ts";
import { ReferenceModel } from "../../server/engine/reference-model.ts";
import { weightLayout } from "../../server/engine/weights.ts";
import { dataOf, enginesUnderTest, expectClose, length, randomModels, withModel } from "./support.ts";

describe.each(enginesUnderTest)("$name", ({ name, create }) => {
  // Each WASM model starts its own threads: fewer of them say as much.
  const numRuns = name.startsWith("WASM") ? 15 : 60;

  test("predicts, loses and differentiates as the float64 reference does, to 1e-5 in every tensor", async () => {
    const engine = create(2);
    await fc.assert(
      fc.asyncProperty(randomModels, fc.boolean(), async (random, dropping) => {
        const { shape, options } = random;
        const { windows, weights } = dataOf(random);
        const reference = new ReferenceModel(shape, options, weights);
        const batch = Math.ceil(windows.starts.length / options.batchSize) - 1; // the last one is often smaller
        await withModel(engine, { ...random, weights }, async (model) => {
          const predictions = reference.predict(windows);
          expectClose(await model.predict(windows), predictions, 1, "predictions");
          const actual = await model.gradient(windows, 3, batch, dropping);
          const expected = reference.gradient(windows, { epoch: 3, batch, dropping });
          expectClose([actual.lossSum], [expected.lossSum], length(windows.targets) ** 2, "loss");
          const scale = length(expected.gradient);
          for (const { kind, layer, offset, size } of weightLayout(shape)) {
            const part = (gradient: Float32Array | Float64Array) => gradient.subarray(offset, offset + size);
            expectClose(part(actual.gradient), part(expected.gradient), scale, `${kind} of layer ${layer}`);
          }
        });
      }),
      { numRuns },
    );
  });

  test("updates as the reference's Adam does, with clipping and decay", async () => {
    const engine = create(2);
    await fc.assert(
      fc.asyncProperty(randomModels, async (random) => {
        const { windows, weights } = dataOf(random);
        const reference = new ReferenceModel(random.shape, random.options, weights);
        const batches = Math.ceil(windows.starts.length / random.options.batchSize);
        await withModel(engine, { ...random, weights }, async (model) => {
          const progress = await model.trainEpoch(windows, 1);
          let expected = 0;
          for (let batch = 0; batch < batches; batch++) expected += reference.trainBatch(windows, 1, batch);
          expect(progress).toMatchObject({
            nextBatch: batches,
            windows: windows.starts.length,
            finished: true,
          });
          expect(Math.abs(progress.lossSum / expected - 1)).toBeLessThan(1e-4);
          const state = await model.snapshot();
          expect(state.step).toBe(batches);
          // Where a gradient is nearly zero, Adam's division turns its rounding into a step: so by length, not each.
          expect(relativeError(state.weights, reference.weights)).toBeLessThan(5e-4);
          expect(relativeError(state.firstMoment, reference.firstMoment)).toBeLessThan(1e-3);
        });
      }),
      { numRuns: Math.ceil(numRuns / 3) },
    );
  });
});
