/** An experiment's page says what many runs say together, and how far they are. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { targetOf } from "../../../web/entities/run/target.ts";
import { bandOf, bandSeries, drawnLosses } from "../../../web/features/experiment/band-series.ts";
import {
  planInWords,
  standingInWords,
  standingOf,
  testInWords,
} from "../../../web/features/experiment/experiment.ts";
import {
  type GroupRow,
  groupName,
  groupVerdict,
  maeCell,
  skillSpread,
} from "../../../web/features/experiment/group-scores.ts";
import type { RunStatus } from "../../../web/graphql/generated/graphql.ts";

const price = targetOf("CLOSE", "USD");

const epoch = (number: number, validationLoss: number | null, trainLoss = 1) => ({
  ...{ epoch: number, trainLoss, validationLoss, durationMs: 1, samplesPerSecond: 1 },
});
const losses = (id: string, ...all: (number | null)[]) => ({
  id,
  epochs: all.map((loss, i) => epoch(i + 1, loss)),
});

describe("the band of losses", () => {
  test("is at each epoch the lowest, the mean and the highest of the runs that trained it", () => {
    expect(bandOf([losses("a", 4, 2, 1), losses("b", 2, 4)])).toEqual([
      { epoch: 1, low: 2, mean: 3, high: 4, runs: 2 },
      { epoch: 2, low: 2, mean: 3, high: 4, runs: 2 },
      { epoch: 3, low: 1, mean: 1, high: 1, runs: 1 },
    ]);
  });

  test("counts a run between its thinned epochs, and takes training losses where nothing validates", () => {
    const thinned = { id: "a", epochs: [epoch(1, 3), epoch(5, 1)] };
    const plain = { id: "b", epochs: [1, 2, 3, 4, 5].map((at) => epoch(at, null, 2)) };
    expect(bandOf([thinned, plain]).map(({ runs }) => runs)).toEqual([2, 2, 2, 2, 2]);
    expect(bandOf([thinned, plain])[2]).toMatchObject({ low: 2, high: 3 });
  });

  test("holds every run's losses, whatever was trained", () => {
    const run = fc.array(fc.double({ min: 0.001, max: 10, noNaN: true }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(fc.array(run, { minLength: 1, maxLength: 6 }), (runs) => {
        const members = runs.map((all, i) => losses(String(i), ...all));
        for (const { epoch: at, low, mean, high } of bandOf(members)) {
          const own = runs.flatMap((all) => all[at - 1] ?? []);
          expect(low).toBe(Math.min(...own));
          expect(high).toBe(Math.max(...own));
          expect(mean).toBeGreaterThanOrEqual(low * (1 - 1e-12));
          expect(mean).toBeLessThanOrEqual(high * (1 + 1e-12));
        }
      }),
    );
  });

  test("of long trainings has what a screen can show, the newest epoch among it", () => {
    const long = (id: string) => losses(id, ...Array.from({ length: 10_000 }, (_, i) => 1 / (i + 1)));
    const members = Array.from({ length: 20 }, (_, i) => long(String(i)));
    const band = bandOf(members);
    expect(band.length).toBeLessThanOrEqual(401);
    expect(band.at(-1)!.epoch).toBe(10_000);
    const drawn = drawnLosses(bandSeries(members, "log"));
    expect(drawn.length).toBeLessThanOrEqual(7000);
  });

  test("is drawn with its mean and each run, as logarithms where those are wanted", () => {
    const series = bandSeries([losses("a", 0.1, 0.01), losses("b", 0.01, 0)], "log");
    expect(series.map(({ name, type }) => `${name}, ${type}`)).toEqual([
      "Lowest to highest, rangeArea",
      "Mean, line",
      "Run 1, line",
      "Run 2, line",
    ]);
    expect(series[0]!.data).toEqual([{ x: 1, y: [-2, -1] }]);
    expect(series[3]!.data).toEqual([{ x: 1, y: -2 }]);
    expect(drawnLosses(series).every(([, y]) => Number.isFinite(y))).toBe(true);
  });
});

describe("how far an experiment is", () => {
  const runs = (...all: [RunStatus, number][]) =>
    all.map(([status, at]) => ({ status, epoch: at, config: { epochs: 50 } }));

  test("follows from its runs as they are", () => {
    expect(standingOf(runs(["QUEUED", 0], ["QUEUED", 0])).status).toBe("QUEUED");
    expect(standingOf(runs(["SUCCEEDED", 50], ["QUEUED", 0])).status).toBe("RUNNING");
    expect(standingOf(runs(["SUCCEEDED", 50], ["CANCELLED", 2], ["FAILED", 1])).status).toBe("FAILED");
    expect(standingOf(runs(["SUCCEEDED", 50], ["CANCELLED", 2])).status).toBe("CANCELLED");
    expect(standingOf(runs(["SUCCEEDED", 50], ["SUCCEEDED", 13]))).toMatchObject({
      ...{ status: "SUCCEEDED", isActive: false, ended: 2, done: 2 },
    });
  });

  test("grows with every epoch, and is told in words", () => {
    const standing = standingOf(runs(["SUCCEEDED", 13], ["RUNNING", 25], ["QUEUED", 0]));
    expect(standing.done).toBe(1.5);
    expect(standingInWords(standing, "SEEDS")).toBe("1 of 3 seeds has ended");
    expect(standingInWords(standing, "WALK_FORWARD")).toBe("1 of 3 folds has ended");
    expect(planInWords("SEEDS", 3)).toBe("3 seeds of one recipe");
  });

  test("a fold is called by when it was put to the test, in the exchange's days", () => {
    expect(testInWords(["2019-02-08T05:00:00Z", "2019-07-01T04:00:00Z"], "America/New_York")).toBe(
      "Tested 8 Feb 2019 to 1 Jul 2019",
    );
    expect(testInWords([], "UTC")).toBeNull();
  });
});

describe("what many runs say together", () => {
  const row = (changes: Partial<GroupRow>): GroupRow => ({
    ...{ forecaster: "GRU", name: null, count: 3, maeMean: 27.353, maeDeviation: 0.107 },
    ...{ skillMean: 0.0107, skillDeviation: 0.0039 },
    ...changes,
  });
  const ensemble = row({
    forecaster: "ENSEMBLE",
    skillMean: 0.0113,
    skillDeviation: null,
    maeDeviation: null,
  });

  test("is a sentence with the spread, and with what their mean is worth", () => {
    expect(groupVerdict([row({}), ensemble], "SEEDS", price)).toEqual({
      tone: "better",
      headline:
        "A network is 1.1% better than the last price on average (± 0.4% from seed to seed). The mean of all 3 networks is 1.1% better.",
    });
    expect(groupVerdict([row({ skillMean: -0.021, skillDeviation: 0.029 })], "WALK_FORWARD", price)).toEqual({
      tone: "even",
      headline: "A network is 2.1% worse than the last price on average (± 2.9% from fold to fold).",
    });
    expect(groupVerdict([row({ skillMean: -0.44, skillDeviation: null })], "SEEDS", price)?.tone).toBe(
      "worse",
    );
    expect(groupVerdict([], "SEEDS", price)).toBeNull();
  });

  test("has deviations with the decimals of their mean, and none where nothing differs", () => {
    expect(maeCell(row({}), price)).toBe("27.35 ± 0.11");
    expect(maeCell(row({ maeDeviation: 3e-15 }), price)).toBe("27.35");
    expect(skillSpread(row({}))).toBe(" ± 0.4%");
    expect(skillSpread(row({ skillDeviation: 1e-18 }))).toBe("");
    expect(skillSpread(row({ forecaster: "LAST_VALUE" }))).toBe("");
    expect(groupName(row({}), price)).toBe("A single network");
    expect(groupName(ensemble, price)).toBe("Mean of all networks");
  });
});
