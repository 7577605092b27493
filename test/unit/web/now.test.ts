/** The first page: fixed places, turns of the queue, and what ended since somebody looked. */
import { describe, expect, test } from "vitest";
import {
  againstNaive,
  curveOf,
  heightOf,
  leastRange,
  widened,
} from "../../../web/entities/run-history/relative-curve.ts";
import type { RunRow } from "../../../web/entities/run-list/live-runs.ts";
import { inTurn, later, likelyMs, sooner, startsIn } from "../../../web/features/now/queue.ts";
import { endedSince, readMoment } from "../../../web/features/now/since.ts";
import { keptAfterEndMs, nextFree, placeRuns, type Slots } from "../../../web/features/now/slots.ts";

const idsOf = (slots: Slots) => slots.map((slot) => slot?.runId ?? null);

describe("places of live runs", () => {
  const three = placeRuns([], ["a", "b", "c"], 0);

  test("are given in the order in which runs appear", () => {
    expect(idsOf(three)).toEqual(["a", "b", "c"]);
    expect(placeRuns(three, ["a", "b", "c"], 5)).toBe(three);
  });

  test("are kept for half a minute after the end, and no run moves when another ends or begins", () => {
    const ended = placeRuns(three, ["a", "c"], 1_000);
    expect(idsOf(ended)).toEqual(["a", "b", "c"]);
    expect(nextFree(ended)).toBe(1_000 + keptAfterEndMs);
    const joined = placeRuns(ended, ["a", "c", "d"], 2_000);
    expect(idsOf(joined)).toEqual(["a", "b", "c", "d"]);
    const freed = placeRuns(joined, ["a", "c", "d"], 1_000 + keptAfterEndMs);
    expect(idsOf(freed)).toEqual(["a", null, "c", "d"]);
    expect(nextFree(freed)).toBeNull();
    expect(idsOf(placeRuns(freed, ["a", "c", "d", "e"], 40_000))).toEqual(["a", "e", "c", "d"]);
  });

  test("stay with a run that is taken up again", () => {
    const lost = placeRuns(three, ["a", "c"], 1_000);
    const back = placeRuns(lost, ["a", "b", "c"], 2_000);
    expect(nextFree(back)).toBeNull();
    expect(idsOf(back)).toEqual(["a", "b", "c"]);
  });
});

describe("the queue", () => {
  const waits = (id: string, priority: number, minute: number) => ({
    id,
    priority,
    status: "QUEUED" as const,
    createdAt: new Date(60_000 * minute).toISOString(),
  });
  const queue = inTurn([waits("old", 0, 1), waits("new", 0, 2), waits("urgent", 3, 9), waits("late", -1, 0)]);

  test("stands in the order of its turns", () => {
    expect(queue.map(({ id }) => id)).toEqual(["urgent", "old", "new", "late"]);
    expect(inTurn([{ ...waits("a", 0, 1), status: "RUNNING" as const }])).toEqual([]);
  });

  test.each([0, 1, 2, 3])(
    "moves the run at place %i ahead of the one before it, and behind the one after it",
    (place) => {
      for (const [move, by] of [
        [sooner, -1],
        [later, 1],
      ] as const) {
        const priority = move(queue, place);
        const isAtTheEnd = place + by < 0 || place + by >= queue.length;
        if (isAtTheEnd) expect(priority).toBeNull();
        else {
          const moved = inTurn(
            queue.map((run, at) => (at === place ? { ...run, priority: priority! } : run)),
          );
          const places = [place, place + by].map((at) => moved.findIndex(({ id }) => id === queue[at]!.id));
          expect(Math.sign(places[0]! - places[1]!)).toBe(by);
        }
      }
    },
  );

  test("cannot be left at the highest priority", () => {
    expect(sooner([waits("a", 10, 1), waits("b", 10, 2)], 1)).toBeNull();
    expect(later([waits("a", -10, 1), waits("b", -10, 2)], 0)).toBeNull();
  });

  const series = { id: "spx", symbol: "SPX", name: null };
  const tenSecondsForTen = {
    ...{ priceSeries: series, epoch: 10 },
    startedAt: new Date(0).toISOString(),
    finishedAt: new Date(10_000).toISOString(),
  };
  const planned = { priceSeries: series, config: { epochs: 20 } };

  test("says when each begins, from what trains now and the speed of the series' last run", () => {
    expect(likelyMs(planned, [tenSecondsForTen])).toBe(20_000);
    expect(startsIn([planned, planned, planned], [5_000, 9_000], 0, [tenSecondsForTen])).toEqual([
      5_000, 9_000, 25_000,
    ]);
    expect(startsIn([planned], [5_000], 1, [])).toEqual([0]);
  });

  test("promises nothing that it cannot know", () => {
    expect(startsIn([planned, planned], [5_000], 0, [])).toEqual([5_000, null]);
    expect(startsIn([planned], [5_000, null], 0, [tenSecondsForTen])).toEqual([null]);
    expect(startsIn([planned], [], 0, [tenSecondsForTen])).toEqual([null]);
  });
});

test("since one looked, those ended that ended later, the newest first", () => {
  const run = (id: string, status: string, at: number | null) =>
    ({ id, status, finishedAt: at === null ? null : new Date(at).toISOString() }) as RunRow;
  const runs = [
    run("a", "SUCCEEDED", 10),
    run("b", "FAILED", 30),
    run("c", "RUNNING", null),
    run("d", "CANCELLED", 20),
  ];
  expect(endedSince(runs, 10).map(({ id }) => id)).toEqual(["b", "d"]);
  expect([readMoment(null), readMoment(""), readMoment("x"), readMoment("17")]).toEqual([
    null,
    null,
    null,
    17,
  ]);
});

describe("a small curve", () => {
  const epoch = (number: number, validationLoss: number | null) => ({
    ...{ epoch: number, validationLoss },
    ...{ trainLoss: 1, durationMs: 1, samplesPerSecond: 1 },
  });

  test("stands at 0 where it is as good as the naive forecast", () => {
    expect(curveOf([epoch(1, 0.2), epoch(2, null), epoch(3, 0.02)], 0.02)).toEqual([
      { epoch: 1, level: 1 },
      { epoch: 3, level: 0 },
    ]);
    expect(curveOf([epoch(1, 5), epoch(2, 0.5)], null).map(({ level }) => level)).toEqual([1, 0]);
  });

  test("has a scale that holds it, grows in steps and ends somewhere", () => {
    const wide = widened(leastRange, [{ epoch: 1, level: 0.61 }]);
    expect(wide.high).toBe(0.75);
    expect(widened(wide, [{ epoch: 2, level: 0.7 }])).toBe(wide);
    expect(widened(wide, [{ epoch: 3, level: 9 }]).high).toBe(2);
    expect([heightOf(9, wide), heightOf(-9, wide), heightOf(wide.high, wide)]).toEqual([0, 1, 0]);
  });

  test("says how far its best is from the naive forecast", () => {
    expect(againstNaive(0.97, 1)).toBeCloseTo(-0.03);
    expect(againstNaive(null, 1)).toBeNull();
    expect(againstNaive(1, null)).toBeNull();
  });
});
