/** Which of several runs may be the best, on the bars that all of them predicted. */
import { expect, test } from "vitest";
import { bestOfRuns } from "../../../server/forecasting/best-of-runs.ts";
import { bestOfRuns as bestOfRunsService } from "../../../server/services/best-of-runs.ts";
import { normal } from "../../support/daily-bars.ts";

const dayMs = 86_400_000;
/** A test of `count` days from `first` on, off by about `error`. */
function tested(first: number, count: number, error: number, seed: number) {
  const noise = normal(seed);
  const days = Array.from({ length: count }, (_, at) => first + at);
  const actual = days.map((day) => 100 + Math.sin(day));
  return {
    time: days.map((day) => new Date(day * dayMs)),
    actual,
    predicted: actual.map((value) => value + error * noise()),
    naive: actual.map((value) => value + 2),
  };
}

test("a run that errs far less than the others is alone in the set, and the naive forecast stands last", () => {
  const best = bestOfRuns([
    { id: "far", test: tested(0, 300, 1, 1) },
    { id: "near", test: tested(0, 300, 0.1, 2) },
  ]);
  expect(best).toMatchObject({ bars: 300, problem: null });
  expect(best.compared.map(({ runId, mayBeBest }) => [runId, mayBeBest])).toEqual([
    ["far", false],
    ["near", true],
    [null, false],
  ]);
  expect(best.compared[1]?.pValue).toBe(1);
  expect(best.compared[0]?.pValue).toBeLessThan(0.01);
});

test("runs that are as good as each other cannot be told apart", () => {
  const best = bestOfRuns([
    { id: "one", test: tested(0, 300, 1, 1) },
    { id: "other", test: tested(0, 300, 1, 7) },
  ]);
  expect(best.compared.map(({ mayBeBest }) => mayBeBest)).toEqual([true, true, false]);
});

test("only bars that all of them predicted count, the newest 1,000", () => {
  const best = bestOfRuns([
    { id: "early", test: tested(0, 1_500, 1, 1) },
    { id: "late", test: tested(100, 1_600, 1, 2) },
    { id: "waits", test: null },
  ]);
  expect(best).toMatchObject({ bars: 1_000, from: new Date(500 * dayMs), to: new Date(1_499 * dayMs) });
  expect(best.compared[2]).toEqual({ runId: "waits", pValue: null, mayBeBest: false });
});

test("too few bars in common, or fewer than two tests, are said in words", () => {
  const short = bestOfRuns([
    { id: "early", test: tested(0, 100, 1, 1) },
    { id: "late", test: tested(90, 100, 1, 2) },
  ]);
  expect(short.problem).toBe("Their tests have 10 bars in common, and 20 are needed.");
  expect(short.compared.every(({ pValue }) => pValue === null)).toBe(true);
  const alone = bestOfRuns([
    { id: "one", test: tested(0, 100, 1, 1) },
    { id: "waits", test: null },
  ]);
  expect(alone.problem).toBe("Fewer than two of them have been tested.");
});

test("two to ten different runs are compared", async () => {
  const ask = bestOfRunsService({ runs: { findMany: async () => [], predictions: async () => null } });
  const expected = "runIds must be 2..10 different runs, got";
  await expect(ask(["a", "a"])).rejects.toThrow(`${expected} 1`);
  await expect(ask(Array.from({ length: 11 }, (_, at) => String(at)))).rejects.toThrow(`${expected} 11`);
  expect((await ask(["a", "b"])).problem).toBe("Fewer than two of them have been tested.");
});
