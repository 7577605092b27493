import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { relativeError } from "../../server/engine/probe.ts";
import { ReferenceModel } from "../../server/engine/reference-model.ts";
import { weightLayout } from "../../server/engine/weights.ts";
import { enginesUnderTest, randomModels, withModel } from "./support.ts";

describe.each(enginesUnderTest)("$name", ({ name, create }) => {
  // Each WASM model starts its own threads: fewer of them say as much.
  const numRuns = name.startsWith("WASM") ? 15 : 60;

  test("predicts, loses and differentiates as the float64 reference does, to 1e-5 in every tensor", async () => {
    const engine = create(2);
    await fc.assert(
      fc.asyncProperty(randomModels, fc.boolean(), async (random, dropping) => {
        const { shape, options, windows, weights } = random;
        const reference = new ReferenceModel(shape, options, weights);
        const lastBatch = Math.ceil(windows.starts.length / options.batchSize) - 1;
        const place = { epoch: 3, batch: lastBatch, dropping };
        await withModel(engine, random, async (model) => {
          expect(relativeError(await model.predict(windows), reference.predict(windows))).toBeLessThan(1e-5);
          const actual = await model.gradient(windows, place.epoch, place.batch, dropping);
          const expected = reference.gradient(windows, place);
          expect(Math.abs(actual.squaredError / expected.squaredError - 1)).toBeLessThan(1e-5);
          for (const { kind, layer, offset, size } of weightLayout(shape)) {
            const error = relativeError(
              actual.gradient.subarray(offset, offset + size),
              expected.gradient.subarray(offset, offset + size),
            );
            expect(error, `${kind} of layer ${layer}`).toBeLessThan(1e-5);
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
        const { shape, options, windows, weights } = random;
        const reference = new ReferenceModel(shape, options, weights);
        const batches = Math.ceil(windows.starts.length / options.batchSize);
        await withModel(engine, random, async (model) => {
          const progress = await model.trainEpoch(windows, 1);
          let expected = 0;
          for (let batch = 0; batch < batches; batch++) expected += reference.trainBatch(windows, 1, batch);
          expect(progress).toMatchObject({
            nextBatch: batches,
            windows: windows.starts.length,
            finished: true,
          });
          expect(Math.abs(progress.squaredError / expected - 1)).toBeLessThan(1e-4);
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
