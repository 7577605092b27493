/** What the comparison of runs says, and what it must not say. */
import { expect, test } from "vitest";
import {
  type Compared,
  deltaOf,
  differingFacts,
  isComparable,
  unlikeTests,
} from "../../../web/features/compare/compared.ts";
import { errorLine, lossLine } from "../../../web/features/compare/lines.ts";

const day = (at: number) => new Date(Date.UTC(2026, 0, 1 + at)).toISOString();
const testOf = (from: number) => ({
  ...{ time: [day(from), day(from + 1), day(from + 2)], actual: [1, 2, 4] },
  ...{ predicted: [1.5, 2, 3], naive: [0, 1, 2] },
});
const run = (id: string, more: Partial<Compared> = {}): Compared => ({
  ...{ id, name: id, status: "SUCCEEDED", epoch: 3, etaMs: null, lastSequence: 9, isBaseline: false },
  ...{ epochs: [], log: [], scores: [], cells: [], test: testOf(0) },
  priceSeries: { id: "s", symbol: "SPX", name: "S&P 500", currency: "USD", timezone: "UTC" },
  config: {
    ...{ epochs: 3, horizon: 1, target: "CLOSE" },
    facts: [
      { name: "scaler", label: "Scaler", text: "Min-max" },
      { name: "seed", label: "Seed", text: id },
    ],
  },
  ...more,
});
const volume = run("v", { config: { ...run("v").config, target: "VOLUME" } });
const elsewhere = run("e", { priceSeries: { ...run("e").priceSeries, id: "t", name: null, symbol: "DAX" } });

test("only what differs of the configurations is shown, a missing value as none", () => {
  expect(differingFacts([run("1"), run("2")])).toEqual([{ label: "Seed", texts: ["1", "2"] }]);
  const bare = run("3", { config: { ...run("3").config, facts: [] } });
  expect(differingFacts([run("1"), bare]).map(({ texts }) => texts)).toEqual([
    ["Min-max", null],
    ["1", null],
  ]);
  expect(differingFacts([run("1"), elsewhere])[0]).toEqual({ label: "Series", texts: ["S&P 500", "DAX"] });
});

test("a difference is better or worse by the end that is good, and none where it would be written as 0", () => {
  const lower = { name: "mae", kind: "NUMBER", better: "LOWER" as const };
  const share = { name: "skill", kind: "SHARE", better: "HIGHER" as const };
  expect(deltaOf(9, 10, lower)).toEqual({ by: -0.1, isShare: false, tone: "better" });
  expect(deltaOf(0.01, 0.03, share)).toMatchObject({ isShare: true, tone: "worse" });
  expect(deltaOf(10.001, 10, lower)).toMatchObject({ tone: "same" });
  expect(deltaOf(1, 0, lower)).toBeNull();
  expect(deltaOf(null, 1, lower)).toBeNull();
  expect(deltaOf(2, 1, { name: "bestEpoch", kind: "INTEGER", better: null })).toBeNull();
  const r2 = { name: "r2", kind: "NUMBER", better: "HIGHER" } as const;
  expect(deltaOf(0.01, 0.04, r2)).toMatchObject({ by: -0.03, isShare: true, tone: "worse" });
});

test("runs that were not tested on the same bars are said to be, and their errors are not compared", () => {
  const later = run("l", { test: testOf(5) });
  expect(unlikeTests([run("1"), run("2")])).toBeNull();
  expect(
    unlikeTests([run("1"), run("2", { test: { time: [], actual: [], predicted: [], naive: [] } })]),
  ).toBeNull();
  expect(unlikeTests([run("1"), later])).toContain(
    "1 Jan 2026 to 3 Jan 2026 (1); 6 Jan 2026 to 8 Jan 2026 (l)",
  );
  expect(unlikeTests([run("1"), volume])).toContain("different values");
  expect(unlikeTests([run("1"), elsewhere])).toContain("different series");
  const compared = (other: Compared) =>
    ["skill", "mae", "validationLoss"].filter((score) => isComparable(other, run("1"), score));
  expect(compared(run("2"))).toEqual(["skill", "mae", "validationLoss"]);
  expect(compared(later)).toEqual(["skill"]);
  expect(compared(volume)).toEqual(["skill"]);
  const scaled = run("2", {
    config: { ...run("2").config, facts: [{ name: "scaler", label: "", text: "Standard" }] },
  });
  expect(compared(scaled)).toEqual(["skill", "mae"]);
});

test("errors over time are absolute, each bar's own or the mean up to it", () => {
  const { predicted, ...rest } = testOf(0);
  const ys = (bars: number) => errorLine("a", { ...rest, predicted }, predicted, bars).data.map(({ y }) => y);
  expect(ys(1)).toEqual([0.5, 0, 1]);
  expect(ys(2)).toEqual([0.25, 0.5]);
  expect(errorLine("n", { ...rest, predicted }, rest.naive, 1).data.map(({ y }) => y)).toEqual([1, 1, 2]);
});

test("a run that does not validate is drawn by its training losses", () => {
  const epoch = (trainLoss: number, validationLoss: number | null) => ({
    ...{ epoch: 1, trainLoss, validationLoss, durationMs: 1, samplesPerSecond: 1 },
  });
  expect(lossLine("a", [epoch(0.1, null)], "log").data).toEqual([[1, -1]]);
  expect(lossLine("a", [epoch(0.1, 100)], "log").data).toEqual([[1, 2]]);
  expect(lossLine("a", [epoch(0, null)], "log").data).toEqual([]);
});
