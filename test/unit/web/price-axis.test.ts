import fc from "fast-check";
import { expect, test } from "vitest";
import { priceAxis } from "../../../web/lib/price-axis.ts";

test("the axis ends on round numbers just outside the prices", () => {
  expect(priceAxis([1.2, 1259.8])).toEqual({ min: 0, max: 1500, tickAmount: 6 });
  expect(priceAxis([676, null, 3394])).toEqual({ min: 500, max: 3500, tickAmount: 6 });
  expect(priceAxis([5, 5])).toEqual({ min: 5, max: 6, tickAmount: 1 });
  expect(priceAxis([])).toEqual({ min: 0, max: 1, tickAmount: 1 });
});

test("every price lies on the axis, which wastes no more than a step at each end", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 2 }), (prices) => {
      const { min, max, tickAmount } = priceAxis(prices);
      const step = (max - min) / tickAmount;
      const [low, high] = [Math.min(...prices), Math.max(...prices)];
      const rounding = 1e-9 * Math.max(Math.abs(min), Math.abs(max));
      expect(low).toBeGreaterThanOrEqual(min - rounding);
      expect(high).toBeLessThanOrEqual(max + rounding);
      expect(low - min).toBeLessThanOrEqual(step + rounding);
      expect(max - high).toBeLessThanOrEqual(step + rounding);
      expect(tickAmount).toBeLessThanOrEqual(8);
    }),
  );
});
