/** Where a series is cut, on series small enough to count on fingers. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { scalerFitChoices, targetTransformChoices } from "../../server/recipe/choices.ts";
import { valuesOf } from "../../server/recipe/recipe-field.ts";
import { fewestBars, splitSeries } from "../../server/recipe/splits.ts";

const config = {
  window: 3,
  horizon: 1,
  transform: "PRICE",
  scalerFit: "TRAIN",
  testBars: 4,
  validationBars: 2,
} as const;

test("training, validation and test follow each other, and every test bar is predicted", () => {
  expect(splitSeries(12, config)).toEqual([
    { split: "TRAIN", firstBar: 0, endBar: 6, firstAnchor: 2, endAnchor: 5 },
    { split: "VALIDATION", firstBar: 6, endBar: 8, firstAnchor: 5, endAnchor: 7 },
    { split: "TEST", firstBar: 8, endBar: 12, firstAnchor: 7, endAnchor: 11 },
  ]);
});

test("with the scaler refit on each split, windows stay inside it: a test of 4 has one window of 3", () => {
  expect(splitSeries(12, { ...config, scalerFit: "EACH_SPLIT", validationBars: 0 })).toEqual([
    { split: "TRAIN", firstBar: 0, endBar: 8, firstAnchor: 2, endAnchor: 7 },
    { split: "TEST", firstBar: 8, endBar: 12, firstAnchor: 10, endAnchor: 11 },
  ]);
});

test("all steps of the horizon lie in their split", () => {
  const test = splitSeries(12, { ...config, horizon: 2 }).at(-1);
  expect(test).toMatchObject({ firstAnchor: 7, endAnchor: 10 });
});

test("changes need a bar to change from: training starts one bar later, the test does not", () => {
  const [train, , test] = splitSeries(12, { ...config, transform: "DIFFERENCE" });
  expect(train).toMatchObject({ firstAnchor: 3, endAnchor: 5 });
  expect(test).toMatchObject({ firstAnchor: 7, endAnchor: 11 });
});

test("splits without bars are left out", () => {
  const splits = splitSeries(12, { ...config, testBars: 0, validationBars: 0 });
  expect(splits.map(({ split }) => split)).toEqual(["TRAIN"]);
});

test("whatever is asked for, splits tile the series and no target leaves its split", () => {
  fc.assert(
    fc.property(
      fc.record({
        window: fc.integer({ min: 2, max: 9 }),
        horizon: fc.integer({ min: 1, max: 5 }),
        transform: fc.constantFrom(...valuesOf(targetTransformChoices)),
        scalerFit: fc.constantFrom(...valuesOf(scalerFitChoices)),
        trainSpare: fc.nat(9),
        validationSpare: fc.option(fc.nat(9)),
        testSpare: fc.option(fc.nat(9)),
      }),
      ({ trainSpare, validationSpare, testSpare, ...shape }) => {
        const validationBars =
          validationSpare === null ? 0 : fewestBars("VALIDATION", shape) + validationSpare;
        const testBars = testSpare === null ? 0 : fewestBars("TEST", shape) + testSpare;
        const barCount = fewestBars("TRAIN", shape) + trainSpare + validationBars + testBars;
        const splits = splitSeries(barCount, { ...shape, validationBars, testBars });
        let next = 0;
        for (const { split, firstBar, endBar, firstAnchor, endAnchor } of splits) {
          expect(firstBar).toBe(next);
          next = endBar;
          expect(firstAnchor + 1).toBeGreaterThanOrEqual(firstBar);
          expect(endAnchor - 1 + shape.horizon).toBe(endBar - 1);
          const oldestSeen = firstAnchor - shape.window + 1 - (shape.transform === "PRICE" ? 0 : 1);
          expect(oldestSeen).toBeGreaterThanOrEqual(shape.scalerFit === "EACH_SPLIT" ? firstBar : 0);
          expect(endAnchor - firstAnchor).toBeGreaterThan(0);
          const spare = { TRAIN: trainSpare, VALIDATION: validationSpare, TEST: testSpare }[split];
          // True history can only add windows to the fewest: one a bar more.
          expect(endAnchor - firstAnchor).toBe(1 + spare!);
        }
        expect(next).toBe(barCount);
      },
    ),
  );
});
