/** Pesaran and Timmermann's test of direction. */
import { expect, test } from "vitest";
import { pesaranTimmermann } from "../../../../server/forecasting/statistics/pesaran-timmermann.ts";
import { golden } from "./golden.ts";
import { normals } from "./normals.ts";

const flags = (bits: string) => [...bits].map((bit) => bit === "1");

test("statistic and p value are those of the paper's equation, worked out in NumPy", () => {
  const { cases } = golden<{
    cases: { calledUp: string; rose: string; statistic: number; pValue: number }[];
  }>("pesaran-timmermann");
  for (const { calledUp, rose, statistic, pValue } of cases) {
    const got = pesaranTimmermann(flags(calledUp), flags(rose))!;
    expect(got.statistic).toBeCloseTo(statistic, 10);
    expect(got.pValue).toBeCloseTo(pValue, 12);
  }
});

test("calls all of one direction, or moves all of one, tell nothing", () => {
  expect(pesaranTimmermann(flags("1111"), flags("1101"))).toBeNull();
  expect(pesaranTimmermann(flags("0000"), flags("1101"))).toBeNull();
  expect(pesaranTimmermann(flags("1010"), flags("1111"))).toBeNull();
  expect(pesaranTimmermann([], [])).toBeNull();
});

test("always wrong is not skill: the p value is one-sided", () => {
  const rose = flags("10".repeat(50));
  expect(pesaranTimmermann(rose, rose)!.pValue).toBeLessThan(1e-20);
  expect(
    pesaranTimmermann(
      rose.map((up) => !up),
      rose,
    )!.pValue,
  ).toBeCloseTo(1, 12);
});

test("calls and moves of different targets are refused", () => {
  expect(() => pesaranTimmermann([true], [true, false])).toThrow("got 1 calls and 2 moves");
});

test("of 200 forecasters who guess with a leaning, in a series that rises more often, 2 to 20 pass at 5 %", () => {
  const passed = Array.from({ length: 200 }, (_, seed) => {
    const next = normals(seed);
    const rose = Array.from({ length: 300 }, () => next() > -0.2);
    const calledUp = Array.from({ length: 300 }, () => next() > -0.5);
    return pesaranTimmermann(calledUp, rose)!.pValue < 0.05;
  }).filter(Boolean).length;
  expect(passed).toBeGreaterThanOrEqual(2);
  expect(passed).toBeLessThanOrEqual(20);
});
