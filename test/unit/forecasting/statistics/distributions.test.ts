/** The distributions, against mpmath's and SciPy's, also far out in the tails. */
import { expect, test } from "vitest";
import {
  chiSquareOneCdf,
  chiSquareOneTail,
  normalCdf,
  studentTCdf,
  studentTTwoSided,
} from "../../../../server/forecasting/statistics/distributions.ts";
import { golden, relativeError } from "./golden.ts";

const cases = golden<{
  studentT: { t: number; freedom: number; cdf: number; below: number; twoSided: number }[];
  normal: { x: number; cdf: number; below: number }[];
  chiSquareOne: { x: number; cdf: number; tail: number }[];
}>("distributions");

test("Student's t distribution agrees with mpmath's for 1 to a million degrees of freedom", () => {
  for (const { t, freedom, cdf, below, twoSided } of cases.studentT) {
    const tolerance = freedom > 1000 ? 1e-8 : 1e-11;
    const place = `t ${t}, ${freedom} degrees of freedom`;
    expect(relativeError(studentTCdf(t, freedom), cdf), place).toBeLessThan(tolerance);
    expect(relativeError(studentTCdf(-t, freedom), below), place).toBeLessThan(tolerance);
    expect(relativeError(studentTTwoSided(t, freedom), twoSided), place).toBeLessThan(tolerance);
    expect(studentTTwoSided(-t, freedom)).toBe(studentTTwoSided(t, freedom));
  }
});

test("the printed table of Student's t: 2.228 leaves 5 % outside with 10 degrees of freedom, 12.706 with 1", () => {
  expect(studentTTwoSided(2.228139, 10)).toBeCloseTo(0.05, 7);
  expect(studentTTwoSided(12.706205, 1)).toBeCloseTo(0.05, 8);
});

test("an infinite t leaves nothing outside", () => {
  expect(studentTTwoSided(Number.NEGATIVE_INFINITY, 5)).toBe(0);
  expect(studentTCdf(Number.NEGATIVE_INFINITY, 5)).toBe(0);
  expect(studentTCdf(Number.POSITIVE_INFINITY, 5)).toBe(1);
});

test("the normal distribution agrees with SciPy's", () => {
  for (const { x, cdf, below } of cases.normal) {
    expect(relativeError(normalCdf(x), cdf), `${x}`).toBeLessThan(1e-12);
    expect(relativeError(normalCdf(-x), below), `-${x}`).toBeLessThan(1e-12);
  }
});

test("the chi-square distribution agrees with SciPy's", () => {
  for (const { x, cdf, tail } of cases.chiSquareOne) {
    expect(Math.abs(chiSquareOneCdf(x) - cdf), `${x}`).toBeLessThan(1e-14);
    expect(relativeError(chiSquareOneTail(x), tail), `${x}`).toBeLessThan(1e-12);
  }
  expect([chiSquareOneCdf(-1), chiSquareOneTail(-1)]).toEqual([0, 1]);
});
