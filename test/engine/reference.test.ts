import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ReferenceModel } from "../../server/engine/reference-model.ts";
import { weightLayout } from "../../server/engine/weights.ts";
import { dataOf, randomModels } from "./support.ts";

describe("the float64 reference", () => {
  test("its gradient is the slope of its loss, measured by moving each weight a little", () => {
    fc.assert(
      fc.property(randomModels, (random) => {
        const { shape, options } = random;
        const { windows, weights } = dataOf(random);
        const model = new ReferenceModel(shape, options, weights);
        const place = { epoch: 2, batch: 0, dropping: true };
        const { gradient } = model.gradient(windows, place);
        const targets = Math.min(options.batchSize, windows.starts.length) * shape.horizon;
        const meanWith = (index: number, change: number) => {
          const kept = model.weights[index]!;
          model.weights[index] = kept + change;
          const { lossSum } = model.gradient(windows, place);
          model.weights[index] = kept;
          return lossSum / targets;
        };
        for (const { offset, size } of weightLayout(shape)) {
          const index = offset + Math.floor(size / 2);
          // Where a prediction crosses a kink of its loss meanwhile (MAE at 0), a smaller step does not.
          const errors = [1e-5, 1e-6, 1e-7].map((step) => {
            const slope = (meanWith(index, step) - meanWith(index, -step)) / (2 * step);
            return Math.abs(slope - gradient[index]!) - 1e-6 * Math.abs(slope);
          });
          expect(Math.min(...errors)).toBeLessThan(1e-8);
        }
      }),
      { numRuns: 12 },
    );
  });

  test("its predictions do not depend on the other windows of the call", () => {
    fc.assert(
      fc.property(randomModels, (random) => {
        const { shape, options } = random;
        const { windows, weights } = dataOf(random);
        const model = new ReferenceModel(shape, options, weights);
        const all = model.predict(windows);
        const { rows, starts } = windows;
        const alone = model.predict({ rows, starts: starts.subarray(5, 6) });
        expect([...alone]).toEqual([...all.subarray(5 * shape.horizon, 6 * shape.horizon)]);
      }),
      { numRuns: 5 },
    );
  });
});
