/** Scaling, against scikit-learn's MinMaxScaler and StandardScaler. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { fitScaler, scale, unscale } from "../../server/forecasting/scaler.ts";

test("the lowest value scales to 0, the highest to 1, others in between and beyond", () => {
  const scaler = fitScaler([20, 10, 15]);
  expect([10, 15, 20, 25, 5].map((value) => scale(scaler, value))).toEqual([0, 0.5, 1, 1.5, -0.5]);
});

test("a constant scales to 0 and back to itself", () => {
  const scaler = fitScaler([7, 7, 7]);
  expect(scaler).toEqual({ origin: 7, unit: 1 });
  expect(scale(scaler, 7)).toBe(0);
  expect(unscale(scaler, 0)).toBe(7);
});

test("standardised values have mean 0 and deviation 1, as StandardScaler makes them", () => {
  const scaler = fitScaler([1, 2, 3, 4], "STANDARD");
  expect(scaler).toEqual({ origin: 2.5, unit: Math.sqrt(1.25) });
  expect(scale(scaler, 4)).toBeCloseTo(1.3416407864998738, 15);
  expect(unscale(scaler, 0)).toBe(2.5);
});

test("small changes beside a large mean keep their deviation", () => {
  expect(fitScaler([1e9 + 1, 1e9 + 2, 1e9 + 3], "STANDARD").unit).toBeCloseTo(Math.sqrt(2 / 3), 9);
});

test("a constant standardises to 0 and back to itself", () => {
  const scaler = fitScaler([7, 7, 7], "STANDARD");
  expect([scale(scaler, 7), unscale(scaler, 0)]).toEqual([0, 7]);
});

test("nothing cannot be scaled", () => {
  expect(() => fitScaler([])).toThrow(RangeError);
});

test("scaling and back gives the value again, to a part in 10^12 of the unit", () => {
  const numbers = fc.double({ min: -1e9, max: 1e9, noNaN: true });
  fc.assert(
    fc.property(fc.array(numbers, { minLength: 1 }), (values) => {
      const scaler = fitScaler(values);
      for (const value of values)
        expect(Math.abs(unscale(scaler, scale(scaler, value)) - value)).toBeLessThanOrEqual(
          1e-12 * (scaler.unit + Math.abs(scaler.origin)),
        );
    }),
  );
});
