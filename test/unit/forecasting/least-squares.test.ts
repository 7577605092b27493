/** Least squares, against numpy's (test/fixtures/golden/make_least_squares.py). */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { eachRollingFit, fitOnTraining } from "../../../server/forecasting/forecasters/fits.ts";
import { harRegressors } from "../../../server/forecasting/forecasters/har.ts";
import { NormalEquations } from "../../../server/forecasting/forecasters/least-squares.ts";
import { normal, sp500, varianceTarget } from "../../support/daily-bars.ts";

interface Case {
  readonly name: string;
  readonly isCollinear: boolean;
  readonly rows: readonly (readonly number[])[];
  readonly outcomes: readonly number[];
  readonly coefficients: readonly number[];
  readonly fitted: readonly number[];
}
const golden: {
  cases: Case[];
  har: { endBar: number; training: Record<string, number[]>; rolling: Record<string, number[]> };
} = JSON.parse(readFileSync(join(import.meta.dirname, "../../fixtures/golden/least-squares.json"), "utf8"));

const closeTo = (expected: readonly number[], part = 1e-8) =>
  expected.map((value) => expect.toSatisfy((got: number) => Math.abs(got - value) <= part * Math.abs(value)));

function solved(rows: readonly (readonly number[])[], outcomes: readonly number[]): number[] {
  const columns = rows[0]!.length;
  const equations = new NormalEquations(columns, 1);
  const flat = Float64Array.from(rows.flat());
  outcomes.forEach((outcome, row) => {
    equations.addRow(flat, row * columns, 1);
    equations.addOutcome(flat, row * columns, 0, outcome, 1);
  });
  const coefficients = new Float64Array(columns);
  equations.factor();
  equations.solve(0, coefficients);
  return Array.from(coefficients);
}

describe.each(golden.cases)("$name", ({ rows, outcomes, fitted }) => {
  test("fitted values are numpy's", () => {
    const own = solved(rows, outcomes);
    const values = rows.map((row) => row.reduce((sum, value, i) => sum + value * own[i]!, 0));
    values.forEach((value, i) => {
      expect(value).toBeCloseTo(fitted[i]!, 7);
    });
  });
});

// Where columns are collinear many coefficients fit alike.
test.each(golden.cases.filter(({ isCollinear }) => !isCollinear))(
  "$name: coefficients are numpy's",
  (one) => {
    expect(solved(one.rows, one.outcomes)).toEqual(closeTo(one.coefficients));
  },
);

test("HAR on the sample has numpy's coefficients, for one and for five bars ahead", () => {
  const { values } = varianceTarget(sp500());
  for (const [step, coefficients] of Object.entries(golden.har.training)) {
    const training = { firstBar: 0, endBar: golden.har.endBar };
    const own = fitOnTraining(harRegressors(values), values, training, Number(step));
    expect(Array.from(own)).toEqual(closeTo(coefficients));
  }
});

test("HAR refitted at each bar still has numpy's coefficients after 4,000 bars came and went", () => {
  const { values } = varianceTarget(sp500());
  const seen = new Map<number, number[]>();
  const fits = { regressors: harRegressors(values), outcomes: values, steps: 1, window: 1000 };
  eachRollingFit(fits, { firstAnchor: 1100, endAnchor: 5104 }, (anchor, _step, coefficients) => {
    seen.set(anchor, Array.from(coefficients));
  });
  for (const [anchor, coefficients] of Object.entries(golden.har.rolling))
    expect(seen.get(Number(anchor))).toEqual(closeTo(coefficients));
});

test("a value that dwarfs all others leaves no trace once its row is gone", () => {
  const draw = normal(3);
  const values = Float64Array.from({ length: 700 }, draw);
  values[300] = 1e9;
  const rows = Float64Array.from({ length: 1400 }, (_, i) => (i % 2 === 0 ? 1 : values[i >> 1]!));
  const regressors = { columns: 2, rows, lookBack: 0 };
  const fits = { regressors, outcomes: values, steps: 1, window: 50 };
  let compared = 0;
  eachRollingFit(fits, { firstAnchor: 100, endAnchor: 700 }, (anchor, _step, own) => {
    if (anchor < 352 || anchor > 499) return;
    const bars = Array.from({ length: 50 }, (_, i) => anchor - 50 + i);
    const fresh = solved(
      bars.map((bar) => [1, values[bar]!]),
      bars.map((bar) => values[bar + 1]!),
    );
    expect(Array.from(own)).toEqual(closeTo(fresh, 1e-6));
    compared++;
  });
  expect(compared).toBe(148);
});
