import fc from "fast-check";
import { expect, test } from "vitest";
import { priceAxis } from "../../../web/lib/price-axis.ts";

test("the axis ends on round numbers just outside the prices", () => {
  expect(priceAxis([1.2, 1259.8])).toEqual({ min: 0, max: 1500, tickAmount: 6 });
  expect(priceAxis([676, null, 3394])).toEqual({ min: 500, max: 3500, tickAmount: 6 });
  expect(priceAxis([50, 50])).toEqual({ min: 47, max: 53, tickAmount: 6 });
  expect(priceAxis([0, 0])).toEqual({ min: -1, max: 1, tickAmount: 4 });
  expect(priceAxis([])).toEqual({ min: 0, max: 1, tickAmount: 1 });
});

const micros = fc.integer({ min: -1e12, max: 1e12 }).map((price) => price / 1e6);
const areApart = (prices: readonly number[]) =>
  Math.max(...prices) - Math.min(...prices) > 1e-6 * Math.max(...prices.map(Math.abs));

test("every price lies on the axis, which wastes no more than a step at each end", () => {
  fc.assert(
    fc.property(fc.array(micros, { minLength: 2 }).filter(areApart), (prices) => {
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
