/** Diebold and Mariano's test: other programs' values, its answers at the edges, and how often it cries wolf. */
import { expect, test } from "vitest";
import { dieboldMariano } from "../../../../server/forecasting/statistics/diebold-mariano.ts";
import { golden } from "./golden.ts";
import { normals } from "./normals.ts";

interface Case {
  readonly lossA: number[];
  readonly lossB: number[];
  readonly step: number;
  readonly lag: number;
  readonly isDefault: boolean;
  readonly statistic: number;
  readonly pValue: number;
}

test("statistic and p value agree with statsmodels' Newey-West variance and PyPI's dieboldmariano", () => {
  for (const { lossA, lossB, step, lag, isDefault, statistic, pValue } of golden<{ cases: Case[] }>(
    "diebold-mariano",
  ).cases) {
    const got = isDefault ? dieboldMariano(lossA, lossB, step) : dieboldMariano(lossA, lossB, step, lag);
    expect(got!.statistic).toBeCloseTo(statistic, 10);
    expect(got!.pValue).toBeCloseTo(pValue, 10);
  }
});

test("the published example of PyPI's dieboldmariano 1.1.0 (tests/dieboldmarianotest.py), squared errors", () => {
  const squares = (errors: number[]) => errors.map((error) => error * error);
  const got = dieboldMariano(squares([0, 1, 2, 3, 4, 5]), squares([0, 2, 3, 3, 5, 6]), 1, 0);
  expect(got).toEqual({ statistic: expect.closeTo(-2.4905, 4), pValue: expect.closeTo(0.05513, 4) });
});

test("the lag is the cube root of the number of targets, or more where forecasts overlap further", () => {
  const next = normals(3);
  for (const [count, step, lag] of [
    [26, 1, 2],
    [27, 1, 3],
    [125, 5, 5],
    [125, 7, 6],
    [1000, 1, 10],
  ] as const) {
    const a = Float64Array.from({ length: count }, next);
    const b = Float64Array.from({ length: count }, next);
    expect(dieboldMariano(a, b, step)).toEqual(dieboldMariano(a, b, step, lag));
    expect(dieboldMariano(a, b, step)).not.toEqual(dieboldMariano(a, b, step, lag - 1));
  }
});

test("the forecaster with the smaller loss has the negative sign, and changing places changes nothing else", () => {
  const next = normals(1);
  const a = Array.from({ length: 50 }, () => Math.abs(next()));
  const b = a.map((loss) => loss + 0.1 + 0.1 * Math.abs(next()));
  const better = dieboldMariano(a, b, 1)!;
  const worse = dieboldMariano(b, a, 1)!;
  expect(better.statistic).toBeLessThan(-3);
  expect(worse).toEqual({ statistic: -better.statistic, pValue: better.pValue });
});

test("the unit of the losses does not matter", () => {
  const next = normals(2);
  const a = Array.from({ length: 50 }, next);
  const b = Array.from({ length: 50 }, next);
  const inUnit = (unit: number) =>
    dieboldMariano(
      a.map((loss) => loss * unit),
      b.map((loss) => loss * unit),
      1,
    )!;
  expect(inUnit(1e-12).statistic).toBeCloseTo(inUnit(1e9).statistic, 10);
});

test("identical losses tie for certain", () => {
  expect(dieboldMariano([1, 2, 3], [1, 2, 3], 1)).toEqual({ statistic: 0, pValue: 1 });
});

test("losses that always differ by the same amount allow no test, however the subtraction rounds", () => {
  const losses = Array.from({ length: 100 }, (_, i) => 0.1 * i);
  expect(
    dieboldMariano(
      losses,
      losses.map((loss) => loss + 0.3),
      1,
    ),
  ).toBeNull();
});

test("too few targets, or a loss that is not finite, allow no test", () => {
  expect(dieboldMariano([], [], 1)).toBeNull();
  expect(dieboldMariano([1], [2], 1)).toBeNull();
  expect(dieboldMariano([1, 2, 3], [2, 1, 5], 3)).toBeNull();
  expect(dieboldMariano([1, 2, 3, 5], [2, 1, 5, 6], 3)).not.toBeNull();
  expect(dieboldMariano([1, Number.NaN, 2], [1, 2, 3], 1)).toBeNull();
  expect(dieboldMariano([1, 2, 2], [1, Number.POSITIVE_INFINITY, 3], 1)).toBeNull();
});

test("losses of different targets are refused", () => {
  expect(() => dieboldMariano([1, 2], [1], 1)).toThrow("got 2 and 1");
});

/** Absolute errors of two forecasters of a random walk: the last value, each with a noise of its own. */
function equallyGood(seed: number, count: number): [number[], number[]] {
  const next = normals(seed);
  const a: number[] = [];
  const b: number[] = [];
  for (let bar = 0; bar < count; bar++) {
    const move = next();
    a.push(Math.abs(move - 0.3 * next()));
    b.push(Math.abs(move - 0.3 * next()));
  }
  return [a, b];
}

function rejectedAt5Percent(walks: number): number {
  const pValues = Array.from({ length: walks }, (_, seed) => {
    const [a, b] = equallyGood(seed, 300);
    return dieboldMariano(a, b, 1)!.pValue;
  });
  return pValues.filter((pValue) => pValue < 0.05).length;
}

test("on 100 random walks with two equally good forecasters it rejects at 5 % in 1 to 10", () => {
  const rejected = rejectedAt5Percent(100);
  expect(rejected).toBeGreaterThanOrEqual(1);
  expect(rejected).toBeLessThanOrEqual(10);
});

test("on 2,000 such walks it rejects in 4 to 6 %", () => {
  const share = rejectedAt5Percent(2000) / 2000;
  expect(share).toBeGreaterThan(0.04);
  expect(share).toBeLessThan(0.06);
});

test("on 100 strongly mean-reverting series the true forecast is found better than the last value each time", () => {
  for (let seed = 0; seed < 100; seed++) {
    const next = normals(1000 + seed);
    const values = [0];
    for (let bar = 0; bar < 300; bar++) values.push(-0.5 * values.at(-1)! + next());
    const errors = (forecast: (last: number) => number) =>
      values.slice(1).map((value, bar) => Math.abs(value - forecast(values[bar]!)));
    const { statistic, pValue } = dieboldMariano(
      errors((last) => -0.5 * last),
      errors((last) => last),
      1,
    )!;
    expect(statistic).toBeLessThan(0);
    expect(pValue).toBeLessThan(0.001);
  }
});
