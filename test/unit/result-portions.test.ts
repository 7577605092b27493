import fc from "fast-check";
import { expect, test } from "vitest";
import type { SplitPredictions } from "../../server/domain/results.ts";
import { portionsOf } from "../../server/worker/result-portions.ts";

const sized = (length: number, step: number): SplitPredictions => ({
  split: "TEST",
  step,
  time: [],
  actual: Array.from({ length }, () => 1),
  predicted: [],
  naive: [],
});

test("a result's portions hold all of it in order, and each is as large as allowed or a single one", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(30)), fc.integer({ min: 1, max: 40 }), (sizes, most) => {
      const predictions = sizes.map((size, i) => sized(size, i + 1));
      const portions = portionsOf(predictions, most);
      expect(portions.flat()).toEqual(predictions);
      for (const portion of portions) {
        const size = portion.reduce((sum, { actual }) => sum + actual.length, 0);
        expect(portion.length === 1 || size <= most).toBe(true);
      }
    }),
  );
});

test("a usual result is one portion", () => {
  expect(portionsOf([sized(4_300, 1), sized(480, 1), sized(300, 1)])).toHaveLength(1);
});
