/** The distributions that tests of forecasts are read from, each with the tail that makes its p value. */
import { erfc, regularizedBeta } from "./special-functions.ts";

/** P(X <= x) of the standard normal distribution. */
export function normalCdf(x: number): number {
  return erfc(-x / Math.SQRT2) / 2;
}

/** P(X <= t) of Student's t distribution. @param freedom degrees of freedom, above 0 */
export function studentTCdf(t: number, freedom: number): number {
  const tail = studentTTwoSided(t, freedom) / 2;
  return t > 0 ? 1 - tail : tail;
}

/** P(|X| >= |t|) of Student's t distribution: the p value of a two-sided test. Abramowitz & Stegun 26.5.27. */
export function studentTTwoSided(t: number, freedom: number): number {
  const squared = t * t;
  if (squared === Number.POSITIVE_INFINITY) return 0;
  const sum = freedom + squared;
  return regularizedBeta(freedom / sum, freedom / 2, 0.5, squared / sum);
}

/** P(X <= x) of the chi-square distribution with one degree of freedom: of a squared standard normal. */
export function chiSquareOneCdf(x: number): number {
  return x > 0 ? 1 - chiSquareOneTail(x) : 0;
}

/** P(X >= x) of the same: the p value of a likelihood ratio with one restriction. */
export function chiSquareOneTail(x: number): number {
  return x > 0 ? erfc(Math.sqrt(x / 2)) : 1;
}
