/** Kupiec's test of coverage, against his own table, MathWorks' documentation and SciPy. */
import { expect, test } from "vitest";
import { kupiec } from "../../../../server/forecasting/statistics/kupiec.ts";
import { golden, relativeError } from "./golden.ts";

test("likelihood ratio and p value agree with SciPy's binomial likelihoods", () => {
  const { cases } = golden<{
    cases: { misses: number; count: number; rate: number; statistic: number; pValue: number }[];
  }>("kupiec");
  for (const { misses, count, rate, statistic, pValue } of cases) {
    const got = kupiec(misses, count, rate)!;
    expect(got.statistic).toBeCloseTo(statistic, 9);
    // The ratio's rounding grows with it in the tail.
    expect(relativeError(got.pValue, pValue)).toBeLessThan(1e-7);
  }
});

test("MathWorks' example of varbacktest.pof: 57 of 1043 beyond a 95 % bound give 0.46147, p 0.49694", () => {
  expect(kupiec(57, 1043, 0.05)).toEqual({
    statistic: expect.closeTo(0.46147, 5),
    pValue: expect.closeTo(0.49694, 5),
  });
});

// Kupiec 1995, table 3, as Jorion, "Value at Risk", prints it: the misses that are accepted at 5 %.
test.each([
  // He prints "fewer than 7" here; without any miss the ratio is 5.13, above the critical 3.84.
  [0.01, 255, 1, 6],
  [0.01, 510, 2, 10],
  [0.01, 1000, 5, 16],
  [0.025, 255, 3, 11],
  [0.025, 510, 7, 20],
  [0.025, 1000, 16, 35],
  [0.05, 255, 7, 20],
  [0.05, 510, 17, 35],
  [0.05, 1000, 38, 64],
  [0.1, 255, 17, 35],
  [0.1, 510, 39, 64],
  [0.1, 1000, 82, 119],
])("with %f of %i promised to miss, Kupiec's table accepts %i to %i", (rate, count, fewest, most) => {
  const isAccepted = (misses: number) => kupiec(misses, count, rate)!.pValue >= 0.05;
  const accepted = Array.from({ length: count + 1 }, (_, misses) => misses).filter(isAccepted);
  expect([accepted[0], accepted.at(-1)]).toEqual([fewest, most]);
});

test("exactly the promised share is no surprise, and no targets tell nothing", () => {
  expect(kupiec(15, 300, 0.05)).toEqual({ statistic: 0, pValue: 1 });
  expect(kupiec(0, 0, 0.05)).toBeNull();
});

test("what cannot be counted is refused", () => {
  expect(() => kupiec(4, 3, 0.05)).toThrow("misses must be 0..3");
  expect(() => kupiec(1, 3, 0)).toThrow("between 0 and 1, got 0");
});
